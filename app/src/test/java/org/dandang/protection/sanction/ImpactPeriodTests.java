package org.dandang.protection.sanction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.dandang.DandangTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Impact periods of random measures: the longest wins, those that combine add up to the most and no
 * further, nothing is ever negative, and a later look never finds less unless something was
 * revoked.
 */
@DandangTest
class ImpactPeriodTests {
  private static final int ROUNDS = Boolean.getBoolean("dandang.long") ? 5_000 : 120;
  private static final int MOST = 48;
  private static final long PERSON = 4_000_001;
  private static final LocalDate FIRST = LocalDate.of(2015, 1, 31);

  @Autowired JdbcClient jdbc;

  private record Taken(LocalDate on, int months, boolean combines) {}

  @BeforeEach
  void empty() {
    jdbc.sql("truncate protection.sanction_effect, protection.sanction cascade").update();
  }

  @Test
  void theLongestWinsAndWhatCombinesIsCapped() {
    Random random = new Random(45);
    for (int round = 0; round < ROUNDS; round++) {
      empty();
      List<Taken> all = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        Taken one =
            new Taken(
                FIRST.plusDays(random.nextInt(1_500)),
                List.of(6, 12, 18, 24).get(random.nextInt(4)),
                random.nextBoolean());
        if (random.nextInt(4) == 0 && !all.isEmpty()) {
          one = new Taken(all.getFirst().on(), one.months(), one.combines());
        }
        all.add(one);
        enter(all.size(), one);
      }
      LocalDate before = null;
      for (LocalDate day = FIRST; day.isBefore(FIRST.plusYears(10)); day = day.plusDays(61)) {
        LocalDate asOf = day;
        List<Taken> known = all.stream().filter(one -> !one.on().isAfter(asOf)).toList();
        LocalDate until = until(asOf);
        assertThat(until).as("%s as of %s", known, asOf).isEqualTo(expected(known));
        if (until != null) {
          LocalDate longest =
              known.stream()
                  .map(one -> one.on().plusMonths(one.months()))
                  .max(Comparator.naturalOrder())
                  .orElseThrow();
          assertThat(until).isAfterOrEqualTo(longest);
          LocalDate newest =
              known.stream().map(Taken::on).max(Comparator.naturalOrder()).orElseThrow();
          assertThat(until).isBeforeOrEqualTo(newest.plusMonths(MOST));
          assertThat(monthsLeft(asOf, until)).isBetween(0, MOST);
          assertThat(monthsLeft(asOf, until) == 0).isEqualTo(!until.isAfter(asOf));
        }
        if (before != null) {
          assertThat(until).as("later looks find no less").isAfterOrEqualTo(before);
        }
        before = until;
      }
    }
  }

  @Test
  void aRevokedMeasureCountsUntilTheDayOfItsRevocationAndNotAfter() {
    enter(1, new Taken(LocalDate.of(2020, 1, 1), 6, true));
    enter(2, new Taken(LocalDate.of(2020, 3, 1), 12, true));
    assertThat(until(LocalDate.of(2020, 4, 1))).isEqualTo(LocalDate.of(2021, 7, 1));
    jdbc.sql(
            "update protection.sanction set revoked_on = date '2020-05-01', revoked_at = now()"
                + " where number = '1'")
        .update();
    assertThat(until(LocalDate.of(2020, 4, 30))).isEqualTo(LocalDate.of(2021, 7, 1));
    assertThat(until(LocalDate.of(2020, 5, 1))).isEqualTo(LocalDate.of(2021, 3, 1));
  }

  @Test
  void withoutTheCapTheCheckOfThisTestFails() {
    enter(1, new Taken(LocalDate.of(2020, 1, 1), 24, true));
    enter(2, new Taken(LocalDate.of(2020, 2, 1), 24, true));
    enter(3, new Taken(LocalDate.of(2020, 3, 1), 24, true));
    LocalDate capped = until(LocalDate.of(2020, 4, 1));
    assertThat(capped).isEqualTo(LocalDate.of(2024, 3, 1));
    jdbc.sql("update protection.sanction_effect set most = 600").update();
    assertThat(until(LocalDate.of(2020, 4, 1))).isEqualTo(LocalDate.of(2026, 1, 1));
  }

  /** The rule said a second time, in another way: what is left is counted day by day. */
  private static LocalDate expected(List<Taken> known) {
    LocalDate other =
        known.stream()
            .filter(one -> !one.combines())
            .map(one -> one.on().plusMonths(one.months()))
            .max(Comparator.naturalOrder())
            .orElse(null);
    LocalDate end = null;
    for (LocalDate day :
        known.stream().filter(Taken::combines).map(Taken::on).distinct().sorted().toList()) {
      int months =
          known.stream()
              .filter(one -> one.combines() && one.on().equals(day))
              .mapToInt(Taken::months)
              .max()
              .orElseThrow();
      LocalDate from = end != null && end.isAfter(day) ? end : day;
      LocalDate then = from.plusMonths(months);
      LocalDate most = day.plusMonths(MOST);
      then = then.isAfter(most) ? most : then;
      end = end == null || then.isAfter(end) ? then : end;
    }
    return end == null ? other : other == null || end.isAfter(other) ? end : other;
  }

  private void enter(int number, Taken one) {
    long id =
        jdbc.sql(
                """
                insert into protection.sanction (official_id, family, measure, pack, decided_on, number, recorded_at, recorded_by)
                values (?, 'x', 'x', 'x', ?, ?, now(), 'test') returning id
                """)
            .params(PERSON, one.on(), Integer.toString(number))
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into protection.sanction_effect (sanction_id, official_id, effect, amount, unit, most, figure, figure_from, clause)
            values (?, ?, 'no-promotion', ?, 'month', ?, 'x', date '2000-01-01', '1')
            """)
        .params(id, PERSON, one.months(), one.combines() ? MOST : null)
        .update();
  }

  private LocalDate until(LocalDate day) {
    return jdbc.sql(
            "select until from protection.impact_on(?) where official_id = ? and effect ="
                + " 'no-promotion'")
        .params(day, PERSON)
        .query(LocalDate.class)
        .optional()
        .orElse(null);
  }

  private int monthsLeft(LocalDate day, LocalDate until) {
    return jdbc.sql("select protection.months_left(?, ?)")
        .params(day, until)
        .query(Integer.class)
        .single();
  }
}
