package org.dandang.official.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.poi.util.Units;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.dandang.official.TemplateProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageSz;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STMerge;

/** The form as a document: every cell, the paper's layout, and what an office may bring. */
class FormTemplateTests {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

  private static AppointmentForm usual() throws IOException {
    AppointmentForm form = LrmxReader.read("one.lrmx", Forms.usual().bytes());
    return withPhoto(form, null);
  }

  private static AppointmentForm withPhoto(AppointmentForm form, byte @Nullable [] photo) {
    return new AppointmentForm(form.texts(), form.family(), photo, form.unknown(), 0);
  }

  private static AppointmentForm with(AppointmentForm form, FormElement element, String text) {
    Map<FormElement, String> texts = new EnumMap<>(form.texts());
    texts.put(element, text);
    return new AppointmentForm(texts, form.family(), form.photo(), form.unknown(), 0);
  }

  private static byte[] bytes(FormTemplate template, AppointmentForm form) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    template.write(form, DAY, out);
    return out.toByteArray();
  }

  private static XWPFDocument written(AppointmentForm form) throws IOException {
    return new XWPFDocument(new ByteArrayInputStream(bytes(FormTemplate.usual(), form)));
  }

  private static List<List<String>> cells(XWPFTable table) {
    return table.getRows().stream()
        .map(
            row ->
                row.getTableCells().stream()
                    .map(
                        cell ->
                            cell.getParagraphs().stream()
                                .map(XWPFParagraph::getText)
                                .filter(text -> !text.isEmpty())
                                .collect(Collectors.joining("|")))
                    .toList())
        .toList();
  }

  @Test
  void everyCellSaysWhatTheFormSays() throws IOException {
    try (XWPFDocument document = written(usual())) {
      assertThat(document.getParagraphs().getFirst().getText()).isEqualTo("干部任免审批表");
      List<List<String>> first = cells(document.getTables().getFirst());
      assertThat(first.get(0))
          .containsExactly("姓  名", "曾 武", "性  别", "男", "出生年月|（岁）", "1980.03|（46岁）", "");
      assertThat(first.get(1)).containsExactly("民  族", "布依族", "籍  贯", "贵州清溪", "出生地", "贵州清溪", "");
      assertThat(first.get(2))
          .containsExactly("入  党|时  间", "2001.06", "参加工|作时间", "2002.07", "健康状况", "健康", "");
      assertThat(first.get(3)).containsExactly("专业技|术职务", "", "熟悉专业|有何专长", "", "");
      assertThat(first.get(4))
          .containsExactly("学  历|学  位", "全日制|教  育", "大学|法学学士", "毕业院校|系及专业", "贵州大学法学院法学专业");
      assertThat(first.get(5))
          .containsExactly("", "在  职|教  育", "中央党校研究生", "毕业院校|系及专业", "中央党校研究生班经济管理专业");
      assertThat(first.get(6)).containsExactly("现 任 职 务", "清溪县教育局党组书记、局长");
      assertThat(first.get(9).getLast().split("\\|"))
          .containsExactly(
              "1998.09--2002.07  贵州大学法学院法学专业学习",
              "2002.07--2005.03  清溪县青石镇人民政府科员（其间：2003.03--2004.03 挂职任清溪县教育局办公室副主任）",
              "2005.03--2011.06  清溪县教育局科员、副股长",
              "2011.06--2016.11  清溪县教育局副局长",
              "（2012.09--2015.07 中央党校研究生班经济管理专业学习）",
              "2016.11--2019.05  清溪县青石镇党委副书记、镇长",
              "2019.05--         清溪县教育局党组书记、局长");
      List<List<String>> second = cells(document.getTables().get(1));
      assertThat(second.get(0).getLast()).startsWith("2015年12月，经中共清溪县委批准");
      assertThat(second.get(1).getLast()).isEqualTo("2020年年度考核优秀;2021年、2022年年度考核称职。");
      assertThat(second.get(3))
          .containsExactly("家庭主|要成员|及重要|社会关|系", "称  谓", "姓  名", "出生年月", "政治面貌", "工 作 单 位 及 职 务");
      assertThat(second.get(4)).containsExactly("", "妻子", "李 梅", "1982.03", "群众", "清溪县医院护士");
      assertThat(second.subList(5, 11)).allMatch(row -> String.join("", row).isEmpty());
      assertThat(second.get(11).getFirst()).isEqualTo("呈  报|单  位");
      assertThat(document.getParagraphs().getLast().getText()).contains("填表时间：2026年11月24日");
      assertThat(text(document)).doesNotContain("{{", "}}", "[ChengWei]");
    }
  }

  private static String text(XWPFDocument document) {
    return document.getTables().stream().map(XWPFTable::getText).collect(Collectors.joining("\n"));
  }

  @Test
  void thePaperIsA4AndItsCellsAreMergedAsOnPaper() throws IOException {
    try (XWPFDocument document = written(usual())) {
      CTPageSz size = document.getDocument().getBody().getSectPr().getPgSz();
      assertThat(List.of(size.getW(), size.getH()))
          .isEqualTo(List.of(BigInteger.valueOf(11906), BigInteger.valueOf(16838)));
      for (XWPFTable table : document.getTables()) {
        int grid =
            IntStream.range(0, table.getCTTbl().getTblGrid().sizeOfGridColArray())
                .map(
                    i ->
                        ((BigInteger) table.getCTTbl().getTblGrid().getGridColArray(i).getW())
                            .intValue())
                .sum();
        assertThat(grid).isEqualTo(10318);
        for (XWPFTableRow row : table.getRows()) {
          int width =
              row.getTableCells().stream()
                  .mapToInt(
                      cell -> ((BigInteger) cell.getCTTc().getTcPr().getTcW().getW()).intValue())
                  .sum();
          assertThat(width).isEqualTo(10318);
        }
      }
      XWPFTable first = document.getTables().getFirst();
      assertThat(merged(first, 6)).isEqualTo(4);
      assertThat(span(first, 9, 1)).isEqualTo(6);
      assertThat(document.getTables().get(1).getRows()).hasSize(4 + FormTemplate.FAMILY_LINES + 2);
      assertThat(merged(document.getTables().get(1), 0)).isEqualTo(1 + FormTemplate.FAMILY_LINES);
      assertThat(
              document.getParagraphs().stream()
                  .filter(paragraph -> paragraph.getCTP().getPPr().isSetPageBreakBefore())
                  .count())
          .isEqualTo(1);
      assertThat(height(first)).isLessThan(16838 - 2 * 850);
      assertThat(height(document.getTables().get(1))).isLessThan(16838 - 2 * 850);
    }
  }

  private static int height(XWPFTable table) {
    return table.getRows().stream().mapToInt(XWPFTableRow::getHeight).sum();
  }

  /** Rows the merged cell at the edge of a table goes over. */
  private static int merged(XWPFTable table, int grid) {
    int rows = 0;
    for (XWPFTableRow row : table.getRows()) {
      XWPFTableCell cell =
          grid == 0 ? row.getTableCells().getFirst() : row.getTableCells().getLast();
      if (cell.getCTTc().getTcPr().isSetVMerge()
          && (rows > 0 || cell.getCTTc().getTcPr().getVMerge().getVal() == STMerge.RESTART)) {
        rows++;
      }
    }
    return rows;
  }

  private static int span(XWPFTable table, int row, int cell) {
    return table.getRow(row).getCell(cell).getCTTc().getTcPr().getGridSpan().getVal().intValue();
  }

  @Test
  void aPhotoStandsInItsCellInItsOwnProportions() throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(376, 460, BufferedImage.TYPE_INT_RGB), "jpeg", jpeg);
    try (XWPFDocument document = written(withPhoto(usual(), jpeg.toByteArray()))) {
      assertThat(document.getAllPictures()).hasSize(1);
      assertThat(document.getAllPictures().getFirst().getData()).isEqualTo(jpeg.toByteArray());
      var extent =
          document
              .getTables()
              .getFirst()
              .getRow(0)
              .getCell(6)
              .getParagraphs()
              .getFirst()
              .getRuns()
              .stream()
              .flatMap(run -> run.getEmbeddedPictures().stream())
              .findFirst()
              .orElseThrow()
              .getCTPicture()
              .getSpPr()
              .getXfrm()
              .getExt();
      assertThat((double) extent.getCx() / extent.getCy())
          .isCloseTo(376.0 / 460, org.assertj.core.data.Offset.offset(0.02));
      assertThat(extent.getCx()).isLessThanOrEqualTo(Units.toEMU(1857 / 20.0));
    }
    try (XWPFDocument document = written(withPhoto(usual(), new byte[] {1, 2, 3}))) {
      assertThat(document.getAllPictures()).isEmpty();
    }
  }

  @Test
  void whatLooksLikeATagAFormulaOrXmlStaysText() throws IOException {
    String hostile = "{{XingBie}} =cmd|'/c calc'!A1 </w:t><w:t> &amp; [ChengWei] ${x}";
    AppointmentForm form =
        new AppointmentForm(
            Map.of(
                FormElement.NAME,
                hostile,
                FormElement.RESUME,
                "2001.01--2002.02  " + hostile + "\n\u0001\uFFFF" + hostile,
                FormElement.POST,
                "\uD800 半个字"),
            List.of(
                new AppointmentForm.FamilyMember("妻子", hostile, "198203", "[XingMing]", hostile)),
            null,
            List.of(),
            0);
    try (XWPFDocument document = written(form)) {
      List<List<String>> first = cells(document.getTables().getFirst());
      assertThat(first.get(0).get(1)).isEqualTo(hostile);
      assertThat(first.get(6).getLast()).isEqualTo(" 半个字");
      assertThat(
              document.getTables().getFirst().getRow(9).getCell(1).getParagraphs().stream()
                  .map(XWPFParagraph::getText))
          .containsExactly("2001.01--2002.02  " + hostile, hostile);
      assertThat(cells(document.getTables().get(1)).get(4))
          .containsExactly("", "妻子", hostile, "1982.03", "[XingMing]", hostile);
    }
  }

  @Test
  void aLongResumeIsSetSmallerInsteadOfRunningOverThePage() throws IOException {
    String line = "2001.01--2002.02  清溪县青石镇人民政府农业服务中心副主任（其间挂职任清溪县教育局办公室副主任）";
    String resume = String.join("\n", java.util.Collections.nCopies(30, line));
    try (XWPFDocument document = written(with(usual(), FormElement.RESUME, resume))) {
      XWPFTableCell cell = document.getTables().getFirst().getRow(9).getCell(1);
      List<Double> sizes =
          cell.getParagraphs().stream()
              .map(paragraph -> paragraph.getRuns().getFirst().getFontSizeAsDouble())
              .distinct()
              .toList();
      assertThat(sizes).hasSize(1);
      assertThat(sizes.getFirst()).isBetween(7.5, 11.0);
      assertThat(cell.getParagraphs()).hasSize(30);
    }
  }

  @Test
  void moreThanSevenOfTheFamilyAllHaveALine() throws IOException {
    AppointmentForm usual = usual();
    List<AppointmentForm.FamilyMember> family = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      family.add(new AppointmentForm.FamilyMember("子" + i, "某", "", "", ""));
    }
    try (XWPFDocument document =
        written(new AppointmentForm(usual.texts(), family, null, List.of(), 0))) {
      assertThat(cells(document.getTables().get(1)).subList(4, 13))
          .allMatch(row -> row.get(1).startsWith("子"));
    }
  }

  @Test
  void nothingInItRunsOrIsFetched() throws IOException {
    List<String> parts = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(bytes(FormTemplate.usual(), usual())))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.add(entry.getName());
        assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8))
            .as(entry.getName())
            .doesNotContain("TargetMode=\"External\"", "macroEnabled", "fldChar", "fldSimple");
      }
    }
    assertThat(parts).noneMatch(name -> name.matches("(?i).*(vba|embeddings|activex).*"));
  }

  @Test
  void anOfficeMayUseItsOwnLayout() throws IOException {
    FormTemplate own =
        FormTemplate.of("own.docx", changed("word/document.xml", "干部任免审批表", "本市干部任免呈报表"));
    try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(bytes(own, usual())))) {
      assertThat(document.getParagraphs().getFirst().getText()).isEqualTo("本市干部任免呈报表");
      assertThat(text(document)).contains("曾 武");
    }
  }

  @Test
  void aTemplateThatCannotBeUsedIsRefusedWithWhatIsWrongInIt() throws IOException {
    refused(
        "unknown-tag",
        "{{XingMingg}}",
        changed("word/document.xml", "{{XingMing}}", "{{XingMingg}}"));
    refused("unreadable", "own.docx", "not a document".getBytes(StandardCharsets.UTF_8));
    refused("unreadable", "own.docx", new byte[0]);
    refused(
        "not-plain",
        "http://elsewhere.example/x.dotm",
        changed(
            "word/_rels/document.xml.rels",
            "</Relationships>",
            "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate\" Target=\"http://elsewhere.example/x.dotm\" TargetMode=\"External\"/></Relationships>"));
    refused(
        "not-plain",
        "/word/",
        changed(
            "[Content_Types].xml",
            "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"",
            "ContentType=\"application/vnd.ms-office.vbaProject\""));
    refused("too-large", "10", new byte[10_000_001]);
  }

  private static void refused(String reason, String named, byte[] file) {
    assertThatThrownBy(() -> FormTemplate.of("own.docx", file))
        .isInstanceOf(TemplateProblem.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(named);
  }

  /** The usual template with a text of one of its parts replaced. */
  private static byte[] changed(String part, String from, String to) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipInputStream in =
            new ZipInputStream(new ByteArrayInputStream(FormTemplate.usualFile()));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] bytes = in.readAllBytes();
        if (entry.getName().equals(part)) {
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(text).contains(from);
          bytes = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        }
        zip.putNextEntry(new ZipEntry(entry.getName()));
        zip.write(bytes);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
