package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@DandangTest
class RefusedWorkbookTests {
  private static final String FILE =
      """
      编号,姓名,性别,备注
      1,张三,男,好
      ,李四,女,"第一行
      第二行"
      3,王五,雄,=1+1
      """;

  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired JdbcClient jdbc;
  @Autowired MessageSource messages;
  @TempDir Path folder;
  Rosters rosters;

  @BeforeEach
  void empty() {
    rosters = new Rosters(imports, mappings, jdbc);
    rosters.empty();
  }

  private ImportOutcome take(ImportFile file, Path workbook, Locale language) {
    return rosters.take("standard/officials", file.refusedTo(workbook, language));
  }

  @Test
  void holdsTheRefusedRowsAsTheyWereWithFileLineAndReason() throws IOException {
    Path workbook = folder.resolve("refused.xlsx");
    ImportOutcome outcome =
        take(Rosters.csv("roster.csv", FILE), workbook, Locale.SIMPLIFIED_CHINESE);
    assertThat(outcome.errors()).isEqualTo(workbook);
    assertThat(rows(workbook))
        .containsExactly(
            List.of("编号", "姓名", "性别", "备注", "文件", "行号", "未接收原因"),
            List.of("", "李四", "女", "第一行\n第二行", "roster.csv", "3", "编号：人员编号为空"),
            List.of("3", "王五", "雄", "=1+1", "roster.csv", "5", "性别：“雄”不在可用值之内"));
    assertThat(Files.list(folder).map(Path::getFileName).map(Path::toString))
        .containsExactly("refused.xlsx");
  }

  @Test
  void speaksEnglishWhenAskedTo() throws IOException {
    Path workbook = folder.resolve("refused.xlsx");
    take(Rosters.csv("roster.csv", FILE), workbook, Locale.ENGLISH);
    assertThat(rows(workbook).get(1)).endsWith("roster.csv", "3", "编号: the official has no key");
  }

  @Test
  void coloursTheCellInQuestionAndCommentsIt() throws IOException {
    Path workbook = folder.resolve("refused.xlsx");
    take(Rosters.csv("roster.csv", FILE), workbook, Locale.ENGLISH);
    try (ZipFile zip = new ZipFile(workbook.toFile())) {
      String comments = part(zip, "xl/comments1.xml");
      assertThat(comments).contains("ref=\"A2\"", "ref=\"C3\"", "is not one of the known words");
      assertThat(comments).doesNotContain("ref=\"B2\"");
      assertThat(part(zip, "xl/styles.xml")).contains("FFC7CE");
      assertThat(part(zip, "xl/worksheets/sheet1.xml")).containsPattern("r=\"C3\" s=\"[1-9]");
    }
  }

  @Test
  void correctedItCanBeTakenInLikeTheFileItself() throws IOException {
    Path workbook = folder.resolve("refused.xlsx");
    take(Rosters.csv("roster.csv", FILE), workbook, Locale.SIMPLIFIED_CHINESE);
    Path again = folder.resolve("again.xlsx");
    ImportOutcome outcome = take(ImportFile.at(workbook), again, Locale.SIMPLIFIED_CHINESE);
    assertThat(outcome.refused()).isEqualTo(2);
    assertThat(rows(again).getFirst()).containsExactly("编号", "姓名", "性别", "备注", "文件", "行号", "未接收原因");
    String corrected =
        rows(again).stream()
            .map(
                row ->
                    String.join(",", row)
                        .replace("\n", " ")
                        .replace("雄", "男")
                        .replaceFirst("^,", "2,"))
            .collect(Collectors.joining("\n"));
    assertThat(rosters.take("standard/officials", corrected).stored()).isEqualTo(2);
  }

  @Test
  void isNotWrittenWhenNothingWasRefused() {
    Path workbook = folder.resolve("refused.xlsx");
    ImportOutcome outcome = take(Rosters.csv("a.csv", Rosters.OFFICIALS), workbook, Locale.ENGLISH);
    assertThat(outcome.errors()).isNull();
    assertThat(workbook).doesNotExist();
  }

  @Test
  void continuesOnTheNextSheetBeyondTheLimit() throws IOException {
    StringBuilder many = new StringBuilder("编号,姓名\n");
    for (int i = 0; i < 25; i++) {
      many.append(",无名").append(i).append('\n');
    }
    Path workbook = folder.resolve("refused.xlsx");
    MappingDefinition mapping = (MappingDefinition) rosters.mapping("standard/officials");
    try (RefusedWorkbook written =
            new RefusedWorkbook("a.csv", workbook, messages, Locale.ENGLISH, 11);
        RosterRows rows =
            new RosterRows(
                "a.csv",
                new CsvRows("a.csv", new java.io.StringReader(many.toString()), ','),
                mapping)) {
      while (rows.next()) {
        written.add(rows, List.of(new Refusal("blank-key", "key", "")));
      }
    }
    try (ReadableWorkbook read = new ReadableWorkbook(workbook.toFile())) {
      assertThat(read.getSheets().map(Sheet::getName))
          .containsExactly("Refused", "Refused 2", "Refused 3");
      List<Integer> sizes = new ArrayList<>();
      for (Sheet sheet : read.getSheets().toList()) {
        sizes.add(sheet.read().size());
      }
      assertThat(sizes).containsExactly(11, 11, 6);
    }
  }

  private static String part(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<List<String>> rows(Path workbook) throws IOException {
    try (ReadableWorkbook read = new ReadableWorkbook(workbook.toFile())) {
      List<List<String>> all = new ArrayList<>();
      for (Row row : read.getFirstSheet().read()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
          cells.add(row.hasCell(i) && row.getCell(i) != null ? row.getCellText(i) : "");
        }
        all.add(cells);
      }
      return all;
    }
  }
}
