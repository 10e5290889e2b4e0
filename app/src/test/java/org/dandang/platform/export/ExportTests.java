package org.dandang.platform.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A file that was found tells who took it, and nobody can make one tell of somebody else. */
@DandangTest
class ExportTests {
  @TempDir Path folder;
  @Autowired Exports exports;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void openAccounts() {
    for (String name : List.of("wang", "zhao")) {
      if (!accounts.exists(name)) {
        accounts.create(name, name + "同志", "a long password", Role.PERSONNEL_OFFICER, null, "test");
      }
    }
  }

  @Test
  void aFileAsItWasSentIsKnownByItsHashAlone() throws IOException {
    Mark mark = begin("wang", "csv");
    Path file = folder.resolve("a.csv");
    try (OutputStream out = exports.recorded(mark, Files.newOutputStream(file))) {
      out.write("无标记".getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
    assertThat(exports.whose(file))
        .singleElement()
        .satisfies(
            taken -> {
              assertThat(taken.id()).isEqualTo(mark.id());
              assertThat(taken.signInName()).isEqualTo("wang");
              assertThat(taken.shownName()).isEqualTo("wang同志");
              assertThat(taken.count()).isEqualTo(7);
              assertThat(taken.asSent()).isTrue();
            });
    Files.writeString(file, "无标记了\n");
    assertThat(exports.whose(file)).isEmpty();
  }

  @Test
  void aWorkbookShowsWhoTookItAndTellsEvenWhenChanged() throws IOException {
    Mark mark = begin("wang", "xlsx");
    Path file = folder.resolve("a.xlsx");
    try (OutputStream out = exports.recorded(mark, Files.newOutputStream(file));
        Workbook workbook = new Workbook(out, "Dandang", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("人员");
      mark.footer(sheet);
      sheet.value(0, 0, "姓名");
      sheet.finish();
      mark.on(workbook);
    }
    try (ReadableWorkbook book = new ReadableWorkbook(file.toFile())) {
      assertThat(
              book.getSheets().reduce((a, b) -> b).orElseThrow().read().getFirst().getCellText(0))
          .contains("wang同志", mark.id().toString().substring(0, 8));
    }
    assertThat(exports.whose(file)).singleElement().matches(Taken::asSent);
    Path changed = without(file, "xl/worksheets/sheet2.xml");
    assertThat(exports.whose(changed))
        .singleElement()
        .matches(taken -> taken.id().equals(mark.id()) && !taken.asSent());
  }

  @Test
  void aCsvTellsByItsQuotationMarksAloneAndReadsTheSame() throws IOException {
    Mark mark = begin("zhao", "csv");
    List<List<String>> rows = rows(60);
    Path marked = written(mark, rows);
    Path plain = written(null, rows);
    List<String> unquoted = Files.readString(plain).replace("\"", "").lines().toList();
    assertThat(Files.readAllLines(marked).stream().map(line -> line.replace("\"", "")).toList())
        .as("the same but for a last column, which only a heading stands above")
        .isEqualTo(
            IntStream.range(0, 60)
                .mapToObj(i -> unquoted.get(i) + "," + (i == 0 ? mark.line() : ""))
                .toList());
    assertThat(exports.whose(marked))
        .singleElement()
        .matches(taken -> taken.signInName().equals("zhao") && !taken.asSent());
    assertThat(exports.whose(plain)).as("control: without the mark").isEmpty();

    // A part of it, and one with a row struck out in the middle, still tell.
    List<String> lines = Files.readAllLines(marked);
    Path part = folder.resolve("part.csv");
    Files.write(part, lines.subList(20, 60));
    assertThat(exports.whose(part)).hasSize(1);
    List<String> struck = new ArrayList<>(lines);
    struck.remove(5);
    Files.write(part, struck);
    assertThat(exports.whose(part)).hasSize(1);
  }

  @Test
  void aZipOfFormsTellsFromWithin() throws IOException {
    Mark mark = begin("wang", "lrmx");
    Path file = folder.resolve("forms.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("甲.lrmx"));
      zip.write(("<Person/>\r\n" + mark.comment()).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(exports.whose(file)).singleElement().matches(taken -> taken.id().equals(mark.id()));
    Path single = folder.resolve("甲.lrmx");
    Files.writeString(single, "<Person/>\r\n" + mark.comment());
    assertThat(exports.whose(single)).hasSize(1);
  }

  @Test
  void aTokenThatWasInventedOrChangedTellsNothing() throws IOException {
    String token = begin("wang", "csv").token();
    String[] parts = token.split("\\.");
    Path file = folder.resolve("a.txt");
    for (String invented :
        List.of(
            parts[0]
                + "."
                + parts[1].substring(0, 30)
                + "AAAA"
                + parts[1].substring(34)
                + "."
                + parts[2],
            parts[0] + "." + parts[1] + "." + "A".repeat(22),
            "dx1." + "A".repeat(60) + "." + "A".repeat(22))) {
      Files.writeString(file, invented);
      assertThat(exports.whose(file)).as(invented).isEmpty();
    }
    Files.writeString(file, token);
    assertThat(exports.whose(file)).hasSize(1);
  }

  @Test
  void aMarkTellsEvenWhenTheRegisterHasForgotten() throws IOException {
    Mark mark = begin("wang", "csv");
    jdbc.sql("delete from platform.export where id = ?").param(mark.id()).update();
    Path file = folder.resolve("a.txt");
    Files.writeString(file, mark.token());
    assertThat(exports.whose(file))
        .singleElement()
        .matches(taken -> taken.signInName().equals("wang") && taken.shownName() == null);
  }

  @Test
  void anyFileIsReadWithoutHarm() throws IOException {
    Path file = folder.resolve("a.bin");
    for (byte[] content :
        new byte[][] {
          {},
          {'P', 'K', 3, 4},
          {'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 9, 9},
          {'"'},
          {(byte) 0xff, (byte) 0xfe}
        }) {
      Files.write(file, content);
      assertThat(exports.whose(file)).isEmpty();
    }
  }

  private Mark begin(String who, String form) {
    return exports.begin(who, "officials-exported", form, 7, Locale.SIMPLIFIED_CHINESE);
  }

  /** Whoever opens it sees the line; whoever reads its columns by heading or place sees no more. */
  @Test
  void aCsvFileSaysVisiblyWhoTookItInAHeadingOfItsOwn() throws IOException {
    Mark mark = begin("wang", "csv");
    List<String> lines = Files.readAllLines(written(mark, rows(3)));
    assertThat(lines.getFirst().replace("\"", "")).endsWith("," + mark.line());
    assertThat(mark.line()).contains("wang").contains(mark.number());
    assertThat(lines).hasSize(3);
    assertThat(lines.subList(1, 3))
        .allMatch(line -> line.endsWith(","))
        .noneMatch(line -> line.contains("wang"));
    assertThat(Files.readString(written(null, rows(3)))).doesNotContain("wang");
  }

  private static List<List<String>> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                List.of(
                    "P" + i, "张三", i % 3 == 0 ? "" : "科员", "a, b", "=1+1", "-" + i, "男", "1980-01"))
        .toList();
  }

  private Path written(@Nullable Mark mark, List<List<String>> rows) throws IOException {
    Path file = folder.resolve(mark == null ? "plain.csv" : "marked.csv");
    try (MarkedCsv csv =
        new MarkedCsv(new BufferedOutputStream(Files.newOutputStream(file)), mark)) {
      for (List<String> row : rows) {
        csv.row(row);
      }
    }
    return file;
  }

  /** A copy with one part of it emptied. */
  private Path without(Path file, String part) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (ZipFile in = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(copy)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (!entry.getName().equals(part)) {
          in.getInputStream(entry).transferTo(out);
        }
      }
    }
    return Files.write(folder.resolve("changed.xlsx"), copy.toByteArray());
  }
}
