package org.dandang.official.importing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.Mapping;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.platform.jobs.Progress;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Small invented rosters and the registers they are taken into. */
final class Rosters {
  static final String UNITS =
      """
      编码,名称,类别,层级,上级编码,艰苦边远类别
      A,云岭县,县,县级,,三类
      B,云岭县财政局,部门,县直部门,A,
      C,青石镇,乡镇,乡级,A,三类
      """;
  static final String OFFICIALS =
      """
      编号,姓名,性别,民族,出生年月,参加工作时间,状态,离开日期
      1,单 雄,男,汉族,1975.06,1997-07-01,在职,
      2,欧阳静,女,彝族,1980.11,2003-08-01,在职,
      3,曾毅,男,汉族,1962.02,1983-09-01,退休,2022-02-28
      """;
  static final String POSTINGS =
      """
      编号,单位编码,职务,职务层次,任职类型,开始日期,结束日期
      1,B,科员,科员,正式,1997-07-01,2005-03-31
      1,C,副镇长,乡科级副职,正式,2005-04-01,
      2,B,局长,乡科级正职,正式,2010-01-01,至今
      """;

  private final RosterImport imports;
  private final Mappings mappings;
  private final JdbcClient jdbc;

  Rosters(RosterImport imports, Mappings mappings, JdbcClient jdbc) {
    this.imports = imports;
    this.mappings = mappings;
    this.jdbc = jdbc;
  }

  void empty() {
    jdbc.sql(
            """
            truncate official.proposed_posting, official.timeline_flag, official.posting, official.rank_held, official.pay, official.award,
                     official.annual_grade, official.identity, official.official, official.import,
                     organisation.unit_superseded, organisation.unit_description, organisation.reorganisation_part,
                     organisation.reorganisation, organisation.establishment, organisation.management_authority,
                     organisation.unit cascade
            """)
        .update();
  }

  void unitsAndOfficials() {
    take("standard/units", UNITS);
    take("standard/officials", OFFICIALS);
  }

  ImportOutcome take(String mapping, String text) {
    return take(mapping, csv("test.csv", text));
  }

  ImportOutcome take(String mapping, ImportFile file) {
    return imports.take(file, mapping(mapping), "tester", false, Progress.unwatched());
  }

  ImportOutcome tryOut(String mapping, String text) {
    return imports.take(
        csv("test.csv", text), mapping(mapping), "tester", true, Progress.unwatched());
  }

  Mapping mapping(String name) {
    return mappings.named(name);
  }

  long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  List<String> lines(String query) {
    return jdbc.sql(query).query(String.class).list();
  }

  static ImportFile csv(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static ImportFile bytes(String name, byte[] content) {
    return ImportFile.of(name, () -> new ByteArrayInputStream(content)).in(Locale.ENGLISH);
  }

  static byte[] in(String charset, String text) {
    return text.getBytes(Charset.forName(charset));
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  /** The same table as a workbook, below a title row. */
  static byte[] xlsx(String... sheets) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(out, "test", "1.0")) {
      for (int s = 0; s < sheets.length; s++) {
        Worksheet sheet = workbook.newWorksheet("Sheet" + (s + 1));
        sheet.value(0, 0, "花名册");
        String[] lines = sheets[s].split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
          String[] cells = lines[i].split(",", -1);
          for (int j = 0; j < cells.length; j++) {
            if (cells[j].matches("\\d{4}-\\d\\d-\\d\\d")) {
              sheet.value(i + 1, j, java.time.LocalDate.parse(cells[j]));
              sheet.style(i + 1, j).format("yyyy/m/d").set();
            } else if (cells[j].matches("[1-9]\\d{0,8}")) {
              sheet.value(i + 1, j, Integer.valueOf(cells[j]));
            } else if (!cells[j].isEmpty()) {
              sheet.value(i + 1, j, cells[j]);
            }
          }
        }
      }
    }
    return out.toByteArray();
  }
}
