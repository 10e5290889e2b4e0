package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files that cannot be taken: one clear sentence each, nothing stored. */
@DandangTest
class FileReadingTests {
  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired JdbcClient jdbc;
  @Autowired MessageSource messages;
  Rosters rosters;

  @BeforeEach
  void empty() {
    rosters = new Rosters(imports, mappings, jdbc);
    rosters.empty();
  }

  private void refused(String reason, ImportFile file, String... named) {
    long entries = rosters.count("platform.ledger_entry");
    assertThatThrownBy(() -> rosters.take("standard/officials", file))
        .as(reason)
        .isInstanceOfSatisfying(
            ImportProblem.class,
            problem -> {
              assertThat(problem.reason()).isEqualTo(reason);
              for (String language : List.of("zh-CN", "zh-Hant", "en")) {
                String sentence = problem.in(Locale.forLanguageTag(language), messages);
                assertThat(sentence).startsWith(file.name()).doesNotContain("{");
                for (String word : named) {
                  assertThat(sentence).contains(word);
                }
              }
            });
    assertThat(rosters.count("official.official")).isZero();
    assertThat(rosters.count("official.import")).isZero();
    assertThat(rosters.count("platform.ledger_entry")).isEqualTo(entries);
  }

  @Test
  void refusesAMissingFile() {
    refused("missing", ImportFile.at(Path.of("no-such-roster.csv")));
  }

  @Test
  void refusesAnEmptyFileAHeaderWithoutRowsAndBlankLines() throws IOException {
    refused("empty", Rosters.csv("a.csv", ""));
    refused("empty", Rosters.csv("a.csv", "\n\n , ,\n"));
    refused("empty", Rosters.bytes("a.csv.gz", Rosters.gzip(new byte[0])));
    refused("no-rows", Rosters.csv("a.csv", "编号,姓名\n"));
    refused("no-rows", Rosters.csv("a.csv", "编号,姓名\n,\n\n"));
    refused("no-rows", Rosters.bytes("a.xlsx", Rosters.xlsx("编号,姓名")));
  }

  @Test
  void refusesContentThatIsNotWhatTheNameSays() throws IOException {
    byte[] text = Rosters.OFFICIALS.getBytes(StandardCharsets.UTF_8);
    refused("not-a-workbook", Rosters.bytes("a.xlsx", text));
    refused("not-gzip", Rosters.bytes("a.csv.gz", text));
    refused("not-text", Rosters.bytes("a.csv", Rosters.gzip(text)));
    refused("not-text", Rosters.bytes("a.csv", Rosters.xlsx(Rosters.OFFICIALS)));
    refused("not-text", Rosters.bytes("a.csv.gz", Rosters.gzip(new byte[5_000])));
    refused("unknown-kind", Rosters.bytes("a.doc", text));
    refused(
        "old-workbook",
        Rosters.bytes("a.xls", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 1, 2}));
    refused("not-a-workbook", Rosters.bytes("a.xlsx", zip("word/document.xml", new byte[100])));
  }

  @Test
  void refusesFilesThatAreCutOffOrDamaged() throws IOException {
    StringBuilder many = new StringBuilder(Rosters.OFFICIALS);
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      many.append(100 + i)
          .append(",张")
          .append((char) ('一' + random.nextInt(5_000)))
          .append(",男,,,,,\n");
    }
    byte[] gzip = Rosters.gzip(many.toString().getBytes(StandardCharsets.UTF_8));
    refused("cut-off", Rosters.bytes("a.csv.gz", Arrays.copyOf(gzip, gzip.length / 2)));
    byte[] damaged = gzip.clone();
    damaged[damaged.length - 6] ^= 0x55;
    refused("gzip-damaged", Rosters.bytes("a.csv.gz", damaged));
    byte[] workbook = Rosters.xlsx(many.toString());
    refused(
        "workbook-damaged", Rosters.bytes("a.xlsx", Arrays.copyOf(workbook, workbook.length / 2)));
    byte[] flipped = workbook.clone();
    flipped[flipped.length / 2] ^= 0x55;
    refused("workbook-damaged", Rosters.bytes("a.xlsx", flipped));
  }

  @Test
  void refusesWhatInflatesTooFar() throws IOException {
    FileReading small = new FileReading(new FileReading.Limits(1 << 20, 20, 1 << 18, 1 << 16));
    byte[] zeros = new byte[1 << 19];
    Arrays.fill(zeros, (byte) ' ');
    byte[] random = new byte[1 << 21];
    new Random(1).nextBytes(random);
    for (ImportFile bomb :
        List.of(
            Rosters.bytes("a.csv.gz", Rosters.gzip(zeros)),
            Rosters.bytes("a.csv.gz", Rosters.gzip(random)),
            Rosters.bytes("a.xlsx", zip("xl/worksheets/sheet1.xml", zeros)))) {
      assertThatThrownBy(() -> small.inspect(bomb, Progress.unwatched()))
          .isInstanceOfSatisfying(
              ImportProblem.class, e -> assertThat(e.reason()).isEqualTo("inflates-too-far"));
    }
    byte[] letters = new byte[1 << 17];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) ('a' + (random[i] & 15));
    }
    assertThatThrownBy(
            () ->
                small.inspect(
                    Rosters.bytes("a.xlsx", zip("xl/sharedStrings.xml", letters)),
                    Progress.unwatched()))
        .isInstanceOfSatisfying(
            ImportProblem.class, e -> assertThat(e.reason()).isEqualTo("workbook-too-large"));
  }

  @Test
  void refusesTextThatIsNeitherUtf8NorGbkNamingTheLine() {
    refused(
        "encoding",
        Rosters.bytes("a.csv", Rosters.in("ISO-8859-1", "编号,姓名\n1,Ann\n2,M\u00fcller\n")),
        "3");
    refused(
        "encoding",
        Rosters.bytes("a.csv", new byte[] {'a', ',', 'b', '\n', (byte) 0xff, 'x'}),
        "2");
  }

  @Test
  void refusesMissingAndDoubledColumnsNamingThem() throws IOException {
    refused("columns-missing", Rosters.csv("a.csv", "编号,性别\n1,男\n"), "姓名", "1");
    refused("columns-missing", Rosters.bytes("a.xlsx", Rosters.xlsx("性别\n男")), "编号", "姓名");
    refused("column-twice", Rosters.csv("a.csv", "编号,姓名,姓 名\n1,张三,李四\n"), "姓名");
  }

  @Test
  void refusesAQuotationMarkThatIsNeverClosed() {
    StringBuilder many = new StringBuilder("编号,姓名\n1,\"张三\n");
    for (int i = 2; i < 10_000; i++) {
      many.append(i).append(",李四\n");
    }
    refused("cell-too-long", Rosters.csv("a.csv", many.toString()), "2");
  }

  @Test
  void tellsUtf8FromOtherBytesWhereverTheBufferEnds() {
    String text = "aé汉𠀀\n".repeat(50);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      byte[] sample = bytes.clone();
      if (round % 2 == 1) {
        sample[random.nextInt(sample.length)] = (byte) random.nextInt(256);
      }
      Utf8Check check = new Utf8Check();
      for (int at = 0; at < sample.length; ) {
        int length = Math.min(1 + random.nextInt(9), sample.length - at);
        check.take(Arrays.copyOfRange(sample, at, at + length), length);
        at += length;
      }
      assertThat(check.wrongLine() < 0).isEqualTo(isUtf8(sample));
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
      return true;
    } catch (java.nio.charset.CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
    return out.toByteArray();
  }
}
