package org.dandang.policy.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.dandang.engine.ColumnType;
import org.dandang.engine.Compilation;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.InputTypes;
import org.dandang.engine.InputTypes.InputColumn;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.FactCatalogue;
import org.jspecify.annotations.Nullable;

/**
 * A pack as it stands on a day: the table and the parameter figures in force.
 *
 * @param tableHash SHA-256 of the table's file, in hexadecimal digits
 * @param name the table's date and the beginning of the hash over table, parameters and date picked
 */
public record PolicyVersion(
    Pack pack,
    LocalDate asOf,
    TableFile table,
    byte[] model,
    String tableHash,
    Map<String, Parameter.Dated> figures,
    String name) {

  private static final int WHOLE_DIGITS = 10;

  /**
   * The version in force on a day.
   *
   * @throws PolicyProblem when the pack has no table or a parameter no figure on that day
   */
  public static PolicyVersion of(Pack pack, LocalDate asOf) {
    TableFile table =
        pack.tableOn(asOf).orElseThrow(() -> new PolicyProblem("not-in-force", pack.id(), asOf));
    Map<String, Parameter.Dated> figures = new LinkedHashMap<>();
    pack.parameters()
        .forEach(
            (id, parameter) ->
                figures.put(
                    id,
                    parameter
                        .on(asOf)
                        .orElseThrow(() -> new PolicyProblem("no-figure", pack.id(), id, asOf))));
    try {
      byte[] model = Files.readAllBytes(table.path());
      return named(pack, asOf, table, model, figures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PolicyVersion named(
      Pack pack,
      LocalDate asOf,
      TableFile table,
      byte[] model,
      Map<String, Parameter.Dated> figures) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String tableHash = HexFormat.of().formatHex(digest.digest(model));
      digest.update(model);
      digest.update(inOrder(figures).getBytes(StandardCharsets.UTF_8));
      String name = table.from() + "+" + HexFormat.of().formatHex(digest.digest()).substring(0, 8);
      return new PolicyVersion(
          pack, asOf, table, model, tableHash, Collections.unmodifiableMap(figures), name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same text for the same figures, in whatever order they are held. */
  private static String inOrder(Map<String, Parameter.Dated> figures) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(figures)
        .forEach(
            (id, dated) ->
                text.append(id)
                    .append(dated.period())
                    .append(new TreeMap<>(dated.figures()))
                    .append(new TreeMap<>(dated.clauses())));
    return text.toString();
  }

  /** The days on which a table or a figure of a pack begins to hold, oldest first. */
  public static List<LocalDate> beginnings(Pack pack) {
    SortedSet<LocalDate> days = new TreeSet<>(List.of(pack.inForce().from()));
    pack.tables().forEach(table -> days.add(table.from()));
    pack.parameters()
        .values()
        .forEach(parameter -> parameter.values().forEach(dated -> days.add(dated.period().from())));
    return days.stream().filter(pack.inForce()::covers).toList();
  }

  /** The same with other figures for some parameters; their periods and clauses stay. */
  public PolicyVersion withFigures(Map<String, Map<String, Object>> others) {
    Map<String, Parameter.Dated> changed = new LinkedHashMap<>();
    figures.forEach(
        (id, dated) -> {
          Map<String, Object> values = new TreeMap<>(dated.figures());
          values.putAll(others.getOrDefault(id, Map.of()));
          changed.put(id, new Parameter.Dated(dated.period(), values, dated.clauses()));
        });
    return named(pack, asOf, table, model, changed);
  }

  /** The same figures under another table. */
  public PolicyVersion withTable(TableFile other, byte[] otherModel) {
    return named(pack, asOf, other, otherModel, figures);
  }

  /** The same with a decision that may also see these facts. */
  public PolicyVersion seeing(List<String> more) {
    return new PolicyVersion(pack.seeing(more), asOf, table, model, tableHash, figures, name);
  }

  /**
   * The parameter figures for one subject.
   *
   * @param facts values of the facts that pick among figures
   * @return null for a parameter that sets nothing for this subject
   */
  public Map<String, @Nullable Object> figuresFor(Map<String, ? extends @Nullable Object> facts) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    figures.forEach((id, dated) -> values.put(id, dated.figures().get(key(id, facts))));
    return values;
  }

  /** The clause that sets a parameter for one subject; null where it sets nothing. */
  public @Nullable String clauseOf(
      String parameter, Map<String, ? extends @Nullable Object> facts) {
    Parameter.Dated dated = figures.get(parameter);
    return dated == null ? null : dated.clauses().get(key(parameter, facts));
  }

  /** Compiles the decision with what is known of facts and figures in force. */
  public Compilation compile(DecisionModel model, FactCatalogue facts) {
    return model.compile(pack.decision(), types(facts));
  }

  /** The columns the decision is compiled for: facts, figures that facts pick, and constants. */
  public InputTypes types(FactCatalogue facts) {
    return types(pack.facts().stream().map(id -> facts.get(id).column()).toList());
  }

  /** The columns the decision is compiled for, with others in the place of facts. */
  InputTypes types(List<InputColumn> facts) {
    List<InputColumn> columns = new ArrayList<>(facts);
    for (String id : figures.keySet()) {
      if (isPicked(id)) {
        columns.add(new InputColumn(id, columnType(id), true));
      }
    }
    return InputTypes.of(columns).withConstants(constants());
  }

  /** The figures in force that are the same for everybody. */
  public Map<String, Object> constants() {
    Map<String, Object> constants = new LinkedHashMap<>();
    figures.forEach(
        (id, dated) -> {
          Object figure = dated.figures().get(Parameter.FOR_ALL);
          if (!isPicked(id) && figure != null) {
            constants.put(id, figure);
          }
        });
    return constants;
  }

  /** Whether a parameter's figure depends on a fact of the subject. */
  public boolean isPicked(String parameter) {
    Parameter definition = pack.parameters().get(parameter);
    return definition != null && definition.by() != null;
  }

  /** The type of a parameter's column. */
  public ColumnType columnType(String parameter) {
    int scale = scaleOf(parameter);
    if (scale >= 0) {
      return new ColumnType.Decimal(WHOLE_DIGITS + scale, scale);
    }
    Parameter.Dated dated = figures.get(parameter);
    boolean truth =
        dated != null && dated.figures().values().stream().allMatch(Boolean.class::isInstance);
    return truth ? new ColumnType.Truth() : new ColumnType.Text();
  }

  private String key(String parameter, Map<String, ? extends @Nullable Object> facts) {
    Parameter definition = pack.parameters().get(parameter);
    String by = definition == null ? null : definition.by();
    return by == null ? Parameter.FOR_ALL : String.valueOf(facts.get(by));
  }

  /** Digits after the point that a parameter's figures need; -1 when they are not numbers. */
  int scaleOf(String parameter) {
    Parameter.Dated dated = figures.get(parameter);
    if (dated == null) {
      return -1;
    }
    int scale = 0;
    for (Object figure : dated.figures().values()) {
      if (!(figure instanceof BigDecimal number)) {
        return -1;
      }
      scale = Math.max(scale, Math.max(0, number.stripTrailingZeros().scale()));
    }
    return scale;
  }
}
