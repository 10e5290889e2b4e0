package org.dandang.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.InvalidModelException;
import org.dandang.platform.procedure.Mutations;
import org.junit.jupiter.api.Test;

/** Broken decision tables are read or refused with findings; nothing else comes of them. */
class DmnFuzzTests {
  private static final int FILES = Boolean.getBoolean("dandang.long") ? 100_000 : 150;
  private static final Path TABLE =
      Path.of("..", "packs", "zhaotong", "front-line-quota", "front-line-quota.2016-01-01.dmn");
  private static final List<String> WORDS =
      List.of(
          "<!DOCTYPE a [<!ENTITY b \"c\">]>",
          "&b;",
          "&#0;",
          "<rule>",
          "</rule>",
          "<inputEntry><text>&gt; 1</text></inputEntry>",
          "<inputEntry><text>[1..</text></inputEntry>",
          "<outputEntry><text>\"x\"</text></outputEntry>",
          "<text>for i in 1..9999999999 return i</text>",
          "<text>function(a) external {java: {class: \"java.lang.System\"}}</text>",
          "<text>if a then b else</text>",
          "<text>" + "(".repeat(40) + "</text>",
          "<context><contextEntry>",
          "<import namespace=\"x\" name=\"y\" importType=\"z\"/>",
          "<businessKnowledgeModel name=\"k\" id=\"k\"/>",
          "<informationRequirement><requiredDecision href=\"#d\"/></informationRequirement>",
          "hitPolicy=\"COLLECT\" aggregation=\"SUM\"",
          "hitPolicy=\"NONE\"",
          "typeRef=\"number\"",
          "typeRef=\"none\"",
          "xmlns=\"http://www.omg.org/spec/DMN/20990101/MODEL/\"",
          "href=\"#nothing\"",
          "<![CDATA[",
          "\u0000",
          "encoding=\"x\"",
          "1e99999");

  private static final Pattern TEXT = Pattern.compile("<text>([^<]*)</text>");
  private static final Pattern ATTRIBUTE = Pattern.compile(" [a-zA-Z]+=\"([^\"]*)\"");
  private static final List<String> EXPRESSIONS =
      List.of(
          "-",
          "",
          "null",
          "not(1)",
          "[1..5]",
          "]1..5[",
          "&gt;= 0.5",
          "\"a\",\"b\"",
          "date(\"2026-02-30\")",
          "1 / 0",
          "none",
          "UNIQUE",
          "FIRST",
          "string",
          "boolean",
          "duration(\"P1Y\")",
          "if true then 1 else 2");

  /** What came of so many files. */
  record Tried(int read, Set<String> told) {}

  static Tried tried(int files) throws IOException {
    Mutations mutations = new Mutations(Files.readAllBytes(TABLE), WORDS);
    Set<String> told = new TreeSet<>();
    int read = 0;
    for (int i = 0; i < files; i++) {
      Random random = new Random(19L * 1_000_003 + i);
      byte[] content = i % 3 == 0 ? mutations.next(random) : reworded(random);
      try {
        DecisionModel.read("broken.dmn", content);
        read++;
      } catch (InvalidModelException refused) {
        assertThat(refused.findings()).as("file " + i).isNotEmpty();
        told.add(kind(refused.findings().getFirst().toString()));
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw new AssertionError(
            "file " + i + ": " + new String(content, StandardCharsets.UTF_8), e);
      }
    }
    return new Tried(read, told);
  }

  /** The table with the text or an attribute of one to three elements in the place of another's. */
  private static byte[] reworded(Random random) throws IOException {
    String text = Files.readString(TABLE);
    for (int i = random.nextInt(3); i >= 0; i--) {
      Pattern said = random.nextInt(3) == 0 ? ATTRIBUTE : TEXT;
      List<MatchResult> all = said.matcher(text).results().toList();
      MatchResult one = all.get(random.nextInt(all.size()));
      String other =
          random.nextInt(4) == 0
              ? EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size()))
              : all.get(random.nextInt(all.size())).group(1);
      text = text.substring(0, one.start(1)) + other + text.substring(one.end(1));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A finding without its places and names. */
  private static String kind(String finding) {
    String text = finding.replaceAll("[^a-zA-Z ]", "");
    return text.substring(0, Math.min(40, text.length()));
  }

  @Test
  void eachIsReadOrToldWhyNot() throws IOException {
    Tried tried = tried(FILES);
    System.out.printf("dmn: %,d of %,d read; told: %s%n", tried.read(), FILES, tried.told());
    assertThat(tried.read()).isBetween(FILES / 50, FILES - FILES / 10);
    assertThat(tried.told()).hasSizeGreaterThan(5);
  }
}
