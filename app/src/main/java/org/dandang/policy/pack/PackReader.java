package org.dandang.policy.pack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/** Reads one pack's folder, telling everything that is wrong with it by file and line. */
final class PackReader {
  private static final Pattern ID =
      Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern PRACTICE = Pattern.compile("P(0[1-9]|[1-5][0-9]|6[0-8])");
  private static final List<String> KEYS =
      List.of(
          "id",
          "practices",
          "title",
          "place",
          "level",
          "parents",
          "in-force",
          "subject",
          "population",
          "decision",
          "facts",
          "figures",
          "outcomes");

  private final Path root;
  private final Path folder;
  private final Consumer<Finding> findings;

  PackReader(Path root, Path folder, Consumer<Finding> findings) {
    this.root = root;
    this.folder = folder;
    this.findings = findings;
  }

  /** The pack, or empty when it is too broken to be used; the findings say why. */
  Optional<Pack> read() {
    List<Finding> errors = new ArrayList<>();
    Consumer<Finding> told =
        finding -> {
          findings.accept(finding);
          if (finding.isError()) {
            errors.add(finding);
          }
        };
    YamlNode document = yaml("pack.yaml", true, told);
    if (document == null) {
      return Optional.empty();
    }
    Map<String, YamlNode> keys = document.map(KEYS);
    String id = text(document, keys, "id", told);
    String expected = root.relativize(folder).toString().replace('\\', '/');
    if (!id.isEmpty() && (!ID.matcher(id).matches() || !id.equals(expected))) {
      Objects.requireNonNull(keys.get("id")).error("id-is-the-folder", id, expected);
    }
    List<String> practices = texts(keys, "practices");
    for (String practice : practices) {
      if (!PRACTICE.matcher(practice).matches()) {
        Objects.requireNonNull(keys.get("practices")).error("unknown-practice", practice);
      }
    }
    Words title = words(document, keys, "title", told);
    text(document, keys, "place", told);
    Period inForce = period(document, keys.get("in-force"));
    String subject = text(document, keys, "subject", told);
    String decision = text(document, keys, "decision", told);
    Map<String, List<String>> population = new LinkedHashMap<>();
    if (keys.containsKey("population")) {
      Objects.requireNonNull(keys.get("population"))
          .map()
          .forEach((fact, values) -> population.put(fact, values.texts()));
    }
    Map<String, OutcomeKind> outcomes = new LinkedHashMap<>();
    YamlNode outcomeNode = required(document, keys, "outcomes");
    if (outcomeNode != null) {
      outcomeNode
          .map()
          .forEach(
              (outcome, kind) ->
                  OutcomeKind.of(kind.text())
                      .ifPresentOrElse(
                          known -> outcomes.put(outcome, known),
                          () -> kind.error("unknown-outcome-kind", kind.text())));
    }
    Map<String, Clause> clauses = clauses(told);
    Map<String, Parameter> parameters = parameters(clauses, inForce, told);
    List<Case> cases = cases(told);
    List<Measure> measures = measures(told);
    List<TableFile> tables = tables(decision, told);
    Map<String, Properties> messages = messages(told);
    if (!errors.isEmpty() || inForce == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Pack(
            id,
            folder,
            practices,
            title,
            inForce,
            subject,
            population,
            decision,
            texts(keys, "facts"),
            texts(keys, "figures"),
            outcomes,
            parameters,
            clauses,
            cases,
            measures,
            tables,
            messages));
  }

  private String name(String file) {
    return root.relativize(folder.resolve(file)).toString().replace('\\', '/');
  }

  private @Nullable YamlNode yaml(String file, boolean needed, Consumer<Finding> told) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      if (needed) {
        told.accept(Finding.error(name(file), 0, "", "file-missing"));
      }
      return null;
    }
    return YamlNode.read(path, name(file), told);
  }

  private static @Nullable YamlNode required(
      YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    if (node == null) {
      parent.error("key-missing", key);
    }
    return node;
  }

  private static String text(
      YamlNode parent, Map<String, YamlNode> keys, String key, Consumer<Finding> told) {
    YamlNode node = required(parent, keys, key);
    return node == null ? "" : node.text();
  }

  private static List<String> texts(Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    return node == null ? List.of() : node.texts();
  }

  private static Words words(
      YamlNode parent, Map<String, YamlNode> keys, String key, Consumer<Finding> told) {
    YamlNode node = required(parent, keys, key);
    Map<String, String> texts = new LinkedHashMap<>();
    if (node != null) {
      node.map(Words.LANGUAGES).forEach((language, text) -> texts.put(language, text.text()));
      for (String language : Words.LANGUAGES) {
        if (!texts.containsKey(language)) {
          node.error("words-missing", language);
        }
      }
    }
    return new Words(texts);
  }

  private static @Nullable Period period(YamlNode parent, @Nullable YamlNode node) {
    if (node == null) {
      parent.error("key-missing", "in-force");
      return null;
    }
    Map<String, YamlNode> keys = node.map(List.of("from", "to"));
    YamlNode from = required(node, keys, "from");
    YamlNode to = keys.get("to");
    LocalDate first = from == null ? null : from.date();
    LocalDate last = to == null ? null : to.date();
    if (first == null) {
      return null;
    }
    if (last != null && !last.isAfter(first)) {
      node.error("period-empty", first, last);
      return null;
    }
    return new Period(first, last);
  }

  private Map<String, Clause> clauses(Consumer<Finding> told) {
    Map<String, Clause> clauses = new LinkedHashMap<>();
    Optional<String> text = file("clauses.md", true, told);
    if (text.isEmpty()) {
      return clauses;
    }
    String number = null;
    int begins = 0;
    Map<String, StringBuilder> parts = new LinkedHashMap<>();
    int line = 0;
    for (String row : text.get().lines().toList()) {
      line++;
      if (row.startsWith("## ")) {
        addClause(clauses, number, parts, begins, told);
        number = row.substring(3).strip();
        begins = line;
        parts = new LinkedHashMap<>();
      } else if (number != null && !row.isBlank()) {
        Matcher other = Pattern.compile("> (zh-Hant|zh-CN|en): (.*)").matcher(row);
        boolean translated = other.matches();
        parts
            .computeIfAbsent(translated ? other.group(1) : "zh-CN", language -> new StringBuilder())
            .append(translated ? other.group(2) : row.strip());
      }
    }
    addClause(clauses, number, parts, begins, told);
    return clauses;
  }

  private void addClause(
      Map<String, Clause> clauses,
      @Nullable String number,
      Map<String, StringBuilder> parts,
      int line,
      Consumer<Finding> told) {
    if (number == null) {
      return;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    parts.forEach((language, text) -> texts.put(language, text.toString()));
    for (String language : Words.LANGUAGES) {
      if (!texts.containsKey(language)) {
        told.accept(Finding.error(name("clauses.md"), line, number, "words-missing", language));
      }
    }
    if (clauses.put(number, new Clause(number, new Words(texts), line)) != null) {
      told.accept(Finding.error(name("clauses.md"), line, number, "clause-twice", number));
    }
  }

  private Map<String, Parameter> parameters(
      Map<String, Clause> clauses, @Nullable Period inForce, Consumer<Finding> told) {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    YamlNode document = yaml("parameters.yaml", false, told);
    if (document == null) {
      return parameters;
    }
    document
        .map()
        .forEach(
            (id, node) -> {
              Map<String, YamlNode> keys = node.map(List.of("title", "unit", "by", "values"));
              Words title = words(node, keys, "title", told);
              String unit = text(node, keys, "unit", told);
              YamlNode by = keys.get("by");
              YamlNode values = required(node, keys, "values");
              List<Parameter.Dated> dated = new ArrayList<>();
              if (values != null) {
                for (YamlNode value : values.list()) {
                  dated(value, by != null, clauses).ifPresent(dated::add);
                }
                dated.sort(Comparator.comparing(value -> value.period().from()));
                checkDates(values, id, dated, inForce);
              }
              parameters.put(
                  id, new Parameter(id, title, unit, by == null ? null : by.text(), dated));
            });
    return parameters;
  }

  /** A period's end may be left out: it then ends where the next begins. */
  private static Optional<Parameter.Dated> dated(
      YamlNode node, boolean keyed, Map<String, Clause> clauses) {
    Map<String, YamlNode> keys = node.map();
    YamlNode from = required(node, keys, "from");
    YamlNode clause = required(node, keys, "clause");
    LocalDate first = from == null ? null : from.date();
    LocalDate last = keys.containsKey("to") ? Objects.requireNonNull(keys.get("to")).date() : null;
    if (first == null || clause == null) {
      return Optional.empty();
    }
    if (last != null && !last.isAfter(first)) {
      node.error("period-empty", first, last);
      return Optional.empty();
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    Map<String, String> cited = new LinkedHashMap<>();
    keys.forEach(
        (key, value) -> {
          if (List.of("from", "to", "clause").contains(key)) {
            return;
          }
          if (!keyed && !key.equals("value")) {
            value.error("unknown-key", key, "from, to, clause, value");
            return;
          }
          Object figure = value.value();
          if (figure instanceof BigDecimal
              || figure instanceof String
              || figure instanceof Boolean) {
            figures.put(keyed ? key : Parameter.FOR_ALL, figure);
          } else {
            value.error("figure-missing", key);
          }
        });
    if (figures.isEmpty()) {
      node.error("figure-missing", keyed ? "…" : "value");
    }
    Map<String, YamlNode> each = clause.isMap() ? clause.map() : Map.of();
    for (String key : figures.keySet()) {
      YamlNode own = clause.isMap() ? each.get(key) : clause;
      if (own == null) {
        clause.error("clause-missing", key);
      } else if (clauses.containsKey(own.text())) {
        cited.put(key, own.text());
      } else {
        own.error("unknown-clause", own.text());
      }
    }
    return Optional.of(new Parameter.Dated(new Period(first, last), figures, cited));
  }

  private static void checkDates(
      YamlNode node, String id, List<Parameter.Dated> dated, @Nullable Period inForce) {
    for (int i = 0; i < dated.size(); i++) {
      Parameter.Dated here = dated.get(i);
      if (i + 1 < dated.size()) {
        Parameter.Dated next = dated.get(i + 1);
        LocalDate end = here.period().to();
        if (end == null) {
          dated.set(
              i,
              new Parameter.Dated(
                  new Period(here.period().from(), next.period().from()),
                  here.figures(),
                  here.clauses()));
        } else if (end.isAfter(next.period().from())) {
          node.error("dates-overlap", id, next.period().from(), end);
        } else if (end.isBefore(next.period().from())) {
          node.error("dates-gap", id, end, next.period().from());
        }
      }
    }
    if (inForce != null && !dated.isEmpty()) {
      LocalDate first = dated.getFirst().period().from();
      LocalDate last = dated.getLast().period().to();
      if (first.isAfter(inForce.from())) {
        node.error("dates-gap", id, inForce.from(), first);
      }
      if (last != null && (inForce.to() == null || last.isBefore(inForce.to()))) {
        node.error("dates-gap", id, last, inForce.to() == null ? "…" : inForce.to());
      }
    }
  }

  private List<Case> cases(Consumer<Finding> told) {
    List<Case> cases = new ArrayList<>();
    YamlNode document = yaml("cases.yaml", true, told);
    if (document == null) {
      return cases;
    }
    for (YamlNode node : document.list()) {
      Map<String, YamlNode> keys = node.map(List.of("name", "as-of", "given", "expect"));
      String name = text(node, keys, "name", told);
      YamlNode asOf = required(node, keys, "as-of");
      YamlNode given = required(node, keys, "given");
      YamlNode expect = required(node, keys, "expect");
      if (asOf == null || given == null || expect == null) {
        continue;
      }
      Map<String, @Nullable Object> facts = new LinkedHashMap<>();
      given.map().forEach((fact, value) -> facts.put(fact, value.value()));
      Map<String, YamlNode> expected = expect.map(List.of("outcome", "rule"));
      YamlNode outcome = required(expect, expected, "outcome");
      YamlNode rule = expected.get("rule");
      LocalDate day = asOf.date();
      if (outcome != null && day != null) {
        cases.add(
            new Case(
                name, day, facts, outcome.text(), rule == null ? null : rule.text(), node.line()));
      }
    }
    return cases;
  }

  private List<Measure> measures(Consumer<Finding> told) {
    List<Measure> measures = new ArrayList<>();
    YamlNode document = yaml("measures.yaml", false, told);
    if (document == null) {
      return measures;
    }
    document
        .map()
        .forEach(
            (id, node) -> {
              Map<String, YamlNode> keys =
                  node.map(List.of("title", "unit", "outcomes", "numerator", "denominator"));
              YamlNode numerator = keys.get("numerator");
              YamlNode denominator = keys.get("denominator");
              if ((numerator == null) != (denominator == null)
                  || (numerator == null) == !keys.containsKey("outcomes")) {
                node.error("measure-counts-or-divides");
              }
              measures.add(
                  new Measure(
                      id,
                      words(node, keys, "title", told),
                      text(node, keys, "unit", told),
                      texts(keys, "outcomes"),
                      numerator == null ? null : numerator.text(),
                      denominator == null ? null : denominator.text()));
            });
    return measures;
  }

  private List<TableFile> tables(String decision, Consumer<Finding> told) {
    List<TableFile> tables = new ArrayList<>();
    Pattern dated = Pattern.compile("(.+)\\.(\\d{4}-\\d{2}-\\d{2})\\.dmn");
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String fileName = file.getFileName().toString();
        if (!fileName.endsWith(".dmn")) {
          continue;
        }
        Matcher matcher = dated.matcher(fileName);
        if (!matcher.matches()) {
          told.accept(Finding.error(name(fileName), 0, "", "table-needs-a-date"));
          continue;
        }
        if (!matcher.group(1).equals(decision)) {
          told.accept(Finding.error(name(fileName), 0, "", "table-of-another-decision", decision));
          continue;
        }
        try {
          tables.add(new TableFile(name(fileName), LocalDate.parse(matcher.group(2)), file));
        } catch (DateTimeParseException e) {
          told.accept(Finding.error(name(fileName), 0, "", "not-a-date", matcher.group(2)));
        }
      }
    } catch (IOException e) {
      told.accept(Finding.error(name(""), 0, "", "unreadable", String.valueOf(e.getMessage())));
    }
    if (tables.isEmpty()) {
      told.accept(Finding.error(name("pack.yaml"), 0, "decision", "no-table", decision));
    }
    return tables;
  }

  private Map<String, Properties> messages(Consumer<Finding> told) {
    Map<String, Properties> messages = new LinkedHashMap<>();
    for (String language : Words.LANGUAGES) {
      String file = "messages." + language + ".properties";
      Properties words = new Properties();
      file(file, true, told)
          .ifPresent(
              text -> {
                try (Reader reader = new StringReader(text)) {
                  words.load(reader);
                } catch (IOException | IllegalArgumentException e) {
                  told.accept(
                      Finding.error(
                          name(file), 0, "", "unreadable", String.valueOf(e.getMessage())));
                }
              });
      messages.put(language, words);
    }
    return messages;
  }

  private Optional<String> file(String file, boolean needed, Consumer<Finding> told) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      if (needed) {
        told.accept(Finding.error(name(file), 0, "", "file-missing"));
      }
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(path));
    } catch (MalformedInputException e) {
      told.accept(Finding.error(name(file), 0, "", "not-utf-8"));
    } catch (IOException e) {
      told.accept(Finding.error(name(file), 0, "", "unreadable", String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }
}
