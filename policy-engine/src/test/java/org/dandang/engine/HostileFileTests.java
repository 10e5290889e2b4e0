package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.dandang.engine.Dmn.Table;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class HostileFileTests {

  private static void refused(String xml, String reason) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(
                    () -> DecisionModel.read("x.dmn", xml.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(reason));
  }

  private static String literal(String expression) {
    return new Dmn()
        .input("a", "number")
        .literal("d", "", expression, List.of("a"), List.of())
        .xml();
  }

  @Test
  void refusesADocumentType() {
    refused(
        literal("a")
            .replace("<definitions", "<!DOCTYPE definitions [<!ENTITY a 'b'>]><definitions"),
        "DOCTYPE");
  }

  @Test
  void refusesAnEntity() {
    refused(literal("a").replace(">a<", ">&file;<"), "not");
  }

  @Test
  void refusesWhatIsNotXml() {
    refused("hello", "XML");
    refused("", "XML");
    refused("<definitions", "XML");
  }

  @Test
  void refusesAnotherKindOfXml() {
    refused("<html/>", "not a DMN");
    refused(new Dmn("http://www.omg.org/spec/DMN/20990101/MODEL/").xml(), "not a DMN");
  }

  @Test
  void refusesElementsNestedTooDeep() {
    refused(
        literal("a")
            .replace(
                "<decision ",
                "<extensionElements>"
                    + "<x>".repeat(5000)
                    + "</x>".repeat(5000)
                    + "</extensionElements><decision "),
        "nested deeper");
  }

  @Test
  void refusesBracketsNestedTooDeep() {
    refused(literal("(".repeat(200) + "1" + ")".repeat(200)), "brackets nested deeper");
  }

  @Test
  void readsBracketsNestedAsDeepAsAllowedWithoutHanging() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          int depth = SafeReading.MOST_BRACKETS;
          DecisionModel.read(
              "x.dmn",
              literal("(".repeat(depth) + "1" + ")".repeat(depth))
                  .getBytes(StandardCharsets.UTF_8));
        });
  }

  @Test
  void refusesAnExternalFunction() {
    refused(
        literal(
            "{f: function(x) external {java: {class: \"java.lang.Math\", method signature:"
                + " \"cos(double)\"}}, y: f(1)}.y"),
        "external");
    refused(
        literal("a")
            .replace(
                "<decision ",
                "<businessKnowledgeModel id='b' name='b'><encapsulatedLogic kind='Java'/></businessKnowledgeModel><decision "),
        "kind Java");
  }

  @Test
  void refusesAnIterationWithoutEnd() {
    refused(literal("count(for i in 1..1000000000 return i)"), "rounds");
    refused(literal("count(for i in 1..9999, j in 1..9999 return i * j)"), "rounds");
  }

  @Test
  void refusesAPathWithoutEnd() {
    refused(literal("a" + ".a".repeat(3000)), "path");
  }

  @Test
  void refusesALongChainOfSigns() {
    refused(literal("-".repeat(7900) + "1"), "");
  }

  @Test
  void refusesATableWithTooManyRows() {
    Dmn.Row[] rows = new Dmn.Row[SafeReading.MOST_ROWS + 1];
    java.util.Arrays.fill(rows, Dmn.row("1", "\"a\""));
    refused(
        new Dmn().input("a", "number").table(Table.of("d", "FIRST", List.of("a"), rows)).xml(),
        "rows");
  }

  @Test
  void namesTheCellThatDoesNotParse() {
    var xml =
        new Dmn()
            .input("a", "number")
            .input("b", "number")
            .table(
                Table.of(
                    "front-line-priority",
                    "FIRST",
                    List.of("a", "b"),
                    Dmn.row("1 | 2", "\"x\""),
                    Dmn.row("1 | 2", "\"x\""),
                    Dmn.row("1 | [2..", "\"x\"")))
            .bytes();
    try {
      DecisionModel.read("x.dmn", xml);
      Assertions.fail("not refused");
    } catch (InvalidModelException e) {
      assertThat(e.findings())
          .extracting(Finding::where)
          .contains("front-line-priority!row 3, input 2");
    }
  }

  @Test
  void acceptsEveryVersionFrom11To15() {
    for (String namespace : SafeReading.NAMESPACES) {
      var xml =
          new Dmn(namespace)
              .input("a", "number")
              .literal("d", "", "a", List.of("a"), List.of())
              .bytes();
      // 1.1 and 1.2 spell the names of types with a prefix; this model does without.
      xml =
          new String(xml, StandardCharsets.UTF_8)
              .replace(" typeRef='number'", "")
              .getBytes(StandardCharsets.UTF_8);
      assertThat(DecisionModel.read("x.dmn", xml).decisions()).containsExactly("d");
    }
  }

  /** Not hanging is all that can be promised of these: they would take years. */
  @Test
  void whatGoesOnForEverIsGivenUp() {
    String loops = "count(for x in 1..(a * 9999) return count(for y in 1..(a * 9999) return null))";
    String searches =
        "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a|a|aa)+$\")";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            List.of(
                    loops,
                    "if " + searches + " then a else 0",
                    "{f: function(n) if n < 2 then 1 else f(n - 1) + f(n - 2), r: f(a)}.r")
                .parallelStream()
                .forEach(
                    expression -> {
                      DecisionModel model =
                          DecisionModel.read(
                              "x.dmn", literal(expression).getBytes(StandardCharsets.UTF_8));
                      Evaluation evaluation = model.evaluate("d", Map.of("a", 90));
                      assertThat(evaluation.failed()).as(expression).isTrue();
                    }));
  }

  @Test
  void aModelThatTookTooLongTwiceIsNotAskedAgain() {
    Deadline deadline = new Deadline(50);
    Supplier<Outcome> slow =
        () -> {
          LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
          return new Outcome.Value(1);
        };
    for (int i = 0; i < 2; i++) {
      assertThat(deadline.within(slow, failure -> failure)).isInstanceOf(Outcome.Failure.class);
    }
    assertThat(deadline.within(() -> new Outcome.Value(1), failure -> failure).toString())
        .contains("no longer asked");
  }
}
