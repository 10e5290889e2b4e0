package org.dandang.protection.closed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.protection.MatterImport;
import org.dandang.protection.MatterReview;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/**
 * The look at everybody over invented matters: every number is counted here by itself, every number
 * of a page opens what it counts, and each reader counts what the reader may see.
 */
@DandangTest
@AutoConfigureMockMvc
@Import(Desk.Surroundings.class)
@TestPropertySource(properties = "dandang.test.database=closed-review")
class ClosedReviewTests {
  private static final String HEAD =
      "cr_id,case_type,incident_date,complaint_date,closed_date,investigating_agency\n";
  private static final String ACCUSED_HEAD =
      "cr_id,uid,gender,birth_year,appointed_date,assigned_unit,assigned_rank,complaint_code,allegation_category,final_finding,final_penalty\n";
  private static final List<String> FINDINGS =
      List.of("SUSTAINED", "NOT SUSTAINED", "UNFOUNDED", "EXONERATED", "");

  private static final LocalDate DAY = LocalDate.of(2020, 6, 1);

  @Autowired ApplicationContext context;
  @Autowired MatterImport imports;
  @Autowired MatterReview review;
  @Autowired JdbcClient jdbc;
  @Autowired MockMvc mvc;

  private Desk desk;
  private SomePolice police;
  private long unit;

  @BeforeEach
  void office() {
    desk = new Desk(context);
    desk.time.moveTo(DAY);
    police = new SomePolice(jdbc);
    police.forgetMatters();
    jdbc.sql("truncate official.rank_held cascade").update();
    unit = police.unit();
    desk.account("review-everywhere", Role.PERSONNEL_OFFICER, null);
    desk.account("review-officer", Role.DISCIPLINE_OFFICER, unit);
    desk.account(
        "review-elsewhere", Role.PERSONNEL_OFFICER, desk.unit("review-other", "county", null));
  }

  private void rank(long official, String rank, String since) {
    jdbc.sql(
            """
            insert into official.rank_held (official_id, rank, since, recorded_at, recorded_by)
            values (?, ?, ?::date, now(), 'test')
            """)
        .params(official, rank, since)
        .update();
  }

  private static ImportFile csv(String name, String text) {
    return ImportFile.of(
        name + ".csv", () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void take(String matters, String accused) {
    imports.take(
        "chicago/complaints",
        csv("matters", HEAD + matters),
        csv("accused", ACCUSED_HEAD + accused),
        "tester",
        false,
        Progress.unwatched());
  }

  private static MatterReview.Table table(MatterReview.Report report, String id) {
    return report.tables().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private static Map<String, List<Long>> groups(MatterReview.Table table) {
    Map<String, List<Long>> groups = new TreeMap<>();
    table.groups().forEach(group -> groups.put(String.join(" ", group.keys()), group.numbers()));
    return groups;
  }

  @Test
  void countsByYearFindingAndUnitWhatWasTakenInAndTheMiddleOfTheDays() {
    Random random = new Random(20_261_128);
    StringBuilder matters = new StringBuilder();
    StringBuilder accused = new StringBuilder();
    Map<String, Long> byFinding = new TreeMap<>();
    Map<String, List<Long>> days = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      LocalDate received = LocalDate.of(2004 + i % 3, 1, 1).plusDays(random.nextInt(300));
      long took = random.nextInt(900);
      String agency = i % 2 == 0 ? "East" : "West";
      matters.append(
          "%d,Complaint,,%s,%s,%s\n".formatted(i, received, received.plusDays(took), agency));
      days.computeIfAbsent(agency + " " + received.getYear(), key -> new java.util.ArrayList<>())
          .add(took);
      for (int j = 0; j <= random.nextInt(3); j++) {
        String finding = FINDINGS.get(random.nextInt(FINDINGS.size()));
        byFinding.merge(finding, 1L, Long::sum);
        accused.append(
            "%d,R%d,,,,%d,PO,05A,Force,%s,\n"
                .formatted(i, random.nextInt(30), random.nextInt(4), finding));
      }
    }
    for (int i = 0; i < 30; i++) {
      police.person("R" + i);
    }
    take(matters.toString(), accused.toString());
    MatterReview.Report report = review.over();
    Map<String, Long> found = new TreeMap<>();
    groups(table(report, "findings")).forEach((word, numbers) -> found.put(word, numbers.get(0)));
    assertThat(found).isEqualTo(byFinding);
    assertThat(report.matters()).isEqualTo(400);
    long all = byFinding.values().stream().mapToLong(Long::longValue).sum();
    assertThat(report.allegations()).isEqualTo(all);
    for (String table : List.of("years", "units")) {
      assertThat(
              groups(table(report, table)).values().stream()
                  .flatMap(List::stream)
                  .mapToLong(Long::longValue)
                  .sum())
          .as(table)
          .isEqualTo(all);
    }
    Map<String, Long> medians = new TreeMap<>();
    days.forEach(
        (group, took) -> {
          List<Long> sorted = took.stream().sorted().toList();
          int middle = sorted.size() / 2;
          double median =
              sorted.size() % 2 == 1
                  ? sorted.get(middle)
                  : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
          medians.put(group, Math.round(median));
        });
    Map<String, Long> counted = new TreeMap<>();
    groups(table(report, "durations"))
        .forEach((group, numbers) -> counted.put(group, numbers.get(1)));
    assertThat(counted).isEqualTo(medians);
    assertThat(report.cleared())
        .isEqualTo(
            jdbc.sql("select count(distinct official_id) from protection.unfounded_report")
                .query(Long.class)
                .single())
        .isPositive();
  }

  @Test
  void whoWasPromotedWithinAnImpactPeriodIsFoundAndWhoWasNotIsNot() {
    // A reprimand of 31 January 2005 keeps from promotion for 12 months.
    for (String key : List.of("P1", "P2", "P3", "P4")) {
      police.person(key);
    }
    take(
        "1,Complaint,,2004-05-02,2005-01-31,East\n",
        """
        1,P1,,,,3,PO,05A,Force,SUSTAINED,100 - REPRIMAND
        1,P2,,,,3,PO,05A,Force,SUSTAINED,100 - REPRIMAND
        1,P3,,,,3,PO,05A,Force,SUSTAINED,100 - REPRIMAND
        1,P4,,,,3,PO,05A,Force,NOT SUSTAINED,100 - REPRIMAND
        """);
    rank(police.person("P1"), "SERGEANT", "2006-01-30");
    rank(police.person("P2"), "SERGEANT", "2006-01-31");
    rank(police.person("P3"), "LIEUTENANT", "2003-01-01");
    rank(police.person("P3"), "SERGEANT", "2005-06-01");
    rank(police.person("P4"), "SERGEANT", "2005-06-01");
    MatterReview.Report report = review.over();
    assertThat(report.promotions()).as("a step down is no promotion").isEqualTo(4);
    assertThat(report.within()).isEqualTo(1);
    assertThat(groups(table(report, "promotions")))
        .containsEntry("2006", List.of(2L, 1L))
        .containsEntry("2005", List.of(1L, 0L));
    ClosedReview.Promoted one =
        context.getBean(ClosedReview.class).promoted(null, false, "", 0, 10).getFirst();
    assertThat(one.official()).isEqualTo(police.person("P1"));
    assertThat(one.until()).isEqualTo(LocalDate.of(2006, 1, 31));
    assertThat(context.getBean(ClosedReview.class).promoted(2007, true, "", 0, 10)).isEmpty();
    assertThat(context.getBean(ClosedReview.class).promoted(null, true, "", 0, 10)).hasSize(4);
  }

  private void outcome(String outcome) {
    jdbc.sql("update protection.lead_person set outcome = ?").param(outcome).update();
  }

  @Test
  void whatWasCountedIsKeptForEachPartUntilAnythingOfItChanges() throws Exception {
    police.person("K1");
    take("1,Complaint,,2004-05-02,2005-01-31,East\n", "1,K1,,,,3,PO,05A,Force,UNFOUNDED,\n");
    Sight here = new Sight.Part(DAY, Set.of(unit), null, Set.of(), Set.of(), false, 0);
    Sight there =
        new Sight.Part(
            DAY,
            Set.of(desk.unit("review-other", "county", null)),
            null,
            Set.of(),
            Set.of(),
            false,
            0);
    MatterReview.Report first = Sights.as(here, review::over);
    assertThat(first.cleared()).isEqualTo(1);
    assertThat(first.basis().imported())
        .isEqualTo(
            jdbc.sql("select max(id) from protection.matter_import").query(Long.class).single());
    desk.time.moveTo(DAY.plusDays(1));
    assertThat(Sights.as(here, review::over)).as("not counted again").isEqualTo(first);
    assertThat(Sights.as(there, review::over).matters()).isZero();

    outcome("unproven");
    MatterReview.Report changed = Sights.as(here, review::over);
    assertThat(changed.cleared()).isZero();
    assertThat(changed.basis().countedAt()).isAfter(first.basis().countedAt());

    outcome("unfounded");
    desk.theClockRuns();
    desk.time.moveTo(DAY.plusDays(2));
    MatterReview.Report byTheClock = Sights.as(here, review::over);
    assertThat(byTheClock.cleared()).isEqualTo(1);
    assertThat(byTheClock.basis().countedAt()).isEqualTo(changed.basis().countedAt());

    // The control: a change that leaves no mark is not seen.
    jdbc.sql("alter table protection.lead_person disable trigger counted_again").update();
    try {
      outcome("unproven");
      assertThat(Sights.as(here, review::over).cleared()).isEqualTo(1);
    } finally {
      jdbc.sql("alter table protection.lead_person enable trigger counted_again").update();
    }
    outcome("unproven");
    assertThat(Sights.as(here, review::over).cleared()).isZero();
  }

  private String page(String who, String path) throws Exception {
    MockHttpServletResponse response =
        mvc.perform(get(path).with(user(desk.as(who)))).andReturn().getResponse();
    assertThat(response.getStatus()).as(path).isEqualTo(200);
    return response.getContentAsString(StandardCharsets.UTF_8);
  }

  @Test
  void everyNumberOfThePageOpensWhatItCountsAndEachReaderSeesTheOwnPart() throws Exception {
    police.person("V1");
    take(
        "1,Complaint,,2004-05-02,2005-01-31,East\n2,Complaint,,2005-05-02,2005-06-30,\n",
        """
        1,V1,,,,3,PO,05A,Force,UNFOUNDED,
        2,V1,,,,3,PO,05A,Abuse,SUSTAINED,100 - REPRIMAND
        2,,,,,,,05A,Force,,
        """);
    rank(police.person("V1"), "SERGEANT", "2005-12-30");
    String shown = page("review-officer", "/protection/closed?lang=en");
    java.util.regex.Matcher links =
        java.util.regex.Pattern.compile("<td class=\"num\"><a href=\"([^\"]+)\">([0-9]+)</a>")
            .matcher(shown);
    int opened = 0;
    while (links.find()) {
      String path = links.group(1).replace("&amp;", "&");
      if (path.startsWith("/protection/closed/allegations")) {
        String records = page("review-officer", path);
        assertThat(records.split("<tr data-href", -1).length - 1).as(path).isPositive();
        opened++;
      } else {
        assertThat(page("review-officer", path)).as(path).contains("<tr data-href");
      }
    }
    assertThat(opened).isGreaterThan(5);
    assertThat(page("review-officer", "/protection/closed/allegations?outcome=breach"))
        .contains("Abuse")
        .doesNotContain(">Force<");
    assertThat(page("review-officer", "/protection/closed/cleared")).contains("V1");
    assertThat(page("review-officer", "/protection/closed/promotions")).contains("SERGEANT");
    assertThat(page("review-officer", "/protection/closed/charts/years.csv")).contains("2004");
    assertThat(page("review-officer", "/protection/closed?sort=-years.1"))
        .contains("<details class=\"as-table\" open");
    assertThat(page("review-elsewhere", "/protection/closed/allegations")).doesNotContain("V1");
    long lead =
        jdbc.sql("select id from protection.lead where reference = '1'").query(Long.class).single();
    assertThat(page("review-officer", "/protection/leads/" + lead)).contains("UNFOUNDED");

    // Whoever is accused does not see the matter, officer or not, nor is it counted for them.
    if (jdbc.sql("select count(*) from platform.account where sign_in_name = 'review-own'")
            .query(Long.class)
            .single()
        == 0) {
      desk.own("review-own", police.person("V1"));
      context
          .getBean(Assignments.class)
          .give(
              Assignments.Wanted.held(
                  desk.as("review-own").account(),
                  Role.DISCIPLINE_OFFICER,
                  unit,
                  LocalDate.of(2000, 1, 1)),
              "test");
    }
    ClosedMatters closed = context.getBean(ClosedMatters.class);
    assertThat(Sights.as(closed.sight(desk.as("review-own")), () -> review.over().allegations()))
        .isZero();
    assertThat(
            Sights.as(closed.sight(desk.as("review-officer")), () -> review.over().allegations()))
        .isEqualTo(3);
  }

  @Test
  void filesSentByTheBrowserAreTakenByWhoWorksForEverybodyOnly() throws Exception {
    police.person("W1");
    MockMultipartFile matters =
        new MockMultipartFile(
            "matters",
            "m.csv",
            "text/csv",
            (HEAD + "1,Complaint,,2004-05-02,2005-01-31,East\n").getBytes(StandardCharsets.UTF_8));
    MockMultipartFile accused =
        new MockMultipartFile(
            "accused",
            "a.csv",
            "text/csv",
            (ACCUSED_HEAD + "1,W1,,,,3,PO,05A,Force,UNFOUNDED,\n1,W1,,,,3,PO,05A,Force,WHAT,\n")
                .getBytes(StandardCharsets.UTF_8));
    assertThat(
            mvc.perform(
                    multipart("/protection/closed/files")
                        .file(matters)
                        .file(accused)
                        .param("pack", "chicago/complaints")
                        .with(user(desk.as("review-officer")))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(403);
    String job =
        mvc.perform(
                multipart("/protection/closed/files")
                    .file(matters)
                    .file(accused)
                    .param("pack", "chicago/complaints")
                    .with(user(desk.as("review-everywhere")))
                    .with(csrf()))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    assertThat(job).startsWith("/jobs/");
    for (int i = 0; i < 200; i++) {
      if (jdbc.sql("select count(*) from protection.matter_import where finished_at is not null")
              .query(Long.class)
              .single()
          == 2) {
        break;
      }
      Thread.sleep(100);
    }
    assertThat(jdbc.sql("select count(*) from protection.allegation").query(Long.class).single())
        .isEqualTo(1);
    assertThat(
            jdbc.sql(
                    "select recorded_by || ' ' || refused from protection.matter_import where part"
                        + " = 'accused'")
                .query(String.class)
                .list())
        .containsExactly("review-everywhere 1");
  }
}
