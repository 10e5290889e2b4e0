package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of procedures that are wrong in one place, each from one that is whole. */
class FlowReadingTests {
  static final Path SHIPPED =
      Path.of("..", "packs", "national", "inquiry-letter", "procedure.bpmn")
          .toAbsolutePath()
          .normalize();

  private final String whole = read();

  private static String read() {
    try {
      return Files.readString(SHIPPED);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theShippedOneIsWhole() {
    FlowReading.Read read = FlowReading.read(whole.getBytes(StandardCharsets.UTF_8));
    assertThat(read.flaws()).isEmpty();
    Flow flow = read.flow().orElseThrow();
    assertThat(flow.steps()).hasSize(7);
    assertThat(flow.next("decide", "remind").map(Node::id)).contains("object");
  }

  @Test
  void nothingThatCouldRunIsLetIn() {
    assertThat(with("</process>", "<scriptTask id=\"s\"><script>1</script></scriptTask></process>"))
        .contains("element-not-allowed scriptTask", "element-not-allowed script");
    assertThat(with("</process>", "<serviceTask id=\"s\"/></process>"))
        .contains("element-not-allowed serviceTask");
    assertThat(
            with(
                "xmlns:dandang=",
                "xmlns:flowable=\"http://flowable.org/bpmn\" xmlns:dandang=",
                "id=\"approve\" name",
                "id=\"approve\" flowable:assignee=\"${evil}\" name"))
        .contains("attribute-not-allowed approve");
    assertThat(with("</process>", "<extensionElements/></process>"))
        .contains("element-not-allowed extensionElements");
    assertThat(
            with(
                "<sequenceFlow id=\"approve-to-approved\" sourceRef=\"approve\""
                    + " targetRef=\"approved\"/>",
                "<sequenceFlow id=\"approve-to-approved\" sourceRef=\"approve\""
                    + " targetRef=\"approved\"><conditionExpression>${true}</conditionExpression></sequenceFlow>"))
        .contains("element-not-allowed conditionExpression");
  }

  @Test
  void noDoctypeAndNoEntities() {
    assertThat(
            with(
                "<definitions",
                "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><definitions"))
        .contains("doctype ");
    assertThat(with("name=\"审批函询\"", "name=\"&x;\"")).anyMatch(flaw -> flaw.startsWith("not-xml"));
    assertThat(FlowReading.read(new byte[FlowReading.MAX_BYTES + 1]).flaws())
        .extracting(Flaw::key)
        .containsExactly("too-large");
    assertThat(
            with(
                "</process>",
                "<documentation>".repeat(20) + "</documentation>".repeat(20) + "</process>"))
        .contains("too-deep ");
  }

  @Test
  void nothingAdverseWithoutReplyDecisionAndObjection() {
    assertThat(with("dandang:kind=\"reply\"", "dandang:kind=\"work\""))
        .contains("adverse-without-reply reminded");
    assertThat(with("dandang:due=\"reply-days\" ", "", "dandang:lapse=\"no-reply\"", ""))
        .contains("adverse-without-reply reminded");
    assertThat(with("dandang:not-by=\"begun revise assess\"", "dandang:not-by=\"begun revise\""))
        .contains("adverse-without-decision reminded");
    assertThat(with("dandang:kind=\"object\"", "dandang:kind=\"work\""))
        .anyMatch(flaw -> flaw.startsWith("review-without-objection"))
        .isNotEmpty();
    assertThat(with("dandang:adverse=\"true\" dandang:withdraw", "dandang:withdraw"))
        .contains("adverse-not-declared inquiry-letter");
    assertThat(
            with(
                "targetRef=\"object\" name=\"提醒\"",
                "targetRef=\"reminded\" name=\"提醒\"",
                "<sequenceFlow id=\"approved-to-not-sent\" sourceRef=\"approved\""
                    + " targetRef=\"not-sent\"",
                "<sequenceFlow id=\"approved-to-not-sent\" sourceRef=\"approved\""
                    + " targetRef=\"object\""))
        .isNotEmpty();
    assertThat(with("not-by=\"begun revise assess decide\"", "not-by=\"begun revise assess\""))
        .contains("review-not-apart review");
  }

  @Test
  void everyWayEndsAndEveryOutcomeLeadsSomewhere() {
    assertThat(with("dandang:outcome=\"refuse\"", "dandang:outcome=\"other\""))
        .contains("outcome-nowhere approve");
    assertThat(with("dandang:outcome=\"refuse\"", "dandang:outcome=\"approve\""))
        .contains("outcome-two-ways approved");
    assertThat(with("targetRef=\"approved\"", "targetRef=\"approve\""))
        .contains("never-ends approve");
    assertThat(
            with(
                "dandang:who=\"personnel-officer\" dandang:form=\"assessment\"",
                "dandang:form=\"assessment\""))
        .contains("nobody-may assess");
    assertThat(
            with(
                "dandang:who=\"personnel-officer\" dandang:form=\"assessment\"",
                "dandang:who=\"boss\" dandang:form=\"assessment\""))
        .contains("who-unknown assess");
    assertThat(with("bpmnElement=\"assess\"", "bpmnElement=\"other\""))
        .contains("not-drawn assess");
    assertThat(
            with(
                "dandang:who=\"head-of-unit\" dandang:not-by=\"begun revise\" ",
                "dandang:who=\"head-of-unit\" dandang:due=\"x\" dandang:lapse=\"approve\" "))
        .contains("lapse-not-party approve");
  }

  private List<String> with(String... changes) {
    String text = whole;
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(text).contains(changes[i]);
      text =
          text.replaceFirst(
              java.util.regex.Pattern.quote(changes[i]),
              java.util.regex.Matcher.quoteReplacement(changes[i + 1]));
    }
    return FlowReading.read(text.getBytes(StandardCharsets.UTF_8)).flaws().stream()
        .map(flaw -> flaw.key() + " " + flaw.where())
        .toList();
  }
}
