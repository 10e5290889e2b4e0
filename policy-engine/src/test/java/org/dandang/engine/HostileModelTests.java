package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HostileModelTests {
  private static final String HEAD =
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"m\" name=\"m\" namespace=\"urn:x\">";

  @Test
  void refusesADocumentType() {
    refused(
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" + HEAD + "&b;</definitions>",
        "document type");
  }

  @Test
  void refusesFunctionsOfAnotherLanguage() {
    refused(
        HEAD
            + "<businessKnowledgeModel name=\"f\"><encapsulatedLogic kind=\"Java\"/></businessKnowledgeModel></definitions>",
        "Java");
  }

  @Test
  void refusesElementsNestedTooDeep() {
    refused(HEAD + "<a>".repeat(100) + "</a>".repeat(100) + "</definitions>", "nested deeper");
  }

  @Test
  void refusesBracketsNestedTooDeep() {
    refused(
        HEAD
            + "<decision name=\"d\"><literalExpression><text>"
            + "(".repeat(5_000)
            + "1"
            + ")".repeat(5_000)
            + "</text></literalExpression></decision></definitions>",
        "brackets");
  }

  @Test
  void refusesWhatIsNoXml() {
    refused("PK\u0003\u0004", "not well-formed");
  }

  @Test
  void refusesWhatIsNoDmn() {
    refused("<html><body/></html>", "DMN");
  }

  @Test
  void refusesAFileCutInTheMiddle() {
    refused(HEAD + "<decision name=\"d\">", "not well-formed");
  }

  private static void refused(String xml, String why) {
    assertThatExceptionOfType(InvalidModelException.class)
        .isThrownBy(() -> DecisionModel.read("hostile.dmn", xml.getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("hostile.dmn")
        .withMessageContaining(why);
  }
}
