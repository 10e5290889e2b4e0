package org.dandang.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dandang.DandangTest;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportOutcome;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.StorageProblem;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** One fill, followed from the first file to the last; each test goes on where the last ended. */
@DandangTest
@TestPropertySource(properties = "dandang.test.database=of its own")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemonstrationTests {
  @Autowired Demonstration demonstration;
  @Autowired JdbcClient jdbc;

  private static final Progress STOPS =
      new Progress() {
        @Override
        public void at(String step, long done, long total) {}

        @Override
        public boolean cancelled() {
          return true;
        }
      };

  @Test
  @Order(1)
  void refusesADatabaseThatHoldsOtherPeople() {
    jdbc.sql("insert into official.official (source, key) values ('place', '1')").update();
    assertThatThrownBy(() -> demonstration.fill(Size.SMALL, file -> Progress.unwatched()))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining("--data DIR");
    jdbc.sql("delete from official.official").update();
    assertThat(demonstration.isFilled()).isFalse();
  }

  @Test
  @Order(2)
  void aFillThatIsStoppedKeepsTheFilesItHadTakenIn() {
    assertThatThrownBy(
            () ->
                demonstration.fill(
                    Size.SMALL, file -> file.endsWith("grades") ? STOPS : Progress.unwatched()))
        .isInstanceOf(ImportCancelled.class);
    assertThat(demonstration.isFilled()).isFalse();
    assertThat(counts()).containsEntry("annual_grade", 0L);
    assertThat(counts().get("posting")).isGreaterThan(1_000);
  }

  @Test
  @Order(3)
  void theNextFillGoesOnWithTheSamePeopleAndNothingIsRefused() {
    Map<String, Long> before = counts();
    List<ImportOutcome> outcomes = demonstration.fill(Size.FULL, file -> Progress.unwatched());
    assertThat(outcomes).hasSize(7).allSatisfy(o -> assertThat(o.refused()).isZero());
    assertThat(demonstration.isFilled()).isTrue();
    assertThat(counts().get("official")).isEqualTo(before.get("official"));
    assertThat(counts().get("annual_grade")).isGreaterThan(5_000);
  }

  @Test
  @Order(4)
  void fillingAgainChangesNothing() {
    Map<String, Long> before = counts();
    assertThat(demonstration.fill(Size.SMALL, file -> Progress.unwatched())).isEmpty();
    assertThat(counts()).isEqualTo(before);
  }

  @Test
  @Order(5)
  void everyNameHasItsPinyinAndEveryPostingItsUnit() {
    assertThat(
            number(
                "select count(*) from official.current_identity where pinyin is null or initials is null"))
        .isZero();
    assertThat(
            number(
                "select count(*) from official.posting p where not exists (select 1 from organisation.unit u where u.id = p.unit_id)"))
        .isZero();
    assertThat(number("select count(*) from organisation.unit where hardship_class is not null"))
        .isEqualTo(number("select count(*) from organisation.unit where kind = 'township'"))
        .isPositive();
  }

  @Test
  @Order(5)
  void everybodyWhoServesHasStudiesAnAffiliationAndANumberThatHolds() {
    long serving =
        number("select count(*) from official.current_identity where status = 'serving'");
    assertThat(number("select count(distinct official_id) from official.current_affiliation"))
        .isEqualTo(serving);
    assertThat(
            number(
                "select count(distinct official_id) from official.current_education where kind = 'full-time' and level is not null"))
        .isEqualTo(serving);
    assertThat(
            number(
                "select count(distinct number_index) from official.current_identity where not number_disagrees"))
        .isEqualTo(number("select count(*) from official.official"));
    assertThat(number("select count(*) from official.current_family_member")).isGreaterThan(200);
    assertThat(
            number(
                "select count(*) from organisation.post_establishment e join organisation.unit u on u.id = e.unit_id where u.kind = 'county'"))
        .isPositive();
  }

  @Test
  @Order(5)
  void someLeadersHaveAFormAPhotoDecisionsAndNothingTwice() {
    long leaders = number("select count(*) from official.form");
    assertThat(leaders).isBetween(10L, 60L);
    assertThat(number("select count(*) from official.photo where superseded_at is null"))
        .isEqualTo(leaders);
    assertThat(
            number("select count(distinct official_id) from official.document where kind = 'form'"))
        .isEqualTo(leaders);
    assertThat(
            number(
                "select count(distinct official_id) from official.document where kind = 'appointment'"))
        .isEqualTo(leaders);
    assertThat(number("select count(*) from official.document where kind = 'award'")).isPositive();
    assertThat(number("select count(*) from official.current_penalty")).isPositive();
    assertThat(number("select count(*) from official.unsettled_line where settled_at is null"))
        .isBetween(1L, leaders);
    // The small prefecture's two counties lie low: every place has its zone on record, and it is 0.
    assertThat(number("select count(*) from organisation.unit where altitude_zone is not null"))
        .isEqualTo(number("select count(*) from organisation.unit where kind = 'township'"))
        .isPositive();
    // The résumé repeats what the list of postings says to the day.
    assertThat(
            number(
                """
                select count(*) from official.current_posting p
                  join official.import i on i.id = p.import_id and i.mapping = 'form'
                """))
        .isLessThan(leaders / 2);
    assertThat(
            number(
                """
                select count(*) from (select official_id from official.current_education e
                                       where e.kind = 'full-time' group by 1 having count(*) > 1) twice
                """))
        .isZero();
  }

  @Test
  @Order(6)
  void aFewTimelinesAreFlaggedAsTheyWouldBeInARealRegister() {
    long flagged = number("select count(distinct official_id) from official.timeline_flag");
    long all = number("select count(*) from official.official");
    assertThat((double) flagged / all).isBetween(0.002, 0.05);
  }

  @Test
  @Order(7)
  void somebodyWhoServesStandsBehindTheDemonstrationsOwnAccount() {
    assertThat(demonstration.somebody()).isPresent();
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String table :
        List.of("official", "identity", "posting", "rank_held", "annual_grade", "award")) {
      counts.put(table, number("select count(*) from official." + table));
    }
    counts.put("unit", number("select count(*) from organisation.unit"));
    return counts;
  }

  private long number(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }
}
