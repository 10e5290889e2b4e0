package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.dandang.DandangTest;
import org.dandang.official.FormImport;
import org.dandang.official.FormOutcome;
import org.dandang.official.ImportProblem;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.official.form.Forms;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DandangTest
class FormImportTests {
  private static final String UNITS =
      """
      编码,名称,类别,层级,上级编码,艰苦边远类别
      A,清溪县,县,县级,,三类
      B,清溪县教育局,部门,县直部门,A,
      C,青石镇,乡镇,乡级,A,三类
      """;

  @Autowired FormImport forms;
  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;
  private Rosters rosters;

  @BeforeEach
  void units() throws IOException {
    rosters = new Rosters(imports, mappings, jdbc);
    rosters.empty();
    rosters.take("standard/units", UNITS);
  }

  private FormOutcome take(Path path) {
    return forms.take(path, path.getFileName().toString(), "tester", false, Progress.unwatched());
  }

  private FormOutcome take(Forms form) throws IOException {
    Path file = folder.resolve("one.lrmx");
    Files.write(file, form.bytes());
    return take(file);
  }

  private long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }

  @Test
  void aFormFillsTheRegistersWithWhatItSays() throws IOException {
    FormOutcome outcome = take(Forms.usual().photo(picture(800, 1000)));
    assertThat(outcome.problems()).isEmpty();
    assertThat(outcome.stored()).isEqualTo(1);
    assertThat(outcome.created()).isEqualTo(1);
    assertThat(count("official.current_posting where unit_id is not null")).isEqualTo(6);
    assertThat(count("official.current_education")).isEqualTo(2);
    assertThat(count("official.current_award")).isEqualTo(1);
    assertThat(count("official.current_penalty")).isEqualTo(1);
    assertThat(count("official.current_annual_grade")).isEqualTo(3);
    assertThat(count("official.current_family_member")).isEqualTo(1);
    assertThat(count("official.photo")).isEqualTo(1);
    assertThat(
            jdbc.sql(
                    "select pinyin || ' ' || born || born_precision || ' ' || starts from official.current_identity, (select starts_on || starts_on_precision as starts from official.current_posting order by starts_on limit 1) p")
                .query(String.class)
                .single())
        .isEqualTo("zengwu 1980-03-01M 2002-07-01M");
    assertThat(count("official.timeline_flag")).isZero();
  }

  @Test
  void theSameFormAgainChangesNothingAndACorrectedOneSupersedes() throws IOException {
    take(Forms.usual());
    long rows = count("official.posting");
    FormOutcome again = take(Forms.usual());
    assertThat(again.unchanged()).isEqualTo(1);
    assertThat(count("official.posting")).isEqualTo(rows);
    FormOutcome corrected =
        take(
            Forms.usual()
                .with(
                    "JianLi",
                    Forms.RESUME
                        .replace("2011.06--2016.11  清溪县教育局副局长", "2011.06--2016.12  清溪县教育局副局长")
                        .replace("2016.11--2019.05", "2016.12--2019.05")));
    assertThat(corrected.stored()).isEqualTo(1);
    assertThat(corrected.created()).isZero();
    assertThat(count("official.current_posting")).isEqualTo(6);
    assertThat(count("official.posting where superseded_at is not null")).isEqualTo(2);
    assertThat(count("official.form where superseded_at is null")).isEqualTo(1);
  }

  @Test
  void whoIsKnownByTheNumberIsNotMadeTwice() throws IOException {
    rosters.take(
        "standard/officials", "编号,姓名,身份证号,性别,出生年月,民族\n7,曾武," + number() + ",男,1980-03-07,布依族\n");
    FormOutcome outcome = take(Forms.usual());
    assertThat(outcome.created()).isZero();
    assertThat(count("official.official")).isEqualTo(1);
    // The roster knew the day; the form, which names the month only, supersedes it and is
    // traceable.
    assertThat(count("official.identity")).isEqualTo(2);
  }

  private static String number() {
    return Forms.usual().xml().replaceAll("(?s).*<ShenFenZheng>(.*)</ShenFenZheng>.*", "$1");
  }

  @Test
  void theNumberStandsNowhereInPlainText() throws IOException {
    take(Forms.usual());
    String number = number();
    List<Map<String, Object>> tables =
        jdbc.sql(
                "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('official', 'platform', 'organisation') and table_type = 'BASE TABLE'")
            .query()
            .listOfRows();
    for (Map<String, Object> table : tables) {
      assertThat(
              count(
                  table.get("name")
                      + " t where t::text like '%"
                      + number
                      + "%' or t::text like '%"
                      + java.util.HexFormat.of()
                          .formatHex(number.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                      + "%'"))
          .as(String.valueOf(table.get("name")))
          .isZero();
    }
    assertThat(count("official.current_identity where number_sealed is not null")).isEqualTo(1);
  }

  @Test
  void aZipIsTakenFormByFormAndWhatIsWrongIsNamed() throws IOException {
    Path zip = folder.resolve("forms.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      put(out, "甲/one.lrmx", Forms.usual().bytes());
      put(out, "two.Lrmx", Forms.usual().without("ShenFenZheng").with("XingMing", "李四").bytes());
      put(out, "cut.lrmx", "<Person><XingMing>王".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      put(out, "twice.lrmx", Forms.usual().bytes());
      put(out, "bomb.lrmx", new byte[40 << 20]);
      put(out, "readme.txt", new byte[] {1});
    }
    FormOutcome outcome = take(zip);
    assertThat(outcome.read()).isEqualTo(5);
    assertThat(outcome.stored()).isEqualTo(2);
    assertThat(outcome.refused()).isEqualTo(3);
    assertThat(outcome.problems())
        .extracting(FormOutcome.Problem::file)
        .containsExactly("cut.lrmx", "twice.lrmx", "bomb.lrmx");
    assertThat(outcome.problems().getFirst().text()).contains("cut.lrmx").contains("1");
    assertThat(count("official.import where mapping = 'form' and rows_read = 5 and refused = 3"))
        .isEqualTo(1);
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  @Test
  void aDryRunTellsAndStoresNothing() throws IOException {
    Path file = folder.resolve("one.lrmx");
    Files.write(file, Forms.usual().bytes());
    FormOutcome outcome = forms.take(file, "one.lrmx", "tester", true, Progress.unwatched());
    assertThat(outcome.stored()).isEqualTo(1);
    assertThat(count("official.official")).isZero();
    assertThat(count("official.import where mapping = 'form'")).isZero();
  }

  @Test
  void linesThatCouldNotBeUnderstoodWaitForAPerson() throws IOException {
    FormOutcome outcome =
        take(
            Forms.usual()
                .with("JianLi", "2001.03--2004.05 支教\n2004.05--2010.01 白河市财政局科长")
                .with("ShenFenZheng", "110101199001011234"));
    assertThat(outcome.unsettled()).isEqualTo(3);
    assertThat(
            jdbc.sql("select reason from official.unsettled_line order by reason")
                .query(String.class)
                .list())
        .containsExactly("no-unit", "not-an-identity-number", "unit-unknown");
    assertThat(count("official.current_posting where unit_text = '白河市财政局'")).isEqualTo(1);
  }

  @Test
  void nothingToReadIsSaidSo() {
    assertThatThrownBy(() -> take(folder))
        .isInstanceOf(ImportProblem.class)
        .hasMessageContaining("form-none");
    assertThatThrownBy(() -> take(folder.resolve("gone.lrmx"))).hasMessageContaining("missing");
  }

  private static byte[] picture(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(
        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", (OutputStream) out);
    return out.toByteArray();
  }
}
