package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTests {
  private static final String PRIORITY = "guizhou/front-line-priority";

  @TempDir Path folder;

  private record Said(int code, String out, String err) {}

  private Said run(String... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", folder.resolve("data").toString(), "--language", "en"));
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code = CommandLine.run(all.toArray(String[]::new));
      return new Said(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private Said simulate(String... more) {
    List<String> words =
        new ArrayList<>(List.of("policy", "simulate", PRIORITY, "--as-of", "2026-06-30"));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @Test
  void printsEverybodyBeforeAndAfterAndSaysWhatToDoWhereItCannot() throws IOException {
    Path people = folder.resolve("people.csv");
    Files.writeString(people, "编号,姓名,性别,民族\n1,张三,男,汉族\n2,李四,女,苗族\n");
    assertThat(run("import", "roster", people.toString()).code()).isZero();

    Path out = folder.resolve("result.csv");
    Said said = simulate("--set", "required-front-line-months=20", "--out", out.toString());
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("Months on the front line that count: 24 → 20")
        .contains("0 of 2 would get another outcome")
        .contains("Hits per rule")
        .contains("Shares by group: Sex")
        .contains("fewer than 10")
        .contains("29 CFR 1607.4(D)");
    assertThat(Files.readAllLines(out)).hasSize(3);
    assertThat(Files.readAllLines(out).getFirst())
        .startsWith("key,name,outcome_before,rule_before,clause_before,outcome_after");

    Said unknown = simulate("--set", "months=20");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("There is no parameter \"months\"")
        .contains("required-front-line-months");
    assertThat(simulate("--set", "required-front-line-months=many").err())
        .contains("\"many\" is not a number");
    assertThat(simulate("--against", "2011-01-01").err()).contains("2012-01-01");
    assertThat(simulate("--against", folder.resolve("none.dmn").toString()).err())
        .contains("none.dmn");
    assertThat(run("policy", "simulate", PRIORITY, "--as-of", "2001-01-01").err())
        .contains("Choose another date");
    assertThat(simulate("--out", folder.resolve("result.doc").toString()).err())
        .contains(".parquet");
  }

  @Test
  void columnsLineUpForChineseToo() {
    StringWriter text = new StringWriter();
    try (PrintWriter print = new PrintWriter(text)) {
      TextTable.print(
          print,
          List.of(Arrays.asList("组别", "人数"), Arrays.asList("汉族", 1200L), Arrays.asList("不在册", 7L)));
    }

    assertThat(text.toString().lines())
        .containsExactly("  组别    人数", "  汉族   1,200", "  不在册     7");
  }
}
