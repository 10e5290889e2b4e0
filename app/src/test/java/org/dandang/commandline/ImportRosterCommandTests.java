package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportRosterCommandTests {
  @TempDir Path folder;

  private record Said(int code, String out, String err) {}

  private Said run(String... words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    List<String> all = new ArrayList<>(List.of("import", "roster"));
    all.addAll(List.of(words));
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

  @Test
  void printsWhatBecameOfEachFileAndGoesOnAfterOneThatCannotBeRead() throws IOException {
    Path people = folder.resolve("people.csv");
    Files.writeString(people, "编号,姓名,性别\n1,张三,男\n2,李四,?\n");
    Path refused = folder.resolve("refused.xlsx");

    Said tried = run(people.toString(), "--dry-run", "--errors", refused.toString());
    assertThat(tried.code()).isZero();
    assertThat(tried.out())
        .contains("people.csv: mapping standard/officials (Officials)")
        .contains(
            "dry run, nothing was stored; 2 rows read = 1 would be stored + 0 unchanged + 1 refused");
    assertThat(refused).exists();
    run(people.toString(), "--dry-run", "--errors", folder.toString());
    assertThat(folder.resolve("people-refused.xlsx")).exists();

    Said taken =
        run(
            folder.resolve("missing.csv").toString(),
            people.toString(),
            "--mapping",
            "standard/officials",
            "--errors",
            refused.toString());
    assertThat(taken.code()).isEqualTo(1);
    assertThat(taken.err()).contains("missing.csv: there is no such file");
    assertThat(taken.err()).contains("people.csv  Reading and checking  2 / 2  100 %");
    assertThat(taken.out())
        .contains("people.csv: 2 rows read = 1 stored + 0 unchanged + 1 refused")
        .contains("1 refused: not one of the known words")
        .contains("refused-people.xlsx");
    assertThat(folder.resolve("refused-people.xlsx")).exists();
  }
}
