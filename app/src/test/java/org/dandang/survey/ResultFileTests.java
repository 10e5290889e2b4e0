package org.dandang.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import jakarta.servlet.http.Cookie;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.MarkedFile;
import org.dandang.survey.ballot.BlindVoter;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The workbook of a result holds the result, and nothing that may not be shown. */
@DandangTest
@AutoConfigureMockMvc
@Import(Votes.Moved.class)
class ResultFileTests {
  private static final String FORMULA = "=1+1";

  @Autowired Exports exports;
  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;
  @Autowired Surveys surveys;
  @Autowired Electorates electorates;
  @Autowired Opening opening;
  @Autowired Collecting collecting;
  @Autowired Casting casting;
  @Autowired Closing closing;
  @Autowired Results results;
  @Autowired MovedClock clock;

  private Votes votes;

  @BeforeEach
  void prepare() {
    votes = new Votes(jdbc, surveys, electorates, opening, collecting, casting, clock);
    if (!accounts.exists("result-officer")) {
      accounts.create(
          "result-officer", "officer", "a long password", Role.PERSONNEL_OFFICER, null, "test");
    }
  }

  /** Cells of a sheet by row, the empty ones left out. */
  private static List<List<Object>> cells(Sheet sheet) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : sheet.read()) {
      List<Object> cells = new ArrayList<>();
      for (Cell cell : row) {
        if (cell != null && cell.getType() != CellType.EMPTY) {
          assertThat(cell.getType()).isNotEqualTo(CellType.FORMULA);
          cells.add(cell.getType() == CellType.NUMBER ? cell.asNumber() : cell.getText());
        }
      }
      if (!cells.isEmpty()) {
        rows.add(cells);
      }
    }
    return rows;
  }

  private Map<String, List<List<Object>>> workbook(long id) throws Exception {
    MockHttpServletResponse answer =
        mvc.perform(
                get("/surveys/" + id + "/result.xlsx")
                    .cookie(new Cookie("language", "en"))
                    .with(user(accounts.loadUserByUsername("result-officer"))))
            .andReturn()
            .getResponse();
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getHeader("Content-Disposition")).contains("result-" + id + "-");
    MarkedFile.of(answer, "result-officer", exports);
    Map<String, List<List<Object>>> sheets = new LinkedHashMap<>();
    try (ReadableWorkbook book =
        new ReadableWorkbook(new ByteArrayInputStream(answer.getContentAsByteArray()))) {
      for (Sheet sheet : book.getSheets().toList()) {
        sheets.put(sheet.getName(), cells(sheet));
      }
    }
    return sheets;
  }

  private static List<Object> row(Object... cells) {
    List<Object> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Integer number ? BigDecimal.valueOf(number) : cell);
    }
    return row;
  }

  private long counted(String pack, Map<String, List<String>> items, List<String> electorate) {
    return votes.open(pack, true, items, electorate);
  }

  @Test
  void everyKindOfQuestionIsThereWithItsNumbersAsNumbers() throws Exception {
    long id =
        counted(
            "national/satisfaction",
            Map.of("subjects", List.of("教育局", FORMULA)),
            votes.officials(8));
    List<Long> voters = votes.voters(id);
    for (int i = 0; i < 6; i++) {
      BlindVoter voter = votes.collected(id, voters.get(i));
      votes.cast(
          id,
          voters.get(i),
          voter,
          Map.of(
              "a.overall.1", List.of(i < 4 ? "satisfied" : "dissatisfied"),
              "a.overall.2", List.of("fair"),
              "a.score", List.of(i < 3 ? "9" : "6"),
              "a.order.rank.2", List.of("1"),
              "a.order.rank.1", List.of("2"),
              "a.words", List.of(FORMULA)));
    }
    closing.close(id, "都已投完", "test");
    results.count(id, "test");
    Map<String, List<List<Object>>> sheets = workbook(id);
    List<List<Object>> rows = sheets.get("Result");
    assertThat(rows)
        .contains(
            row("Due", 8),
            row("Present (ballots received)", 6),
            row("in the browser", 6),
            row("Absent", 2),
            row("教育局 · Are you satisfied with its work"),
            row("Satisfied", 4, "66.7%"),
            row("Dissatisfied", 2, "33.3%"),
            row("Positive 66.7%, negative 33.3%, of 6 answers."),
            row(FORMULA + " · Are you satisfied with its work"),
            row("Fair", 6, "100%"),
            row("9", 3, "50%"),
            row("Mean 7.50 of 6 answers."),
            row(FORMULA, 12, 6, 6),
            row("教育局", 6, 0, 6),
            row(FORMULA, 6));
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'result-exported'"
                        + " and subject_id = ?")
                .param(Long.toString(id))
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void groupsHaveSheetsOfTheirOwnWhereTheyAreLargeEnough() throws Exception {
    List<String> electorate = new ArrayList<>();
    votes.officials(6).forEach(key -> electorate.add(key + ",leaders"));
    votes.officials(6).forEach(key -> electorate.add(key + ",others"));
    long id =
        counted("national/positive-negative-survey", Map.of("people", List.of("张三")), electorate);
    List<Long> voters = votes.voters(id);
    for (int i = 0; i < 12; i++) {
      BlindVoter voter = votes.collected(id, voters.get(i));
      boolean leader = electorates.find(id, voters.get(i)).orElseThrow().group().equals("leaders");
      votes.cast(
          id,
          voters.get(i),
          voter,
          Map.of("a.strengths.1", List.of(leader ? "clean" : "effective")));
    }
    closing.close(id, "都已投完", "test");
    results.count(id, "test");
    Map<String, List<List<Object>>> sheets = workbook(id);
    assertThat(sheets.keySet()).contains("Result", "Members of leading teams", "Others");
    assertThat(sheets.get("Result"))
        .contains(row("Honest", 6, "50%"), row("Gets results", 6, "50%"));
    assertThat(sheets.get("Members of leading teams"))
        .contains(row("Honest", 6, "100%"), row("Gets results", 0, "0%"));
    assertThat(sheets.get("Others"))
        .contains(row("Honest", 0, "0%"), row("Gets results", 6, "100%"));
  }

  @Test
  void aResultThatIsWithheldIsNotInTheWorkbookEither() throws Exception {
    long id =
        counted("national/satisfaction", Map.of("subjects", List.of("教育局")), votes.officials(8));
    List<Long> voters = votes.voters(id);
    for (int i = 0; i < 2; i++) {
      BlindVoter voter = votes.collected(id, voters.get(i));
      votes.cast(id, voters.get(i), voter, Map.of("a.overall.1", List.of("satisfied")));
    }
    closing.close(id, "时间到了", "test");
    results.count(id, "test");
    List<List<Object>> rows = workbook(id).get("Result");
    assertThat(rows).contains(row("Due", 8), row("Present (ballots received)", 2));
    assertThat(rows.getLast().getFirst().toString()).startsWith("Fewer ballots came in than may");
    assertThat(rows.toString()).doesNotContain("教育局").doesNotContain("Satisfied");
  }
}
