package org.dandang.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.MarkedFile;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.signin.StepUp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * No file leaves without saying who took it: every route that sends one is walked here, or by the
 * test named beside it, or stands among those that send nothing of the office's people. A new route
 * that is in none of the three fails here.
 */
@MatrixTest
@Import(Desk.Surroundings.class)
@TestPropertySource(properties = "dandang.test.database=record-matrix")
class ExportRouteTests {
  private static final Pattern FILE =
      Pattern.compile(".*(\\.(csv|xlsx|docx|lrmx|zip|txt|json|dmn|parquet)|/file)");

  /** Routes whose files take much to make; the test walks them with {@link MarkedFile} too. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "GET /matters/{id}/papers/{paper}.docx", "MatterPagesTests",
          "GET /officials/forms/{file}.zip", "FormBatchTests",
          "GET /surveys/{id}/result.xlsx", "ResultFileTests",
          "POST /policies/{place}/{practice}/simulate/file", "SimulationTests");

  /** Routes that need no mark, and why. */
  private static final Map<String, String> UNMARKED =
      Map.ofEntries(
          Map.entry("GET /bulletins/{id}/ballots.txt", "published, to be counted again by anybody"),
          Map.entry("GET /imports/outcomes/{id}/refused.xlsx", "the sender's own rows, back"),
          Map.entry("GET /imports/templates/{place}/{name}.xlsx", "empty"),
          Map.entry("GET /ledger/entries/{id}/proof.json", "hashes"),
          Map.entry("GET /ledger/head.json", "hashes"),
          Map.entry("GET /policies/{place}/{practice}/tables/{from}.dmn", "a rule"),
          Map.entry("GET /protection/closed/files/{id}/{part}/refused.xlsx", "the sender's rows"),
          Map.entry("GET /protection/leads/files/template.xlsx", "empty"),
          Map.entry("GET /protection/leads/files/{id}/refused.xlsx", "the sender's own rows, back"),
          Map.entry("GET /protection/sanctions/template.xlsx", "empty"),
          Map.entry("GET /public-notices/{id}.docx", "published"),
          Map.entry("GET /public-notices/{id}/objections/{objection}/file", "as it was handed in"));

  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  @Autowired Exports exports;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping routes;

  /** Route, who asks, and the address it is asked at. */
  private final Map<String, String[]> walked = new LinkedHashMap<>();

  @BeforeEach
  void people() {
    long one = official("出口甲");
    long other = official("出口乙");
    if (!accounts.exists("export-all")) {
      accounts.create("export-all", "出口全", County.PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
      accounts.create(
          "export-audit", "出口审", County.PASSWORD, Role.AUDIT_ADMINISTRATOR, null, "test");
      accounts.create("export-own", "出口己", County.PASSWORD, Role.OFFICIAL, one, "test");
    }
    walk("/corrections.csv", "export-all", "");
    walk("/ledger/export.csv", "export-audit", "?q=no-such-word");
    walk("/ledger/export.xlsx", "export-audit", "?q=no-such-word");
    walk("/me/form.docx", "export-own", "");
    walk("/me/form.lrmx", "export-own", "");
    walk("/officials/compare.xlsx", "export-all", "?id=" + one + "&id=" + other);
    walk("/officials/roster.csv", "export-all", "");
    walk("/officials/roster.xlsx", "export-all", "");
    walk("/officials/{id}/form.docx", "export-all", "", one);
    walk("/officials/{id}/form.lrmx", "export-all", "", one);
    walk("/protection/closed/allegations.csv", "export-all", "");
    walk("/protection/closed/charts/{id}.csv", "export-all", "", "years");
    walk("/protection/closed/cleared.csv", "export-all", "");
    walk("/protection/closed/promotions.csv", "export-all", "");
    walk("/protection/credit.xlsx", "export-all", "");
    walk("/protection/leads.csv", "export-all", "");
    walk("/protection/reuse.xlsx", "export-all", "");
    walk("/protection/sanctions.xlsx", "export-all", "");
    long unit =
        jdbc.sql(
                """
                insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by)
                values ('export', 'X-1', '出口单位', 'department', 'county', now(), 'test')
                on conflict (source, code) do update set name = excluded.name returning id
                """)
            .query(Long.class)
            .single();
    walk("/units/{id}/structure.csv", "export-all", "", unit);
    walk("/units/{id}/structure.xlsx", "export-all", "", unit);
  }

  private void walk(String pattern, String who, String query, Object... number) {
    String path = number.length == 0 ? pattern : pattern.replace("{id}", number[0].toString());
    walked.put("GET " + pattern, new String[] {who, path + query});
  }

  private long official(String name) {
    return jdbc.sql("select official_id from official.known_as where source = 'export' and key = ?")
        .param(name)
        .query(Long.class)
        .optional()
        .orElseGet(
            () -> {
              long id =
                  jdbc.sql(
                          "insert into official.official (source, key) values ('export', ?)"
                              + " returning id")
                      .param(name)
                      .query(Long.class)
                      .single();
              jdbc.sql(
                      "insert into official.known_as (source, key, official_id)"
                          + " values ('export', ?, ?)")
                  .params(name, id)
                  .update();
              jdbc.sql(
                      """
                      insert into official.identity (official_id, name, pinyin, initials, sex, born, recorded_at, recorded_by)
                      values (?, ?, 'chukou', 'ck', 1, date '1980-03-02', now(), 'test')
                      """)
                  .params(id, name)
                  .update();
              return id;
            });
  }

  @Test
  void everyFileThatLeavesSaysWhoTookItInItsNameItsTextAndItsMarks() throws Exception {
    for (Map.Entry<String, String[]> one : walked.entrySet()) {
      String who = one.getValue()[0];
      MockHttpServletResponse answer =
          mvc.perform(get(one.getValue()[1]).with(user(accounts.loadUserByUsername(who))))
              .andReturn()
              .getResponse();
      try {
        MarkedFile.of(answer, who, exports);
      } catch (AssertionError missing) {
        throw new AssertionError(one.getKey() + ": " + missing.getMessage(), missing);
      }
    }
  }

  @Test
  void everyRouteThatSendsAFileIsWalkedOrNeedsNoMark() throws IOException {
    Set<String> sending = new TreeSet<>();
    for (MatrixLine line : MatrixLine.all()) {
      if (FILE.matcher(line.pattern()).matches()) {
        sending.add(line.route());
      }
    }
    Set<String> known = new TreeSet<>(walked.keySet());
    known.addAll(ELSEWHERE.keySet());
    known.addAll(UNMARKED.keySet());
    assertThat(sending).isEqualTo(known);
  }

  @Test
  void whatCarriesAMarkIsTakenOnlyAfterConfirmingWhoOneIs() {
    Set<String> unconfirmed = new TreeSet<>(walked.keySet());
    unconfirmed.addAll(ELSEWHERE.keySet());
    routes
        .getHandlerMethods()
        .forEach(
            (info, method) -> {
              for (String pattern : info.getPatternValues()) {
                if (confirmed(method)) {
                  unconfirmed.remove("GET " + pattern);
                  unconfirmed.remove("POST " + pattern);
                }
              }
            });
    assertThat(unconfirmed).isEmpty();
  }

  private static boolean confirmed(HandlerMethod method) {
    return method.hasMethodAnnotation(StepUp.class)
        || method.getBeanType().isAnnotationPresent(StepUp.class);
  }

  /**
   * The control: the same file under a name without its number, and without its marks, is found.
   */
  @Test
  void aFileWithoutANumberOrAMarkFails() throws Exception {
    MockHttpServletResponse sent =
        mvc.perform(get("/corrections.csv").with(user(accounts.loadUserByUsername("export-all"))))
            .andReturn()
            .getResponse();
    MarkedFile.of(sent, "export-all", exports);
    assertThatThrownBy(() -> MarkedFile.of(sent, "somebody-else", exports))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            () -> MarkedFile.of(copy(sent, "corrections.csv", false), "export-all", exports))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a number in the name");
    assertThatThrownBy(
            () ->
                MarkedFile.of(copy(sent, "corrections-0123abcd.csv", true), "export-all", exports))
        .isInstanceOf(AssertionError.class);
  }

  private static MockHttpServletResponse copy(
      MockHttpServletResponse sent, String name, boolean quoted) throws IOException {
    MockHttpServletResponse copy = new MockHttpServletResponse();
    copy.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    String text = sent.getContentAsString(StandardCharsets.UTF_8);
    copy.getOutputStream()
        .write((quoted ? text.replace("\"", "") : text).getBytes(StandardCharsets.UTF_8));
    return copy;
  }
}
