package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Knowledge models, invocations, contexts and conditionals mean the same both ways. */
class BoxedLogicTests {
  private static final String KNOWLEDGE =
      """
      <businessKnowledgeModel id='b_weight' name='weight'>
        <variable name='weight' typeRef='number'/>
        <encapsulatedLogic>
          <formalParameter name='months' typeRef='number'/>
          <formalParameter name='hard' typeRef='boolean'/>
          <literalExpression><text>if hard then months * 2 else months + 1</text></literalExpression>
        </encapsulatedLogic>
      </businessKnowledgeModel>
      <businessKnowledgeModel id='b_both' name='both'>
        <variable name='both' typeRef='number'/>
        <encapsulatedLogic>
          <formalParameter name='n' typeRef='number'/>
          <literalExpression><text>weight(n, true) + weight(hard: false, months: n)</text></literalExpression>
        </encapsulatedLogic>
        <knowledgeRequirement><requiredKnowledge href='#b_weight'/></knowledgeRequirement>
      </businessKnowledgeModel>
      <businessKnowledgeModel id='b_text' name='as text'>
        <variable name='as text' typeRef='number'/>
        <encapsulatedLogic>
          <formalParameter name='t'/>
          <literalExpression><text>t</text></literalExpression>
        </encapsulatedLogic>
      </businessKnowledgeModel>
      <businessKnowledgeModel id='b_strict' name='strict'>
        <variable name='strict' typeRef='number'/>
        <encapsulatedLogic>
          <formalParameter name='t' typeRef='number'/>
          <literalExpression><text>t + 1</text></literalExpression>
        </encapsulatedLogic>
      </businessKnowledgeModel>
      <businessKnowledgeModel id='b_fails' name='fails'>
        <variable name='fails' typeRef='number'/>
        <encapsulatedLogic>
          <formalParameter name='t' typeRef='string'/>
          <literalExpression><text>string length(t)</text></literalExpression>
        </encapsulatedLogic>
      </businessKnowledgeModel>
      <businessKnowledgeModel id='b_class' name='class'>
        <variable name='class' typeRef='number'/>
        <encapsulatedLogic>
          <formalParameter name='n' typeRef='number'/>
          <formalParameter name='kind' typeRef='string'/>
          <decisionTable hitPolicy='UNIQUE'>
            <input><inputExpression><text>n</text></inputExpression></input>
            <input><inputExpression><text>kind</text></inputExpression></input>
            <output/>
            <rule><inputEntry><text>&lt; 2</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
            <rule><inputEntry><text>[2..50)</text></inputEntry><inputEntry><text>"x"</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
            <rule><inputEntry><text>[1..3]</text></inputEntry><inputEntry><text>"y"</text></inputEntry><outputEntry><text>n * 3</text></outputEntry></rule>
          </decisionTable>
        </encapsulatedLogic>
      </businessKnowledgeModel>
      <businessKnowledgeModel id='b_sum' name='sum up'>
        <variable name='sum up' typeRef='number'/>
        <encapsulatedLogic>
          <formalParameter name='n' typeRef='number'/>
          <decisionTable hitPolicy='COLLECT' aggregation='SUM'>
            <input><inputExpression><text>n</text></inputExpression></input>
            <output/>
            <rule><inputEntry><text>&gt; 1</text></inputEntry><outputEntry><text>10</text></outputEntry></rule>
            <rule><inputEntry><text>&gt; 4</text></inputEntry><outputEntry><text>20</text></outputEntry></rule>
          </decisionTable>
        </encapsulatedLogic>
      </businessKnowledgeModel>
      """;

  private static final List<String> ALL =
      List.of("weight", "both", "text", "strict", "fails", "class", "sum");

  private static String decision(String type, String logic) {
    StringBuilder xml =
        new StringBuilder("<decision id='d' name='d'><variable name='d'")
            .append(type.isEmpty() ? "" : " typeRef='" + type + "'")
            .append("/>");
    for (String input : List.of("a", "s", "b")) {
      xml.append("<informationRequirement><requiredInput href='#i_")
          .append(Integer.toHexString(input.hashCode()))
          .append("'/></informationRequirement>");
    }
    for (String knowledge : ALL) {
      xml.append("<knowledgeRequirement><requiredKnowledge href='#b_")
          .append(knowledge)
          .append("'/></knowledgeRequirement>");
    }
    return xml + logic + "</decision>";
  }

  private static String literal(String text) {
    return "<literalExpression><text>" + Dmn.escape(text) + "</text></literalExpression>";
  }

  private static DecisionModel model(String knowledge, String decision) {
    return new Dmn("https://www.omg.org/spec/DMN/20211108/MODEL/")
        .input("a", "number")
        .input("s", "string")
        .input("b", "boolean")
        .element(knowledge)
        .element(decision)
        .read();
  }

  private static List<List<@Nullable Object>> rows() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Integer a : new Integer[] {null, 0, 1, 2, 3, 5, 50, 100}) {
      for (String s : new String[] {null, "x", "y", ""}) {
        for (Boolean b : new Boolean[] {null, true, false}) {
          List<@Nullable Object> row = new ArrayList<>();
          row.add(a);
          row.add(s);
          row.add(b);
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static void agrees(DecisionModel model) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("a", "INTEGER");
    columns.put("s", "VARCHAR");
    columns.put("b", "BOOLEAN");
    try (var both = new BothWays()) {
      both.fill("people", columns, rows());
      assertThat(both.differences(model, "d", "people")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "weight(a, b)",
        "weight(months: a, hard: b)",
        "weight(hard: a > 2, months: 7) + a",
        "both(a)",
        "both(both(a))",
        "as text(s)",
        "as text(a)",
        "if as text(s) = null then 1 else 2",
        "strict(a)",
        "if b then strict(a) else 0",
        "fails(s)",
        "if b then fails(s) else a",
        "b and fails(s) > 0",
        "b or fails(s) > 0",
        "class(a, s)",
        "class(a, s) + class(a + 1, \"y\")",
        "if b then class(a, s) else class(2, \"y\")",
        "sum up(a)",
        "sum up(class(a, s))",
        "sum up(a) * weight(a, b)",
        "(if a > 2 then class(a, s) else sum up(a)) > 10"
      })
  void anExpressionThatInvokesKnowledge(String expression) throws SQLException {
    agrees(model(KNOWLEDGE, decision("", literal(expression))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"number", "string", "boolean"})
  void theDecisionsOwnTypeIsHeldAgainstWhatKnowledgeComesTo(String type) throws SQLException {
    agrees(model(KNOWLEDGE, decision(type, literal("as text(a)"))));
  }

  @Test
  void anInvocationInBoxes() throws SQLException {
    agrees(
        model(
            KNOWLEDGE,
            decision(
                "number",
                """
                <invocation><literalExpression><text>class</text></literalExpression>
                  <binding><parameter name='n'/><literalExpression><text>a + 1</text></literalExpression></binding>
                  <binding><parameter name='kind'/>
                    <conditional><if><literalExpression><text>b</text></literalExpression></if>
                      <then><literalExpression><text>s</text></literalExpression></then>
                      <else><literalExpression><text>"y"</text></literalExpression></else></conditional></binding>
                </invocation>
                """)));
  }

  @Test
  void aContextWhoseLastEntryIsTheValue() throws SQLException {
    agrees(
        model(
            KNOWLEDGE,
            decision(
                "number",
                """
                <context>
                  <contextEntry><variable name='twice' typeRef='number'/><literalExpression><text>a * 2</text></literalExpression></contextEntry>
                  <contextEntry><variable name='length' typeRef='number'/><literalExpression><text>if b then string length(s) else 3</text></literalExpression></contextEntry>
                  <contextEntry><variable name='more'/>
                    <functionDefinition><formalParameter name='x' typeRef='number'/><literalExpression><text>x + twice</text></literalExpression></functionDefinition></contextEntry>
                  <contextEntry><literalExpression><text>more(length) + more(1)</text></literalExpression></contextEntry>
                </context>
                """)));
  }

  @Test
  void anEntryOfAnotherTypeThanItsOwnIsAnError() throws SQLException {
    agrees(
        model(
            "",
            decisionWithoutKnowledge(
                """
                <context>
                  <contextEntry><variable name='n' typeRef='number'/><literalExpression><text>if b then a else null</text></literalExpression></contextEntry>
                  <contextEntry><variable name='t' typeRef='string'/><literalExpression><text>if a > 2 then s else null</text></literalExpression></contextEntry>
                  <contextEntry><variable name='wrong' typeRef='number'/><literalExpression><text>s</text></literalExpression></contextEntry>
                  <contextEntry><literalExpression><text>n</text></literalExpression></contextEntry>
                </context>
                """)));
  }

  @Test
  void whatInvokesItselfIsRefused() {
    String loop =
        """
        <businessKnowledgeModel id='b_loop' name='loop'>
          <variable name='loop' typeRef='number'/>
          <encapsulatedLogic>
            <formalParameter name='n' typeRef='number'/>
            <literalExpression><text>if n &lt;= 0 then 0 else loop(n - 1)</text></literalExpression>
          </encapsulatedLogic>
        </businessKnowledgeModel>
        """;
    DecisionModel model =
        model(
            loop,
            decisionWithoutKnowledge(literal("loop(a)"))
                .replace(
                    "<literalExpression>",
                    "<knowledgeRequirement><requiredKnowledge href='#b_loop'/></knowledgeRequirement><literalExpression>"));
    assertThat(refusals(model)).contains("recursion");
  }

  @Test
  void whatDoublesAtEveryStepIsRefusedInTime() {
    StringBuilder knowledge = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      knowledge.append(
          """
          <businessKnowledgeModel id='b_k%1$d' name='k%1$d'><variable name='k%1$d' typeRef='number'/>
            <encapsulatedLogic><formalParameter name='n' typeRef='number'/>
              <literalExpression><text>%2$s</text></literalExpression></encapsulatedLogic>%3$s
          </businessKnowledgeModel>
          """
              .formatted(
                  i,
                  i == 0 ? "n + 1" : "k" + (i - 1) + "(n) - k" + (i - 1) + "(n + 1)",
                  i == 0
                      ? ""
                      : "<knowledgeRequirement><requiredKnowledge href='#b_k"
                          + (i - 1)
                          + "'/></knowledgeRequirement>"));
    }
    DecisionModel model =
        model(
            knowledge.toString(),
            decisionWithoutKnowledge(literal("k39(a)"))
                .replace(
                    "<literalExpression>",
                    "<knowledgeRequirement><requiredKnowledge href='#b_k39'/></knowledgeRequirement><literalExpression>"));
    String refused =
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> refusals(model));
    assertThat(refused).isNotEmpty();
  }

  private static String decisionWithoutKnowledge(String logic) {
    return decision("number", logic)
        .replaceAll("<knowledgeRequirement>.*?</knowledgeRequirement>", "");
  }

  private static String refusals(DecisionModel model) {
    InputTypes types =
        InputTypes.of(
            List.of(
                new InputTypes.InputColumn("a", new ColumnType.Whole(9), true),
                new InputTypes.InputColumn("s", new ColumnType.Text(), true),
                new InputTypes.InputColumn("b", new ColumnType.Truth(), true)));
    return model.compile("d", types) instanceof Compilation.NotCompilable not
        ? not.refusals().toString()
        : "";
  }
}
