package org.dandang.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.dandang.engine.InputTypes.InputColumn;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.FEEL;
import org.kie.dmn.feel.lang.impl.FEELBuilder;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Runs a folder, or a zip, of the public DMN conformance suite both ways and counts. A case is one
 * expected result of one test case.
 */
public final class Conformance {
  private static final BigDecimal NEAR = new BigDecimal("0.00000001");

  private final FEEL feel = FEELBuilder.builder().build();
  private final Map<String, Tally> levels = new TreeMap<>();
  private final Map<String, Integer> constructs = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  private Conformance() {}

  /** The counts of a level, or of the whole. */
  public static final class Tally {
    private int passed;
    private int refused;
    private int wrong;
    private int compiled;
    private int compiledWrong;

    public int passed() {
      return passed;
    }

    /** Cases of models that are not accepted at all. */
    public int refused() {
      return refused;
    }

    public int wrong() {
      return wrong;
    }

    public int compiled() {
      return compiled;
    }

    public int compiledWrong() {
      return compiledWrong;
    }

    private void add(Tally other) {
      passed += other.passed;
      refused += other.refused;
      wrong += other.wrong;
      compiled += other.compiled;
      compiledWrong += other.compiledWrong;
    }

    @Override
    public String toString() {
      return "passed %d, refused %d, wrong %d; compiled %d, compiled wrong %d"
          .formatted(passed, refused, wrong, compiled, compiledWrong);
    }
  }

  /**
   * What a run found.
   *
   * @param levels by level, the folder's name
   * @param constructs how many cases each construct kept from being compiled
   * @param wrong each wrong case in words
   */
  public record Report(
      Tally whole, Map<String, Tally> levels, Map<String, Integer> constructs, List<String> wrong) {

    /**
     * Prints the counts, of the whole and by level, and each wrong case.
     *
     * @param withConstructs also the table of what was not compiled
     */
    public void print(PrintWriter out, boolean withConstructs) {
      int cases = whole.passed + whole.refused + whole.wrong;
      out.printf(
          Locale.ROOT,
          "passed %d, refused %d, wrong %d (%.2f %% of %d cases passed)%n",
          whole.passed,
          whole.refused,
          whole.wrong,
          100.0 * whole.passed / cases,
          cases);
      out.printf("compiled %d, compiled wrong %d%n", whole.compiled, whole.compiledWrong);
      levels.forEach(
          (level, tally) ->
              out.printf(
                  Locale.ROOT,
                  "  %s: %s (%.1f %% compiled)%n",
                  level,
                  tally,
                  100.0 * tally.compiled / (tally.passed + tally.refused + tally.wrong)));
      if (withConstructs) {
        out.println("not compiled, by construct:");
        constructs.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .forEach(e -> out.printf("%6d  %s%n", e.getValue(), e.getKey()));
      }
      wrong.forEach(w -> out.println("wrong: " + w));
      out.flush();
    }
  }

  /** Runs everything below a folder or in a zip. */
  public static Report run(Path folderOrZip) throws IOException, SQLException {
    var conformance = new Conformance();
    if (Files.isDirectory(folderOrZip)) {
      conformance.folder(folderOrZip);
    } else {
      try (FileSystem zip = FileSystems.newFileSystem(folderOrZip)) {
        conformance.folder(zip.getPath("/"));
      }
    }
    var whole = new Tally();
    conformance.levels.values().forEach(whole::add);
    return new Report(
        whole, conformance.levels, conformance.constructs, List.copyOf(conformance.wrong));
  }

  private void folder(Path root) throws IOException, SQLException {
    List<Path> tests;
    try (Stream<Path> files = Files.walk(root)) {
      tests =
          files
              .filter(p -> String.valueOf(p.getFileName()).endsWith(".xml"))
              .filter(p -> p.getParent() != null && hasModel(p.getParent()))
              .sorted()
              .toList();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      for (Path test : tests) {
        file(test, connection);
      }
    }
  }

  private static boolean hasModel(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(f -> String.valueOf(f.getFileName()).endsWith(".dmn"));
    } catch (IOException e) {
      return false;
    }
  }

  private static Element document(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  private static List<Element> children(Element element, String name) {
    List<Element> found = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element e && name.equals(e.getLocalName())) {
        found.add(e);
      }
    }
    return found;
  }

  private void file(Path test, Connection connection) throws IOException, SQLException {
    Element root = document(Files.readAllBytes(test));
    Path folder = java.util.Objects.requireNonNull(test.getParent());
    Path level = folder.getParent();
    Tally tally =
        levels.computeIfAbsent(
            level == null ? "" : String.valueOf(level.getFileName()), l -> new Tally());
    List<Element> cases = children(root, "testCase");
    String modelName = children(root, "modelName").get(0).getTextContent().strip();
    DecisionModel model;
    try {
      List<byte[]> others = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          String name = String.valueOf(file.getFileName());
          if (name.endsWith(".dmn") && !name.equals(modelName)) {
            others.add(Files.readAllBytes(file));
          }
        }
      }
      model =
          DecisionModel.readDespiteFindings(
              modelName, Files.readAllBytes(folder.resolve(modelName)), others);
    } catch (InvalidModelException e) {
      cases.forEach(c -> tally.refused += children(c, "resultNode").size());
      return;
    }
    for (Element one : cases) {
      Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
      for (Element input : children(one, "inputNode")) {
        inputs.put(input.getAttribute("name"), value(input));
      }
      for (Element result : children(one, "resultNode")) {
        String type = result.getAttribute("type");
        String where =
            folder.getFileName() + " " + one.getAttribute("id") + " " + result.getAttribute("name");
        Object expected = value(children(result, "expected").stream().findFirst().orElse(result));
        String service = one.getAttribute("invocableName");
        if ((one.getAttribute("type").equals("decisionService") || type.equals("decisionService"))
            && model.services().contains(service)) {
          compareService(
              model, service, result.getAttribute("name"), inputs, expected, where, tally);
          continue;
        }
        if (!model.decisions().contains(result.getAttribute("name"))
            || model.kie().doubt(result.getAttribute("name")).isPresent()) {
          tally.refused++;
          continue;
        }
        compare(model, result.getAttribute("name"), inputs, expected, where, tally, connection);
      }
    }
  }

  private void compareService(
      DecisionModel model,
      String service,
      String output,
      Map<String, @Nullable Object> inputs,
      @Nullable Object expected,
      String where,
      Tally tally) {
    Outcome outcome = model.evaluateService(service, inputs);
    Object interpreted = outcome instanceof Outcome.Value v ? v.value() : null;
    if (!output.equals(service)
        && interpreted instanceof Map<?, ?> several
        && several.containsKey(output)) {
      interpreted = several.get(output);
    }
    if (near(expected, interpreted)) {
      tally.passed++;
    } else {
      tally.wrong++;
      wrong.add(where + ": service " + interpreted + ", expected " + expected);
    }
    constructs.merge("decision service", 1, Integer::sum);
  }

  private void compare(
      DecisionModel model,
      String decision,
      Map<String, @Nullable Object> inputs,
      @Nullable Object expected,
      String where,
      Tally tally,
      Connection connection)
      throws SQLException {
    Outcome outcome = model.evaluate(decision, inputs).outcome();
    Object interpreted = outcome instanceof Outcome.Value v ? v.value() : null;
    if (near(expected, interpreted)) {
      tally.passed++;
    } else {
      tally.wrong++;
      wrong.add(where + ": interpreted " + interpreted + ", expected " + expected);
    }
    InputTypes types = types(model, decision, inputs);
    switch (model.compile(decision, types)) {
      case Compilation.NotCompilable not ->
          not.refusals().stream()
              .map(Refusal::construct)
              .distinct()
              .forEach(c -> constructs.merge(c, 1, Integer::sum));
      case Compiled compiled -> {
        tally.compiled++;
        Object answer = compiled(compiled, types, inputs, connection);
        if (!near(expected, answer)) {
          tally.compiledWrong++;
          wrong.add(where + ": compiled " + answer + ", expected " + expected);
        }
      }
    }
  }

  // ---------------------------------------------------------------- the compiled way

  private static InputTypes types(
      DecisionModel model, String decision, Map<String, @Nullable Object> inputs) {
    List<InputColumn> columns = new ArrayList<>();
    InputTypes declared = InputTypes.of(model);
    for (ModelInput input : model.inputs(decision)) {
      Object value = Values.canonical(inputs.get(input.name()));
      ColumnType type =
          switch (value) {
            case BigDecimal d ->
                new ColumnType.Decimal(
                    Math.min(34, Math.max(1, d.precision() - d.scale()) + 1 + d.scale()),
                    d.scale());
            case String s -> new ColumnType.Text();
            case Boolean b -> new ColumnType.Truth();
            case LocalDate d -> new ColumnType.Day();
            case null ->
                declared
                    .column(input.name())
                    .map(InputColumn::type)
                    .orElse(new ColumnType.Other("unknown"));
            default -> new ColumnType.Other("structured");
          };
      columns.add(new InputColumn(input.name(), type, true));
    }
    return InputTypes.of(columns);
  }

  private @Nullable Object compiled(
      Compiled compiled,
      InputTypes types,
      Map<String, @Nullable Object> inputs,
      Connection connection)
      throws SQLException {
    List<InputColumn> columns = compiled.inputs();
    var create = new StringBuilder("CREATE OR REPLACE TABLE one (__n INTEGER");
    for (InputColumn column : columns) {
      create.append(", ").append(DuckDbSql.quotedName(column.name())).append(' ');
      create.append(column.type().duckDb());
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(create.append(")").toString());
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO one VALUES (1" + ", ?".repeat(columns.size()) + ")")) {
        for (int i = 0; i < columns.size(); i++) {
          insert.setObject(i + 1, Values.canonical(inputs.get(columns.get(i).name())));
        }
        insert.execute();
      }
      try (ResultSet rows = statement.executeQuery(compiled.sql("one", List.of()))) {
        rows.next();
        List<String> outputs = compiled.outcomeColumns();
        if (outputs.equals(List.of(Compiled.OUTCOME))) {
          Object answer = plain(rows.getObject(Compiled.OUTCOME));
          return answer instanceof String list && compiled.gathersAList()
              ? feel.evaluate(list)
              : answer;
        }
        if (rows.getBoolean(Compiled.FAILED)
            || rows.getObject(Compiled.ROW) == null && compiled.nullWithoutRow()) {
          return null;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String output : outputs) {
          values.put(
              output.substring(Compiled.OUTCOME.length() + 1), plain(rows.getObject(output)));
        }
        return values;
      }
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    return Values.canonical(value);
  }

  // ---------------------------------------------------------------- values

  private @Nullable Object value(Element holder) {
    List<Element> components = children(holder, "component");
    if (!components.isEmpty()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      components.forEach(c -> map.put(c.getAttribute("name"), value(c)));
      return map;
    }
    List<Element> lists = children(holder, "list");
    if (!lists.isEmpty()) {
      List<@Nullable Object> list = new ArrayList<>();
      children(lists.get(0), "item").forEach(i -> list.add(value(i)));
      return list;
    }
    List<Element> values = children(holder, "value");
    if (values.isEmpty()) {
      return null;
    }
    Element value = values.get(0);
    String xsi = "http://www.w3.org/2001/XMLSchema-instance";
    if (value.getAttributeNS(xsi, "nil").equals("true")) {
      return null;
    }
    String text = value.getTextContent();
    String type = value.getAttributeNS(xsi, "type");
    return switch (type.substring(type.indexOf(':') + 1)) {
      case "decimal", "double", "integer" -> {
        try {
          yield new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
          yield text.strip();
        }
      }
      case "boolean" -> Boolean.valueOf(text.strip());
      case "date" -> temporal("date", text);
      case "time" -> temporal("time", text);
      case "dateTime" -> temporal("date and time", text);
      case "duration" -> temporal("duration", text);
      default -> text;
    };
  }

  private @Nullable Object temporal(String function, String text) {
    return feel.evaluate(function + "(\"" + text.strip() + "\")");
  }

  private static boolean near(@Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof BigDecimal e && actual instanceof BigDecimal a) {
      return e.subtract(a).abs().compareTo(NEAR) < 0;
    }
    if (actual instanceof String && !(expected instanceof String)) {
      // Compiled, times and durations are written out.
      return actual.equals(Values.shown(expected));
    }
    if (expected instanceof List<?> e && actual instanceof java.util.Collection<?> a) {
      List<?> list = java.util.Arrays.asList(a.toArray());
      if (e.size() != list.size()) {
        return false;
      }
      for (int i = 0; i < e.size(); i++) {
        if (!near(e.get(i), list.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (expected instanceof Map<?, ?> e && actual instanceof Map<?, ?> a) {
      return e.keySet().equals(a.keySet())
          && e.keySet().stream().allMatch(k -> near(e.get(k), a.get(k)));
    }
    if (expected instanceof java.time.chrono.ChronoPeriod e
        && actual instanceof java.time.chrono.ChronoPeriod a) {
      return e.minus(a).isZero() || e.equals(a);
    }
    return java.util.Objects.equals(expected, actual);
  }
}
