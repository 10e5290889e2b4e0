package org.dandang.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dandang.DandangTest;
import org.dandang.platform.procedure.Desk;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What selection sees of protection: who is not clear until when, and nothing else. */
@DandangTest
@Import(Desk.Surroundings.class)
class ClearanceTests {
  @Autowired ApplicationContext context;
  @Autowired Slates slates;
  @Autowired JdbcClient jdbc;

  @Test
  void aListNamesThoseUnderAPeriodOnItsDay() {
    Desk desk = new Desk(context);
    long unit = desk.unit("cl-bureau", "county-department", null);
    long barred = desk.official("cl-barred", unit);
    desk.official("cl-clear", unit);
    long sanction =
        jdbc.sql(
                """
                insert into protection.sanction (official_id, family, measure, pack, decided_on, recorded_at, recorded_by)
                values (?, 'sanction', 'sanction-demerit', 'x', date '2026-03-01', now(), 'test') returning id
                """)
            .param(barred)
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into protection.sanction_effect (sanction_id, official_id, effect, amount, unit, most, figure, figure_from, clause)
            values (?, ?, 'no-promotion', 12, 'month', 48, 'x', date '2000-01-01', '3')
            """)
        .params(sanction, barred)
        .update();
    assertThat(notClear(LocalDate.of(2027, 2, 28)))
        .singleElement()
        .matches(one -> one.official() == barred)
        .matches(one -> one.until().equals(LocalDate.of(2027, 3, 1)));
    assertThat(notClear(LocalDate.of(2027, 3, 1))).as("the day it is over").isEmpty();
  }

  private List<SlateView.NotClear> notClear(LocalDate day) {
    long slate =
        slates.propose(
            "名单 " + day,
            day,
            List.of(
                new SlateLine(1, "cl-barred", "cl-bureau", "142", null),
                new SlateLine(2, "cl-clear", "cl-bureau", "142", null)),
            "test");
    return slates.notClear(slates.find(slate).orElseThrow());
  }

  @Test
  void noOtherStatementOfSelectionNamesProtection() throws IOException {
    Pattern named = Pattern.compile("protection\\.[a-z_]+");
    try (Stream<Path> files =
        Stream.concat(
            Files.walk(Path.of("src/main/java/org/dandang/selection")),
            Files.walk(Path.of("src/main/resources/db/migration/selection")))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher matcher = named.matcher(Files.readString(file));
        while (matcher.find()) {
          assertThat(matcher.group()).as(file.toString()).isEqualTo("protection.clearance_on");
        }
      }
    }
  }
}
