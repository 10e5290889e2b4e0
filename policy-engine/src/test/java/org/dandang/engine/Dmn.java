package org.dandang.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes DMN models for tests. */
final class Dmn {
  private final StringBuilder body = new StringBuilder();
  private final String namespace;

  Dmn() {
    this("https://www.omg.org/spec/DMN/20191111/MODEL/");
  }

  Dmn(String namespace) {
    this.namespace = namespace;
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  Dmn type(String name, String base, String allowed) {
    body.append("<itemDefinition name='").append(escape(name)).append("'><typeRef>").append(base);
    body.append("</typeRef>");
    if (!allowed.isEmpty()) {
      body.append("<allowedValues><text>")
          .append(escape(allowed))
          .append("</text></allowedValues>");
    }
    body.append("</itemDefinition>");
    return this;
  }

  Dmn input(String name, String type) {
    body.append("<inputData id='i_").append(id(name)).append("' name='").append(escape(name));
    body.append("'><variable name='").append(escape(name)).append("' typeRef='").append(type);
    body.append("'/></inputData>");
    return this;
  }

  private static String id(String name) {
    return Integer.toHexString(name.hashCode());
  }

  Dmn literal(
      String name, String type, String expression, List<String> inputs, List<String> decisions) {
    open(name, type, inputs, decisions);
    body.append("<literalExpression><text>").append(escape(expression));
    body.append("</text></literalExpression></decision>");
    return this;
  }

  private void open(String name, String type, List<String> inputs, List<String> decisions) {
    body.append("<decision id='d_").append(id(name)).append("' name='").append(escape(name));
    body.append("'><variable name='").append(escape(name)).append("'");
    if (!type.isEmpty()) {
      body.append(" typeRef='").append(type).append("'");
    }
    body.append("/>");
    for (String input : inputs) {
      body.append("<informationRequirement><requiredInput href='#i_").append(id(input));
      body.append("'/></informationRequirement>");
    }
    for (String decision : decisions) {
      body.append("<informationRequirement><requiredDecision href='#d_").append(id(decision));
      body.append("'/></informationRequirement>");
    }
  }

  /** A row: its tests, then its outputs. */
  record Row(List<String> tests, List<String> outputs) {}

  static Row row(String tests, String outputs) {
    return new Row(List.of(tests.split("\\|", -1)), List.of(outputs.split("\\|", -1)));
  }

  record Table(
      String name,
      String type,
      String policy,
      List<String> inputs,
      List<String> decisions,
      List<String> columns,
      List<String> columnValues,
      List<String> outputNames,
      List<String> outputValues,
      List<String> defaults,
      List<Row> rows) {

    static Table of(String name, String policy, List<String> inputs, Row... rows) {
      return new Table(
          name,
          "string",
          policy,
          inputs,
          List.of(),
          inputs,
          List.of(),
          List.of("outcome"),
          List.of(),
          List.of(),
          List.of(rows));
    }

    Table withType(String t) {
      return new Table(
          name,
          t,
          policy,
          inputs,
          decisions,
          columns,
          columnValues,
          outputNames,
          outputValues,
          defaults,
          rows);
    }

    Table withColumns(String... c) {
      return new Table(
          name,
          type,
          policy,
          inputs,
          decisions,
          List.of(c),
          columnValues,
          outputNames,
          outputValues,
          defaults,
          rows);
    }

    Table withColumnValues(String... v) {
      return new Table(
          name,
          type,
          policy,
          inputs,
          decisions,
          columns,
          List.of(v),
          outputNames,
          outputValues,
          defaults,
          rows);
    }

    Table withOutputValues(String... v) {
      return new Table(
          name,
          type,
          policy,
          inputs,
          decisions,
          columns,
          columnValues,
          outputNames,
          List.of(v),
          defaults,
          rows);
    }

    Table withOutputs(String... o) {
      return new Table(
          name,
          type,
          policy,
          inputs,
          decisions,
          columns,
          columnValues,
          List.of(o),
          outputValues,
          defaults,
          rows);
    }

    Table withDefaults(String... d) {
      return new Table(
          name,
          type,
          policy,
          inputs,
          decisions,
          columns,
          columnValues,
          outputNames,
          outputValues,
          List.of(d),
          rows);
    }

    Table requiring(String... d) {
      return new Table(
          name,
          type,
          policy,
          inputs,
          List.of(d),
          columns,
          columnValues,
          outputNames,
          outputValues,
          defaults,
          rows);
    }
  }

  Dmn table(Table t) {
    open(t.name(), t.type(), t.inputs(), t.decisions());
    String[] policy =
        t.policy().endsWith("ORDER") ? new String[] {t.policy()} : t.policy().split(" ", 2);
    body.append("<decisionTable id='t_")
        .append(id(t.name()))
        .append("' hitPolicy='")
        .append(policy[0])
        .append("'");
    if (policy.length > 1) {
      body.append(" aggregation='").append(policy[1]).append("'");
    }
    body.append(">");
    for (int i = 0; i < t.columns().size(); i++) {
      body.append("<input><inputExpression><text>").append(escape(t.columns().get(i)));
      body.append("</text></inputExpression>");
      if (i < t.columnValues().size() && !t.columnValues().get(i).isEmpty()) {
        body.append("<inputValues><text>").append(escape(t.columnValues().get(i)));
        body.append("</text></inputValues>");
      }
      body.append("</input>");
    }
    for (int o = 0; o < t.outputNames().size(); o++) {
      body.append("<output");
      if (t.outputNames().size() > 1) {
        body.append(" name='").append(escape(t.outputNames().get(o))).append("'");
      }
      body.append(">");
      if (o < t.outputValues().size() && !t.outputValues().get(o).isEmpty()) {
        body.append("<outputValues><text>").append(escape(t.outputValues().get(o)));
        body.append("</text></outputValues>");
      }
      if (o < t.defaults().size() && !t.defaults().get(o).isEmpty()) {
        body.append("<defaultOutputEntry><text>").append(escape(t.defaults().get(o)));
        body.append("</text></defaultOutputEntry>");
      }
      body.append("</output>");
    }
    int index = 0;
    for (Row row : t.rows()) {
      body.append("<rule id='rule-").append(id(t.name())).append('-').append(++index).append("'>");
      for (String test : row.tests()) {
        body.append("<inputEntry><text>")
            .append(escape(test.strip()))
            .append("</text></inputEntry>");
      }
      for (String output : row.outputs()) {
        body.append("<outputEntry><text>")
            .append(escape(output.strip()))
            .append("</text></outputEntry>");
      }
      body.append("</rule>");
    }
    body.append("</decisionTable></decision>");
    return this;
  }

  /** An element written out. */
  Dmn element(String xml) {
    body.append(xml);
    return this;
  }

  String xml() {
    return "<?xml version='1.0' encoding='UTF-8'?>\n<definitions xmlns='"
        + namespace
        + "' id='m' name='model' namespace='https://dandang.org/test'>"
        + body
        + "</definitions>";
  }

  byte[] bytes() {
    return xml().getBytes(StandardCharsets.UTF_8);
  }

  DecisionModel read() {
    return DecisionModel.read("test.dmn", bytes());
  }

  static List<String> list(String... names) {
    return new ArrayList<>(List.of(names));
  }
}
