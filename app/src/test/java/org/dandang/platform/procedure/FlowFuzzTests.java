package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Procedures that are broken at random: each is read or told why not, and nothing else happens. */
class FlowFuzzTests {
  private static final int FILES = Boolean.getBoolean("dandang.long") ? 100_000 : 3_000;
  private static final List<String> WORDS =
      List.of(
          "<!DOCTYPE a [<!ENTITY b \"c\">]>",
          "&b;",
          "<![CDATA[",
          "]]>",
          "<?x?>",
          "<a>",
          "</process>",
          "<scriptTask id=\"x\"/>",
          "<subProcess id=\"x\">",
          "dandang:who=\"\"",
          "dandang:who=\"party\"",
          "dandang:kind=\"decide\"",
          "dandang:lapse=\"approve\"",
          "sourceRef=\"approve\"",
          "targetRef=\"begun\"",
          "id=\"approve\"",
          "\u0000",
          "\uFEFF",
          "\uD83D\uDE00",
          "xmlns=\"\"",
          "xmlns:x=\"y\" x:z=\"1\"",
          "isExecutable=\"false\"",
          "<userTask id=\"u\"/>",
          "<endEvent id=\"e\"/>");

  /** What came of so many files. */
  record Tried(int read, Set<String> told) {}

  static Tried tried(int files) throws IOException {
    Mutations mutations = new Mutations(Files.readAllBytes(FlowReadingTests.SHIPPED), WORDS);
    Set<String> told = new TreeSet<>();
    int read = 0;
    long seed = Long.getLong("dandang.seed", 7L);
    for (int i = 0; i < files; i++) {
      byte[] file = mutations.next(new Random(seed * 1_000_003 + i));
      FlowReading.Read found;
      try {
        found = FlowReading.read(file);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("file " + i + " of seed " + seed, e);
      }
      assertThat(found.flow().isPresent()).as("file " + i).isEqualTo(found.flaws().isEmpty());
      found.flaws().forEach(flaw -> told.add(flaw.key()));
      if (found.flow().isPresent()) {
        read++;
        everyStepLeadsToTheEndOrOn(found.flow().get());
      }
    }
    return new Tried(read, told);
  }

  @Test
  void eachIsReadOrToldWhyNot() throws IOException {
    Tried tried = tried(FILES);
    // What was not reached was not tried: most of what can be told was told, and some was whole.
    assertThat(tried.read()).isGreaterThan(FILES / 200);
    assertThat(tried.told())
        .hasSizeGreaterThan(18)
        .contains(
            "not-xml",
            "doctype",
            "element-not-allowed",
            "attribute-not-allowed",
            "id-twice",
            "not-drawn",
            "outcome-nowhere",
            "arrow-nowhere");
  }

  private static void everyStepLeadsToTheEndOrOn(Flow flow) {
    assertThat(flow.first()).isPresent();
    for (Node.Step step : flow.steps()) {
      for (String outcome : step.outcomes()) {
        assertThat(flow.next(step.id(), outcome)).isPresent();
      }
    }
  }
}
