package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program with 512 MB of memory and files that would hurt it: each is refused with a
 * sentence that names it and the place, and the file after them is taken as if they had not been.
 */
class HostileFilesTests {
  private static final String ROSTER = "编号,姓名,性别\n1,曾武,男\n2,李梅,女\n3,王建国,男\n4,张小燕,女\n";

  @TempDir Path place;

  private record Ran(int code, String said) {}

  private Ran run(List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dsun.jnu.encoding=UTF-8"));
    String home = System.getProperty("dandang.home");
    if (home != null) {
      command.add("-Ddandang.home=" + home);
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), CommandLine.class.getName()));
    command.addAll(arguments);
    Path words = Files.createTempFile(place, "said", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(Files.createDirectories(place.resolve("work")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(words.toFile())
            .start();
    try {
      return new Ran(process.waitFor(), Files.readString(words, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Every file is refused with its words, and a good one after them is stored as the first. */
  private String refused(Map<String, String> wordsByFile, String... taken) throws Exception {
    Files.writeString(place.resolve("good.csv"), ROSTER);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "import",
                "roster",
                "--mapping",
                "standard/officials",
                "--language",
                "en",
                "--data",
                place.resolve("data").toString()));
    wordsByFile.keySet().forEach(file -> arguments.add(place.resolve(file).toString()));
    for (String file : taken) {
      arguments.add(place.resolve(file).toString());
    }
    arguments.add(place.resolve("good.csv").toString());
    Ran ran = run(arguments);
    assertThat(ran.code()).as(ran.said()).isEqualTo(1);
    List<String> lines = ran.said().lines().toList();
    wordsByFile.forEach(
        (file, words) ->
            assertThat(lines)
                .as(ran.said())
                .anySatisfy(line -> assertThat(line).startsWith(file).contains(words)));
    assertThat(lines)
        .as(ran.said())
        .contains("good.csv: 4 rows read = 4 stored + 0 unchanged + 0 refused");
    assertThat(ran.said()).doesNotContain("OutOfMemory").doesNotContain("Exception");
    return ran.said();
  }

  private String forms(Map<String, String> wordsByFile, String... taken) throws Exception {
    Files.writeString(
        place.resolve("good.lrmx"), "<Person><XingMing>李梅</XingMing><XingBie>女</XingBie></Person>");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "import", "lrmx", "--language", "en", "--data", place.resolve("data").toString()));
    wordsByFile.keySet().forEach(file -> arguments.add(place.resolve(file).toString()));
    for (String file : taken) {
      arguments.add(place.resolve(file).toString());
    }
    arguments.add(place.resolve("good.lrmx").toString());
    Ran ran = run(arguments);
    assertThat(ran.code()).as(ran.said()).isEqualTo(1);
    wordsByFile.forEach(
        (file, words) ->
            assertThat(ran.said().lines().toList())
                .as(ran.said())
                .anySatisfy(line -> assertThat(line).contains(words)));
    assertThat(ran.said())
        .contains("good.lrmx: 1 forms read = 1 stored + 0 unchanged + 0 refused; 1 new people")
        .doesNotContain("OutOfMemory")
        .doesNotContain("Exception");
    return ran.said();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(place.resolve(name), content);
  }

  @Test
  void rostersThatWouldHurtAreRefusedByNameAndPlace() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    byte[] good = HostileFiles.workbook(HostileFiles.HEADER + HostileFiles.GOOD, Map.of());
    write("macros.xlsm", good);
    expected.put("macros.xlsm", "macros");
    write(
        "hidden-macros.xlsx",
        HostileFiles.workbook(
            HostileFiles.HEADER + HostileFiles.GOOD,
            Map.of("xl/vbaProject.bin", new byte[] {1, 2, 3})));
    expected.put("hidden-macros.xlsx", "xl/vbaProject.bin");
    write(
        "doctype.xlsx",
        HostileFiles.workbook(
            "<!DOCTYPE worksheet [<!ENTITY a \"aaaa\">]>",
            HostileFiles.HEADER + HostileFiles.GOOD,
            Map.of()));
    expected.put("doctype.xlsx", "xl/worksheets/sheet1.xml");
    write(
        "far-away.xlsx",
        HostileFiles.workbook(
            HostileFiles.HEADER + "<row r=\"2\"><c r=\"ZZZZZZ2\"><v>7</v></c></row>", Map.of()));
    expected.put("far-away.xlsx", "row 2");
    write(
        "one-cell.xlsx",
        HostileFiles.workbook(
            HostileFiles.HEADER
                + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>"
                + "一二三四五六七八".repeat(20_000)
                + "</t></is></c></row>",
            Map.of()));
    expected.put("one-cell.xlsx", "cell A2");
    HostileFiles.workbookWith(place.resolve("bomb.xlsx"), "xl/worksheets/sheet1.xml", 80, true);
    expected.put("bomb.xlsx", "inflates beyond");
    HostileFiles.workbookWith(place.resolve("other-bomb.xlsx"), "docProps/thumbnail.bin", 80, true);
    expected.put("other-bomb.xlsx", "inflates beyond");
    write("cut.xlsx", Arrays.copyOf(good, good.length / 2));
    expected.put("cut.xlsx", "damaged or cut off");
    write(
        "cut.csv",
        Arrays.copyOf(HostileFiles.bytes(ROSTER), HostileFiles.bytes(ROSTER).length - 3));
    expected.put("cut.csv", "line 5");
    write("gbk-for-utf8.csv", HostileFiles.misread(ROSTER.repeat(3), true));
    expected.put("gbk-for-utf8.csv", "line 1 is garbled");
    write(
        "names-misread.csv",
        HostileFiles.bytes(
            "number,name\n1,"
                + new String(HostileFiles.misread("曾武", true), StandardCharsets.UTF_8)
                + "\n2,"
                + new String(HostileFiles.misread("李梅", true), StandardCharsets.UTF_8)
                + "\n"));
    expected.put("names-misread.csv", "line 2 is garbled");
    // Formulas are taken by their values, and refused where they have none.
    write(
        "formulas.xlsx",
        HostileFiles.workbook(
            HostileFiles.HEADER
                + "<row r=\"2\"><c r=\"A2\"><f>3+4</f><v>7</v></c><c r=\"B2\" t=\"str\"><f>\"曾\"&amp;\"武\"</f><v>曾武</v></c></row>"
                + "<row r=\"3\"><c r=\"A3\"><v>8</v></c><c r=\"B3\"><f>VLOOKUP(A3,X!A:B,2)</f></c></row>"
                + "<row r=\"4\"><c r=\"A4\"><v>9</v></c><c r=\"B4\" t=\"e\"><f>X!B2</f><v>#REF!</v></c></row>",
            Map.of()));
    assertThat(refused(expected, "formulas.xlsx"))
        .contains("holds 4 formulas, the first at sheet1.xml!A2")
        .contains("3 rows read = 1 stored + 0 unchanged + 2 refused")
        .contains("a formula without a computed value")
        .contains("an error of the workbook");
  }

  @Test
  void formsThatWouldHurtAreRefusedByNameAndPlace() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    write(
        "doctype.lrmx",
        HostileFiles.bytes(
            "<!DOCTYPE Person [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n<Person><XingMing>&a;</XingMing></Person>"));
    expected.put("doctype.lrmx", "doctype.lrmx: line 1 has a DOCTYPE");
    try (OutputStream out = Files.newOutputStream(place.resolve("photo.lrmx"))) {
      HostileFiles.formWithPhoto(out, 17);
    }
    expected.put("photo.lrmx", "photo.lrmx: larger than 16 MB");
    write(
        "misread.lrmx", HostileFiles.misread("<Person><XingMing>曾武曾武曾武</XingMing></Person>", true));
    expected.put("misread.lrmx", "misread.lrmx: Person is garbled");
    write("cut.lrmx", HostileFiles.bytes("<Person>\n<XingMing>曾武</XingMing>\n<JianLi>2001"));
    expected.put("cut.lrmx", "cut.lrmx: line 3 is not well-formed");
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(place.resolve("bomb.zip")))) {
      zip.putNextEntry(new ZipEntry("forms/blank.lrmx"));
      byte[] blank = new byte[15 << 20];
      Arrays.fill(blank, (byte) ' ');
      zip.write(blank);
      zip.closeEntry();
    }
    expected.put("bomb.zip", "forms/blank.lrmx: inflates beyond");
    // A photo as large as may be is read, though it is no picture.
    try (OutputStream out = Files.newOutputStream(place.resolve("large.lrmx"))) {
      HostileFiles.formWithPhoto(out, 15);
    }
    assertThat(forms(expected, "large.lrmx")).contains("large.lrmx: 1 forms read = 1 stored");
  }

  @Test
  void hugeFilesAreRefusedWithinTheMemory() throws Exception {
    assumeTrue(Boolean.getBoolean("dandang.long"), "skipped: runs with -Ddandang.long=true");
    Map<String, String> rosters = new LinkedHashMap<>();
    HostileFiles.workbookWith(place.resolve("bomb.xlsx"), "xl/worksheets/sheet1.xml", 10_240, true);
    rosters.put("bomb.xlsx", "inflates beyond");
    HostileFiles.workbookWith(place.resolve("styles.xlsx"), "xl/styles.xml", 600, false);
    rosters.put("styles.xlsx", "xl/styles.xml");
    HostileFiles.manyStrings(place.resolve("strings.xlsx"), 6_000_000);
    rosters.put("strings.xlsx", "MB of text");
    HostileFiles.manyEntries(place.resolve("entries.xlsx"), 1_000_000);
    rosters.put("entries.xlsx", "parts");
    refused(rosters);
    Map<String, String> forms = new LinkedHashMap<>();
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(place.resolve("photo.lrmx")))) {
      HostileFiles.formWithPhoto(out, 600);
    }
    forms.put("photo.lrmx", "photo.lrmx: larger than 16 MB");
    try (ZipOutputStream zip =
        new ZipOutputStream(
            new BufferedOutputStream(Files.newOutputStream(place.resolve("photo.zip"))))) {
      zip.putNextEntry(new ZipEntry("forms/photo.lrmx"));
      HostileFiles.formWithPhoto(zip, 600);
      zip.closeEntry();
    }
    forms.put("photo.zip", "forms/photo.lrmx: larger than 16 MB");
    HostileFiles.manyEntries(place.resolve("entries.zip"), 1_000_000);
    forms.put("entries.zip", "entries.zip: more than");
    forms(forms);
  }
}
