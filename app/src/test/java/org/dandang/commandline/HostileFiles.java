package org.dandang.commandline;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files nobody should be hurt by, written where a test wants them; none of the people exists. */
final class HostileFiles {
  private static final String TYPES =
      "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
  private static final String ROOT =
      "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
  private static final String WORKBOOK =
      "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"花名册\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
  private static final String RELATIONS =
      "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
  private static final String STYLES =
      "<?xml version=\"1.0\"?><styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"1\"><xf numFmtId=\"0\"/></cellXfs></styleSheet>";
  static final String HEADER =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>编号</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>姓名</t></is></c></row>";
  static final String GOOD =
      "<row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>曾武</t></is></c></row>";

  private HostileFiles() {}

  static byte[] workbook(String rows, Map<String, byte[]> more) {
    return workbook("", rows, more);
  }

  static byte[] workbook(String prolog, String rows, Map<String, byte[]> more) {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("[Content_Types].xml", bytes(TYPES));
    parts.put("_rels/.rels", bytes(ROOT));
    parts.put("xl/workbook.xml", bytes(WORKBOOK));
    parts.put("xl/_rels/workbook.xml.rels", bytes(RELATIONS));
    parts.put("xl/styles.xml", bytes(STYLES));
    parts.put(
        "xl/worksheets/sheet1.xml",
        bytes(
            "<?xml version=\"1.0\"?>"
                + prolog
                + "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                + rows
                + "</sheetData></worksheet>"));
    parts.putAll(more);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A workbook with a part of a size, of bytes that hardly become smaller. */
  static void workbookWith(Path to, String part, long megabytes, boolean blank) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
      zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
      zip.write(bytes(WORKBOOK));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry(part));
      long left = megabytes << 20;
      byte[] some = new byte[1 << 16];
      Arrays.fill(some, (byte) ' ');
      Random random = new Random(1);
      while (left > 0) {
        if (!blank) {
          for (int i = 0; i < some.length; i++) {
            some[i] = (byte) ('A' + random.nextInt(26));
          }
        }
        zip.write(some);
        left -= some.length;
      }
      zip.closeEntry();
    }
  }

  /** A workbook whose table of strings holds very many short ones. */
  static void manyStrings(Path to, int strings) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
      for (Map.Entry<String, String> part :
          Map.of(
                  "[Content_Types].xml", TYPES,
                  "_rels/.rels", ROOT,
                  "xl/workbook.xml", WORKBOOK,
                  "xl/_rels/workbook.xml.rels", RELATIONS)
              .entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(bytes(part.getValue()));
        zip.closeEntry();
      }
      zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
      zip.write(bytes("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"));
      Random random = new Random(1);
      for (int i = 0; i < strings; i++) {
        zip.write(bytes("<si><t>" + Integer.toString(random.nextInt(), 36) + "</t></si>"));
      }
      zip.write(bytes("</sst>"));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      zip.write(
          bytes(
              "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                  + HEADER
                  + GOOD
                  + "</sheetData></worksheet>"));
      zip.closeEntry();
    }
  }

  static void manyEntries(Path to, int entries) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
      zip.setLevel(0);
      for (int i = 0; i < entries; i++) {
        zip.putNextEntry(new ZipEntry("a-rather-long-folder/of/forms/" + i + ".lrmx"));
        zip.closeEntry();
      }
    }
  }

  /** A form whose photo has a size. */
  static void formWithPhoto(OutputStream out, long megabytes) throws IOException {
    out.write(bytes("<Person><XingMing>曾武</XingMing><ZhaoPian>"));
    byte[] some = new byte[1 << 16];
    Random random = new Random(2);
    for (int i = 0; i < some.length; i++) {
      some[i] = (byte) ('A' + random.nextInt(26));
    }
    for (long left = megabytes << 20; left > 0; left -= some.length) {
      out.write(some);
    }
    out.write(bytes("</ZhaoPian></Person>"));
  }

  /** UTF-8 that was read as GBK, or GBK that was read as UTF-8, and then saved as UTF-8. */
  static byte[] misread(String text, boolean gbkForUtf8) {
    Charset gbk = Charset.forName("GB18030");
    return bytes(
        gbkForUtf8
            ? new String(text.getBytes(StandardCharsets.UTF_8), gbk)
            : new String(text.getBytes(gbk), StandardCharsets.UTF_8));
  }
}
