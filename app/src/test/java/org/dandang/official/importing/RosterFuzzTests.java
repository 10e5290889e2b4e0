package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.procedure.Mutations;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Broken files of both kinds are read to their end or refused with a reason; nothing else comes of
 * them. {@code FuzzCoverageTests} asserts how much of the readers they reach.
 */
class RosterFuzzTests {
  private static final boolean LONG = Boolean.getBoolean("dandang.long");
  private static final String TABLE =
      """
      编号,姓名,性别,出生年月,任职单位,职务,任职时间,备注
      A1,曾志明,男,1975-03,测试镇,镇长,2020-01-01,"第一行
      第二行，有""引号""\"
      A2,单雄,男,1980-05-06,测试县,局长,2020-01-01,
      A3,欧阳,女,1985-07-08,市财政局,科长,2020-01-01,=1+1
      """;
  private static final List<String> TEXT =
      List.of(
          "\"",
          "\"\"",
          "\",",
          ",,,,",
          "\r",
          "\r\n\r\n",
          "\n\n\n",
          "\u0000",
          "\uFEFF",
          "\t",
          ";",
          "=",
          "#REF!",
          "\u2028",
          "长".repeat(300));
  private static final List<String> PARTS =
      List.of(
          "<!DOCTYPE a [<!ENTITY b \"c\">]>",
          "&b;",
          "&#0;",
          "<row r=\"1\">",
          "</row>",
          "<row r=\"99999999\"/>",
          "<c r=\"ZZZZ9\"><v>1</v></c>",
          "<c r=\"A1\" t=\"s\"><v>99999999</v></c>",
          "<c r=\"B2\" t=\"e\"><v>#REF!</v></c>",
          "<c r=\"B2\"><f>1+1</f></c>",
          "<c r=\"B2\" t=\"inlineStr\"><is><t>x</t></is></c>",
          "<c r=\"B2\" t=\"b\"><v>1</v></c>",
          "<c t=\"str\"><v>",
          " t=\"q\"",
          " s=\"77\"",
          " r=\"\"",
          "state=\"hidden\"",
          "<v>1E400</v>",
          "<v>1E999999999</v>",
          "<c r=\"A2\" t=\"s\"><v>4294967295</v></c>",
          "<c  t = 's' r=\"A2\"><v>9999<!-- -->9999</v></c>",
          "<c r=\"A2\" t=\"&#115;\"><v>99999999</v></c>",
          "<c r=\"A2\" t=\"s\"><v><![CDATA[99999999]]></v></c>",
          "<c q=\" r='A1' \" r = \"ZZZZZZ1\"/>",
          "<v>4e5</v>",
          "<v>-3</v>",
          "r:id=\"none\"",
          "Target=\"../../x\"",
          "xl/worksheets/none.xml",
          "sheetMain",
          "vbaProject",
          "formatCode=\"yyyy-mm-dd\"",
          "<si>",
          "</sst>",
          "<![CDATA[",
          "\u0000",
          "encoding=\"x\"");

  /** What came of so many files. */
  record Tried(int read, Set<String> told) {}

  static Tried csv(int files) throws IOException {
    Charset chinese = Charset.forName("GB18030");
    List<Mutations> kinds =
        List.of(
            new Mutations(TABLE.getBytes(StandardCharsets.UTF_8), TEXT),
            new Mutations(TABLE.getBytes(chinese), TEXT),
            new Mutations(TABLE.getBytes(StandardCharsets.UTF_16), TEXT),
            new Mutations(TABLE.replace(',', ';').getBytes(StandardCharsets.UTF_8), TEXT),
            new Mutations(TABLE.replace(',', '\t').getBytes(StandardCharsets.UTF_8), TEXT));
    Set<String> told = new TreeSet<>();
    int read = 0;
    for (int i = 0; i < files; i++) {
      Random random = new Random(13L * 1_000_003 + i);
      byte[] content = kinds.get(random.nextInt(kinds.size())).next(random);
      boolean zipped = i % 5 == 4;
      if (zipped) {
        content = zipped(content);
        if (random.nextBoolean()) {
          content = new Mutations(content, TEXT).next(random);
        }
      }
      read += isRead(i, "roster.csv" + (zipped ? ".gz" : ""), content, told) ? 1 : 0;
    }
    return new Tried(read, told);
  }

  static Tried xlsx(int files) throws IOException {
    Map<String, byte[]> whole = parts(workbook());
    List<String> names = List.copyOf(whole.keySet());
    Set<String> told = new TreeSet<>();
    int read = 0;
    for (int i = 0; i < files; i++) {
      Random random = new Random(17L * 1_000_003 + i);
      Map<String, byte[]> changed = new LinkedHashMap<>(whole);
      String name =
          random.nextInt(3) == 0
              ? names.get(random.nextInt(names.size()))
              : "xl/worksheets/sheet" + (1 + random.nextInt(2)) + ".xml";
      switch (random.nextInt(12)) {
        case 0 -> changed.remove(name);
        case 1 -> changed.put("xl/vbaProject.bin", new byte[] {1});
        default -> changed.put(name, new Mutations(changed.get(name), PARTS).next(random));
      }
      byte[] content = joined(changed);
      if (i % 6 == 5) {
        content = new Mutations(content, TEXT).next(random);
      }
      read += isRead(i, "roster.xlsx", content, told) ? 1 : 0;
    }
    return new Tried(read, told);
  }

  /** Whether a file is read to its end; else why not is told. */
  private static boolean isRead(int number, String name, byte[] content, Set<String> told)
      throws IOException {
    FileReading reading =
        new FileReading(new FileReading.Limits(8L << 20, 200, 1L << 20, 4L << 20));
    ImportFile file = ImportFile.of(name, () -> new ByteArrayInputStream(content));
    int rows = 0;
    try (Inspected inspected = reading.inspect(file, Progress.unwatched());
        Rows each = reading.rows(inspected, null)) {
      while (each.next()) {
        rows++;
        assertThat(each.width()).isLessThanOrEqualTo(each.cells().length);
        for (int i = 0; i < each.width(); i++) {
          assertThat(each.cells()[i]).isNotNull();
          String wrong = each.wrong(i);
          if (wrong != null) {
            told.add(wrong);
          }
        }
      }
      return rows > 0;
    } catch (ImportProblem problem) {
      told.add(problem.reason());
    } catch (IOException e) {
      // As the import tells it.
      told.add(FileReading.isEncoding(e) ? "encoding" : "unreadable");
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("file " + number, e);
    }
    return false;
  }

  private static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(content);
    }
    return out.toByteArray();
  }

  private static byte[] workbook() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(out, "test", "1.0")) {
      for (String name : List.of("人员", "其他")) {
        Worksheet sheet = workbook.newWorksheet(name);
        List<String> lines = new ArrayList<>(TABLE.lines().toList());
        for (int row = 0; row < lines.size(); row++) {
          String[] cells = lines.get(row).split(",", -1);
          for (int column = 0; column < cells.length; column++) {
            sheet.value(row, column, cells[column]);
          }
        }
        sheet.value(2, 8, 42_000);
        sheet.style(2, 8).format("yyyy-mm-dd").set();
        sheet.value(3, 8, 42_000.5);
        sheet.style(3, 8).format("yyyy\\-mm").set();
        sheet.value(4, 8, 3.0E15);
        sheet.value(5, 8, true);
        sheet.formula(5, 9, "1+1");
        sheet.finish();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> parts(byte[] zip) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    Path file = Files.createTempFile("fuzz", ".xlsx");
    Files.write(file, zip);
    try (ZipFile in = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        parts.put(entry.getName(), in.getInputStream(entry).readAllBytes());
      }
    } finally {
      Files.delete(file);
    }
    return parts;
  }

  private static byte[] joined(Map<String, byte[]> parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(1);
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  /** A workbook whose first cell is written so. */
  private static byte[] withFirst(String cell) throws IOException {
    Map<String, byte[]> parts = parts(workbook());
    String name = "xl/worksheets/sheet1.xml";
    String sheet = new String(parts.get(name), StandardCharsets.UTF_8);
    String first = "<c r=\"A1\" t=\"s\"><v>0</v></c>";
    assertThat(sheet).contains(first);
    parts.put(name, sheet.replace(first, cell).getBytes(StandardCharsets.UTF_8));
    return joined(parts);
  }

  /**
   * What would have the reader fill the memory is refused before it reads it, however it is
   * written.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<c r=\"A1\" t=\"s\"><v>4294967295</v></c>",
        "<c r=\"A1\" t=\"s\"><v>1000</v></c>",
        "<c  t = 's' r=\"A1\"><v>9999<!-- -->9999</v></c>",
        "<c r=\"A1\" t=\"&#115;\"><v>99999999</v></c>",
        "<c r=\"A1\" t=\"s\"><v><![CDATA[99999999]]></v></c>",
        "<c r=\"A1\" t=\"s\"><v>&#57;9999999</v></c>",
        "<c q=\" r='A1' \" r = \"ZZZZZZ1\"/>"
      })
  void aCellThatWouldFillTheMemoryIsRefused(String cell) throws IOException {
    Set<String> told = new TreeSet<>();
    assertThat(isRead(0, "roster.xlsx", withFirst(cell), told)).isFalse();
    assertThat(told).hasSize(1).isSubsetOf("workbook-damaged-at", "workbook-too-wide");
  }

  @Test
  void aNumberOfManyZerosStaysAsItIsWritten() throws IOException {
    Set<String> told = new TreeSet<>();
    assertThat(isRead(0, "roster.xlsx", withFirst("<c r=\"A1\"><v>1E999999999</v></c>"), told))
        .isTrue();
  }

  @Test
  void everyTableOfTextIsReadOrRefusedWithAReason() throws IOException {
    int files = LONG ? 100_000 : 2_000;
    Tried tried = csv(files);
    System.out.printf("csv: %,d of %,d read; told: %s%n", tried.read(), files, tried.told());
    assertThat(tried.read()).isBetween(files / 4, files - files / 20);
    assertThat(tried.told()).hasSizeGreaterThan(5).contains("not-text", "cut-off");
  }

  @Test
  void everyWorkbookIsReadOrRefusedWithAReason() throws IOException {
    int files = LONG ? 100_000 : 700;
    Tried tried = xlsx(files);
    System.out.printf("xlsx: %,d of %,d read; told: %s%n", tried.read(), files, tried.told());
    assertThat(tried.read()).isBetween(files / 10, files - files / 20);
    assertThat(tried.told())
        .hasSizeGreaterThan(5)
        .contains("workbook-damaged-at", "formula-uncomputed");
  }
}
