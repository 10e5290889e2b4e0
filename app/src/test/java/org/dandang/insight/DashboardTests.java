package org.dandang.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.insight.Dashboard.Count;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.Chart;
import org.dandang.platform.web.Page;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

@DandangTest
@TestPropertySource(properties = "dandang.test.database=dashboard")
@AutoConfigureMockMvc
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardTests {
  private static final ZoneId OFFICE = ZoneId.of("Asia/Shanghai");

  @Autowired JdbcClient jdbc;
  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired MessageSource messages;

  private static MovedClock clock() {
    MovedClock clock = MovedClock.running();
    clock.moveTo(Instant.parse("2026-06-30T04:00:00Z"));
    return clock;
  }

  @Test
  @Order(1)
  void saysHowToBeginWhenThereIsNobody() throws Exception {
    accounts.create("officer", "officer", "a long password", Role.PERSONNEL_OFFICER, null, "test");
    assertThat(dashboardPage()).contains("./dandang import roster").doesNotContain("data-chart");
  }

  @Test
  @Order(2)
  void countsWhatTheRegistersSayOnTheDay() throws Exception {
    fill();
    Dashboard dashboard = new Counting(jdbc, clock(), OFFICE).dashboard();
    assertThat(dashboard.asOf()).isEqualTo(LocalDate.of(2026, 6, 30));
    assertThat(dashboard.officials()).isEqualTo(4);
    assertThat(dashboard.serving()).isEqualTo(3);
    assertThat(dashboard.units()).isEqualTo(2);
    // The one who left and the one whose time there is over are not counted.
    assertThat(dashboard.frontLine()).isEqualTo(1);
    assertThat(dashboard.promotions()).isEqualTo(1);
    assertThat(dashboard.flagged()).isEqualTo(1);
    assertThat(dashboard.ages())
        .containsExactlyInAnyOrder(
            new Count("25", "1", 1), new Count("60", "2", 1), new Count(null, "0", 1));
    assertThat(dashboard.ranks())
        .containsExactlyInAnyOrder(
            new Count("一级科员", "", 1), new Count("</script><b>", "", 1), new Count(null, "", 1));
    assertThat(dashboard.levels())
        .containsExactlyInAnyOrder(
            new Count("township", "", 1), new Count("county", "", 1), new Count(null, "", 1));
    assertThat(dashboard.frontLineYears())
        .containsExactlyInAnyOrder(
            new Count("2020", "township", 1),
            new Count("2024", "first-secretary", 1),
            new Count("2025", "township", 1),
            new Count("2026", "township", 1));
    assertThat(dashboard.promotionYears())
        .containsExactlyInAnyOrder(new Count("2026", "with", 1), new Count("2021", "without", 1));
  }

  @Test
  @Order(3)
  void isCountedOnceAMinute() {
    MovedClock clock = clock();
    Counting counting = new Counting(jdbc, clock, OFFICE);
    Dashboard first = counting.dashboard();
    clock.move(Duration.ofSeconds(59));
    assertThat(counting.dashboard()).isSameAs(first);
    clock.move(Duration.ofSeconds(1));
    assertThat(counting.dashboard()).isNotSameAs(first).isEqualTo(first);
  }

  @Test
  @Order(4)
  void theDayIsTheOffices() {
    MovedClock clock = clock();
    clock.moveTo(Instant.parse("2026-06-30T16:30:00Z"));
    assertThat(new Counting(jdbc, clock, OFFICE).dashboard().asOf()).isEqualTo("2026-07-01");
  }

  @Test
  @Order(5)
  void whatFilesSayCannotEndAScriptOfThePage() throws Exception {
    String page = dashboardPage();
    assertThat(page).doesNotContain("</script><b>").contains("&lt;/script&gt;&lt;b&gt;");
    List<String> options =
        Pattern.compile("<script type=\"application/json\"[^>]*>(.*?)</script>", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(result -> result.group(1))
            .toList();
    assertThat(options).hasSize(5);
    for (String json : options) {
      assertThat(new ObjectMapper().readTree(json).has("series")).isTrue();
    }
    assertThat(new ObjectMapper().readTree(options.get(1)).at("/yAxis/data").valueStream())
        .extracting(JsonNode::asString)
        .contains("</script><b>");
  }

  @Test
  @Order(6)
  void theTableHasTheNumbersOfTheChartAndTheWordsTheLargest() {
    Dashboard dashboard =
        new Dashboard(
            LocalDate.of(2026, 6, 30),
            100,
            90,
            1,
            0,
            0,
            0,
            0,
            List.of(new Count("30", "1", 60), new Count("40", "2", 25), new Count(null, "9", 5)),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Count("2025", "with", 3)));
    Page page =
        new Page(
            messages,
            Locale.ENGLISH,
            null,
            List.of(),
            "",
            path -> false,
            "/",
            "",
            "",
            "",
            "",
            OFFICE,
            List.of(),
            name -> name);
    List<Chart> charts = new Charts(page).of(dashboard);
    Chart ages = charts.getFirst();
    assertThat(ages.columns()).containsExactly("Age", "Men", "Women", "Sex not on record");
    assertThat(ages.rows())
        .containsExactly(
            new Chart.Row("40–44", List.of(0L, 25L, 0L)),
            new Chart.Row("35–39", List.of(0L, 0L, 0L)),
            new Chart.Row("30–34", List.of(60L, 0L, 0L)),
            new Chart.Row("Not on record", List.of(0L, 0L, 5L)));
    assertThat(ages.words())
        .isEqualTo("Serving officials by age and sex: 90 in all, most of them 30–34 with 60.");
    assertThat(charts.get(1).words()).isEqualTo("Serving officials by rank: nothing yet.");
    Chart promotions = charts.getLast();
    assertThat(promotions.rows()).hasSize(Counting.YEARS);
    assertThat(promotions.rows().get(Counting.YEARS - 2))
        .isEqualTo(new Chart.Row("2025", List.of(3L, 0L)));
  }

  private String dashboardPage() throws Exception {
    SignedIn officer = accounts.loadUserByUsername("officer");
    return mvc.perform(get("/").with(user(officer))).andReturn().getResponse().getContentAsString();
  }

  private void fill() {
    jdbc.sql(
            """
            insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by)
            values ('t', 'c', 'County', 'county', 'county', now(), 't'),
                   ('t', 't', 'Township', 'township', 'township', now(), 't');
            insert into official.official (source, key) values ('t', '1'), ('t', '2'), ('t', '3'), ('t', '4');
            insert into official.identity (official_id, name, sex, born, status, recorded_at, recorded_by)
            select id, key, case key when '1' then 1 when '2' then 2 else 0 end,
                   case key when '1' then date '2000-07-01' when '2' then date '1961-01-01' end,
                   case key when '4' then 'left' else 'serving' end, now(), 't'
              from official.official;
            insert into official.rank_held (official_id, rank, since, recorded_at, recorded_by)
            select id, r.rank, r.since, now(), 't'
              from official.official,
                   (values ('1', '二级科员', date '2019-06-01'), ('1', '一级科员', date '2022-01-01'),
                           ('1', '四级主任科员', date '2027-01-01'), ('2', '</script><b>', null)) as r (key, rank, since)
             where official.key = r.key;
            insert into official.posting (official_id, unit_id, kind, post_level, starts_on, ends_on, recorded_at, recorded_by)
            select o.id, u.id, p.kind, p.level, p.starts_on, p.ends_on, now(), 't'
              from (values ('1', 't', 'regular', '160', date '2025-01-01', date '2026-03-01'),
                           ('1', 't', 'regular', '142', date '2026-03-01', null),
                           ('2', 'c', 'regular', '150', date '1990-01-01', date '2021-01-01'),
                           ('2', 'c', 'regular', '142', date '2021-01-01', null),
                           ('2', 'c', 'first-secretary', null, date '2024-01-01', date '2026-01-01'),
                           ('4', 't', 'regular', '160', date '2020-01-01', null))
                   as p (key, unit, kind, level, starts_on, ends_on)
              join official.official o on o.key = p.key
              join organisation.unit u on u.code = p.unit;
            insert into official.timeline_flag (official_id, kind, posting_id)
            select official_id, 'overlap', id from official.posting limit 2
            """)
        .update();
  }
}
