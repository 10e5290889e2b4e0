package org.dandang.official.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.dandang.official.ImportProblem;
import org.dandang.platform.procedure.Mutations;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LrmxTests {
  @Test
  void readsEveryElementWhateverItsEncoding() {
    for (byte[] bytes : new byte[][] {Forms.usual().bytes(), Forms.usual().gbk(), marked()}) {
      AppointmentForm form = LrmxReader.read("a.lrmx", bytes);
      assertThat(form.text(FormElement.NAME)).isEqualTo("曾 武");
      assertThat(form.text(FormElement.RESUME)).isEqualTo(Forms.RESUME);
      assertThat(form.family()).hasSize(1);
      assertThat(form.text(FormElement.VERSION)).isEqualTo("3.2.1.6");
    }
  }

  private static byte[] marked() {
    return ("\ufeff" + Forms.usual().xml()).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void emptyThreeWaysIsEmpty() {
    AppointmentForm form =
        LrmxReader.read(
            "a.lrmx",
            "<Person><XingMing>甲</XingMing><MinZu></MinZu><JiGuan/><ChuShengDi>\n  </ChuShengDi></Person>"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(form.texts()).containsOnlyKeys(FormElement.NAME);
  }

  @Test
  void whatWasReadIsWrittenAndReadAgainTheSame() throws IOException {
    AppointmentForm form =
        LrmxReader.read(
            "a.lrmx",
            Forms.usual()
                .with("ZhengZhiMianMao", "中共党员 &lt;A&amp;B&gt;")
                .with("XinYuanSu", "<Nei>里面</Nei>")
                .photo(new byte[] {1, 2, 3, 4, 5})
                .bytes());
    assertThat(form.unknown()).extracting("name").containsExactly("ZhengZhiMianMao", "XinYuanSu");
    byte[] written = written(form);
    AppointmentForm again = LrmxReader.read("b.lrmx", written);
    assertThat(again).usingRecursiveComparison().isEqualTo(form);
    assertThat(written(again)).isEqualTo(written);
  }

  @Test
  void attributesOfElementsNobodyDescribedComeBackAsTheyWere() throws IOException {
    String unknown =
        "<XinYuanSu bian='1 &quot;&lt;&amp;' x:ban=\"2\"><Nei c=\"3&#10;4\">里面</Nei><Kong"
            + " d=\"\"/></XinYuanSu>";
    AppointmentForm form =
        LrmxReader.read(
            "a.lrmx",
            ("<Person><XingMing>甲</XingMing>" + unknown + "</Person>")
                .getBytes(StandardCharsets.UTF_8));
    String written = new String(written(form), StandardCharsets.UTF_8);
    assertThat(written)
        .contains(
            "<XinYuanSu bian=\"1 &quot;&lt;&amp;\" x:ban=\"2\"><Nei c=\"3&#10;4\">里面</Nei>"
                + "<Kong d=\"\"></Kong></XinYuanSu>");
    assertThat(LrmxReader.read("b.lrmx", written.getBytes(StandardCharsets.UTF_8)).unknown())
        .isEqualTo(form.unknown());
  }

  @Test
  void writesAllElementsInTheirOrderWithLinesEndingInCrLf() throws IOException {
    String written =
        new String(
            written(LrmxReader.read("a.lrmx", Forms.usual().bytes())), StandardCharsets.UTF_8);
    int at = -1;
    for (FormElement element : FormElement.values()) {
      int next = written.indexOf("<" + element.xml() + ">", at + 1);
      assertThat(next).as(element.xml()).isGreaterThan(at);
      at = next;
    }
    assertThat(written.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void invisibleControlCharactersAreTakenOutAndCounted() {
    AppointmentForm form =
        LrmxReader.read(
            "a.lrmx",
            "<Person><XingMing>甲\u0001乙\u0085&#x8;&#9;</XingMing></Person>"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(form.text(FormElement.NAME)).isEqualTo("甲乙");
    assertThat(form.controlCharacters()).isEqualTo(3);
  }

  @Test
  void refusesWhatCouldDoHarmNamingFileAndLine() {
    refused(
        "form-doctype",
        "<!DOCTYPE Person [<!ENTITY x SYSTEM"
            + " \"file:///etc/passwd\">]><Person><XingMing>&x;</XingMing></Person>");
    refused("form-not-a-form", "<Root><XingMing>甲</XingMing></Root>");
    refused("form-not-xml", "<Person><XingMing>甲</XingMing><MinZu>汉");
    refused("form-empty", "<Person></Person>");
    refused("form-element", "<Person><XingMing>甲<b>乙</b></XingMing></Person>");
    refused("form-too-deep", "<Person><X>" + "<a>".repeat(20) + "</X></Person>");
    refused(
        "form-photo",
        "<Person><XingMing>甲</XingMing><ZhaoPian>" + "*".repeat(300_000) + "</ZhaoPian></Person>");
    refused(
        "form-text-too-long", "<Person><XingMing>" + "甲".repeat(300_000) + "</XingMing></Person>");
    assertThatThrownBy(() -> LrmxReader.read("a.lrmx", new byte[LrmxReader.LARGEST + 1]))
        .hasMessageContaining("form-too-large")
        .hasMessageContaining("a.lrmx");
  }

  private static void refused(String reason, String xml) {
    assertThatThrownBy(() -> LrmxReader.read("a.lrmx", xml.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ImportProblem.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("a.lrmx");
  }

  @Test
  void refusesTextThatWasReadInAWrongEncodingBeforeItWasSaved() {
    Charset gbk = Charset.forName("GBK");
    String asGbk = new String("清溪县教育局党组书记局长".getBytes(StandardCharsets.UTF_8), gbk);
    String asUtf8 = new String("清溪县教育局".getBytes(gbk), StandardCharsets.UTF_8);
    String asLatin =
        new String("清溪县教育局".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    refused("form-garbled", "<Person><XingMing>" + asUtf8 + "</XingMing></Person>");
    assertThat(Garbled.is(asGbk)).isTrue();
    assertThat(Garbled.is(asLatin)).isTrue();
    assertThat(Garbled.is("清溪县教育局党组书记、局长（兼任县委党校副校长）")).isFalse();
    assertThat(Garbled.is("Müller, Jürgen · Ærøskøbing")).isFalse();
  }

  @Test
  void damagedAnywhereEitherReadsOrIsRefusedAndNeverFailsOtherwise() {
    int files = Boolean.getBoolean("dandang.long") ? 100_000 : 3_000;
    assertThat(tried(files)).isBetween(files / 3, files);
  }

  /** How many of so many damaged files are refused. */
  static int tried(int files) {
    Random random = new Random(7);
    byte[] good = Forms.usual().bytes();
    Mutations mutations =
        new Mutations(
            good,
            List.of(
                "<!DOCTYPE a [<!ENTITY b \"c\">]>",
                "&b;",
                "&#0;",
                "<Person>",
                "</Person>",
                "<Item>",
                "</Item>",
                "<ZhaoPian>",
                "<XingMing>张三</XingMing>",
                "<JiaTingChengYuan>",
                "<Unknown>1</Unknown>",
                "<![CDATA[",
                "\u0000",
                "\uFEFF",
                "encoding=\"x\"",
                " a=\"b\""));
    int refused = 0;
    for (int i = 0; i < files; i++) {
      byte[] bad = good.clone();
      if (i % 4 == 3) {
        bad = mutations.next(random);
      } else if (i % 4 == 0) {
        bad = java.util.Arrays.copyOf(bad, random.nextInt(bad.length));
      } else {
        for (int k = 0; k <= random.nextInt(6); k++) {
          bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        }
      }
      try {
        FormFacts.of(LrmxReader.read("bad.lrmx", bad), UnitNames.NONE);
      } catch (ImportProblem problem) {
        refused++;
      }
    }
    return refused;
  }

  @Test
  void readsTheOlderRecordWithItsPhotoBesideIt() {
    StringBuilder record = new StringBuilder();
    for (int i = 0; i <= 32; i++) {
      String value =
          switch (i) {
            case 0 -> "曾武";
            case 1 -> "男";
            case 2 -> "1980.03";
            case 9 -> "大学#法学学士@中央党校研究生#";
            case 10 -> "贵州大学#贵州大学@中央党校#";
            case 14 -> "不知何物";
            case 17 -> "2002.07--  青石镇政府科员\r\n";
            case 20 -> "妻子@儿子";
            case 21 -> "李梅@曾小武";
            case 22 -> "1982.03@2008.01";
            default -> "";
          };
      record.append(i == 0 ? "" : ",").append('"').append(value).append('"');
    }
    AppointmentForm form =
        LrmReader.read(
            "a.lrm", record.toString().getBytes(Charset.forName("GB2312")), new byte[] {9});
    assertThat(form.text(FormElement.NAME)).isEqualTo("曾武");
    assertThat(form.text(FormElement.IN_SERVICE_EDUCATION)).isEqualTo("中央党校研究生");
    assertThat(form.text(FormElement.FULL_TIME_DEGREE_SCHOOL)).isEqualTo("贵州大学");
    assertThat(form.family()).extracting("name").containsExactly("李梅", "曾小武");
    assertThat(form.unknown()).extracting("name").containsExactly("lrm-14");
    assertThat(form.photo()).containsExactly(9);
    assertThatThrownBy(
            () -> LrmReader.read("a.lrm", "no record".getBytes(StandardCharsets.UTF_8), null))
        .hasMessageContaining("form-not-a-record");
  }

  @Test
  void readsTheFilesOfPublicPrograms() throws IOException {
    Path folder = Path.of("../../shared/data/lrmx-format");
    Assumptions.assumeTrue(Files.isDirectory(folder), "../shared/data/lrmx-format is missing");
    AppointmentForm minimal =
        LrmxReader.read("m", Files.readAllBytes(folder.resolve("sample_minimal_zhangsan.lrmx")));
    FormFacts facts = FormFacts.of(minimal, UnitNames.NONE);
    assertThat(facts.unsettled()).extracting(Unsettled::reason).contains("not-an-identity-number");
    AppointmentForm template =
        LrmxReader.read("t", Files.readAllBytes(folder.resolve("template_v3.2.1.16.lrmx")));
    assertThat(template.text(FormElement.VERSION)).isEqualTo("3.2.1.16");
  }

  private static byte[] written(AppointmentForm form) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LrmxWriter.write(form, out);
    return out.toByteArray();
  }
}
