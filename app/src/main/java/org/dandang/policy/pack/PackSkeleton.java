package org.dandang.policy.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Fact;

/**
 * A new pack to write on from: one number against one parameter, in three languages, with a case
 * for each row. It passes its check as it is.
 */
public final class PackSkeleton {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*/[a-z][a-z0-9-]*");

  private final String id;
  private final Fact fact;
  private final LocalDate from;

  /**
   * @param id place and practice
   * @param fact the number the first table looks at
   * @param from the day it comes into force
   * @throws PolicyProblem when the id has another form or the fact is not a number
   */
  public PackSkeleton(String id, Fact fact, LocalDate from) {
    if (!ID.matcher(id).matches()) {
      throw new PolicyProblem("pack-id-form", id);
    }
    switch (fact.type().kind()) {
      case INTEGER, DECIMAL -> {}
      default -> throw new PolicyProblem("fact-not-a-number", fact.id(), fact.type().word());
    }
    this.id = id;
    this.fact = fact;
    this.from = from;
  }

  /**
   * Writes the folder.
   *
   * @return the files written, by their place in the packs folder
   * @throws PolicyProblem when the folder is there already
   */
  public Map<String, Path> write(Path packs) throws IOException {
    Path folder = packs.resolve(id);
    if (Files.exists(folder)) {
      throw new PolicyProblem("pack-exists", id);
    }
    Map<String, Path> written = new LinkedHashMap<>();
    Path partial = packs.resolve(id + ".new");
    Files.createDirectories(partial);
    for (Map.Entry<String, String> file : files().entrySet()) {
      Files.writeString(
          partial.resolve(file.getKey()), filled(file.getValue()), StandardCharsets.UTF_8);
      written.put(id + "/" + file.getKey(), folder.resolve(file.getKey()));
    }
    Files.move(partial, folder);
    return written;
  }

  private String filled(String text) {
    return text.replace("{id}", id)
        .replace("{place}", id.substring(0, id.indexOf('/')))
        .replace("{name}", id.substring(id.indexOf('/') + 1))
        .replace("{from}", from.toString())
        .replace("{later}", from.plusYears(1).toString())
        .replace("{subject}", fact.subject())
        .replace("{fact}", fact.id())
        .replace("{unit}", fact.unit() == null ? "number" : fact.unit())
        .replace("{fact-zh-CN}", fact.title().in(java.util.Locale.forLanguageTag("zh-CN")))
        .replace("{fact-zh-Hant}", fact.title().in(java.util.Locale.forLanguageTag("zh-Hant")))
        .replace("{fact-en}", fact.title().in(java.util.Locale.ENGLISH));
  }

  private Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    boolean missing = fact.column().nullable();
    files.put(
        "pack.yaml",
        """
        id: {id}
        practices: []
        title:
          zh-CN: 新制度（请改名）
          zh-Hant: 新制度（請改名）
          en: A new policy (give it its name)
        place: {place}
        in-force: {from: {from}}
        subject: {subject}
        decision: {name}
        facts: [{fact}]
        figures: []
        outcomes:
          met: met
          not-met: not-met
        """
            + (missing ? "  person-decides: person-decides\n" : ""));
    files.put(
        "clauses.md",
        """
        # 请在此写明所依据的文件

        ## 1
        请写明第一条的原文：{fact-zh-CN}达到规定数额的，视为符合。
        > zh-Hant: 請寫明第一條的原文：{fact-zh-Hant}達到規定數額的，視為符合。
        > en: Write the text of the first clause here: whoever reaches the figure set for “{fact-en}” meets it.
        """);
    files.put(
        "parameters.yaml",
        """
        required:
          title: {zh-CN: 规定数额, zh-Hant: 規定數額, en: Figure required}
          unit: {unit}
          values:
            - {from: {from}, clause: "1", value: 12}
        """);
    files.put(
        "{name}.{from}.dmn"
            .replace("{name}", id.substring(id.indexOf('/') + 1))
            .replace("{from}", from.toString()),
        table(missing));
    files.put(
        "messages.zh-CN.properties",
        words("符合", "不符合", "由组织研究决定", "达到规定数额", "未达到规定数额", "数额不明", missing));
    files.put(
        "messages.zh-Hant.properties",
        words("符合", "不符合", "由組織研究決定", "達到規定數額", "未達到規定數額", "數額不明", missing));
    files.put(
        "messages.en.properties",
        words(
            "Met",
            "Not met",
            "A person decides",
            "The figure is reached",
            "The figure is not reached",
            "The figure is not known",
            missing));
    files.put(
        "cases.yaml",
        """
        - name: One who reaches the figure meets the policy
          as-of: {later}
          given: {{fact}: 12}
          expect: {outcome: met, rule: reached}
        - name: One who does not reach the figure does not meet it
          as-of: {later}
          given: {{fact}: 11}
          expect: {outcome: not-met, rule: not-reached}
        """
            + (missing
                ? """
                - name: People decide where the number is not on record
                  as-of: {later}
                  given: {}
                  expect: {outcome: person-decides, rule: not-known}
                """
                : ""));
    files.put(
        "measures.yaml",
        """
        meeting-it:
          title: {zh-CN: 符合的数量, zh-Hant: 符合的數量, en: How many meet it}
          unit: number
          outcomes: [met]
        """);
    return files;
  }

  private static String words(
      String met,
      String notMet,
      String decides,
      String reached,
      String not,
      String unknown,
      boolean missing) {
    return "outcome.met=%s\noutcome.not-met=%s\nrule.reached=%s\nrule.not-reached=%s\n"
            .formatted(met, notMet, reached, not)
        + (missing
            ? "outcome.person-decides=%s\nrule.not-known=%s\n".formatted(decides, unknown)
            : "");
  }

  private static String table(boolean missing) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="{name}-model" name="{name}" namespace="https://dandang.org/packs/{name}">
          <inputData id="input-fact" name="{fact}">
            <variable name="{fact}" typeRef="number"/>
          </inputData>
          <inputData id="input-required" name="required">
            <variable name="required" typeRef="number"/>
          </inputData>
          <decision id="{name}" name="{name}">
            <variable name="{name}" typeRef="string"/>
            <informationRequirement id="needs-fact"><requiredInput href="#input-fact"/></informationRequirement>
            <informationRequirement id="needs-required"><requiredInput href="#input-required"/></informationRequirement>
            <decisionTable id="{name}-table" hitPolicy="UNIQUE" outputLabel="outcome">
              <input id="column-1" label="{fact-en}"><inputExpression typeRef="number"><text>{fact}</text></inputExpression></input>
              <output id="outcome" name="outcome" typeRef="string"><outputValues><text>"met", "not-met"%s</text></outputValues></output>
              <annotation name="clause"/>
        %s      <rule id="reached">
                <inputEntry id="reached-1"><text>&gt;= required</text></inputEntry>
                <outputEntry id="reached-outcome"><text>"met"</text></outputEntry>
                <annotationEntry><text>1</text></annotationEntry>
              </rule>
              <rule id="not-reached">
                <inputEntry id="not-reached-1"><text>&lt; required</text></inputEntry>
                <outputEntry id="not-reached-outcome"><text>"not-met"</text></outputEntry>
                <annotationEntry><text>1</text></annotationEntry>
              </rule>
            </decisionTable>
          </decision>
        </definitions>
        """
        .formatted(
            missing ? ", \"person-decides\"" : "",
            missing
                ? """
                      <rule id="not-known">
                        <inputEntry id="not-known-1"><text>null</text></inputEntry>
                        <outputEntry id="not-known-outcome"><text>"person-decides"</text></outputEntry>
                        <annotationEntry><text>1</text></annotationEntry>
                      </rule>
                """
                : "");
  }
}
