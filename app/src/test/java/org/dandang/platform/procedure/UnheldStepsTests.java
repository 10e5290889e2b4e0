package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.RoleShortages.RoleShortage;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Wording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** A step that nobody can do is told of, instead of waiting in silence. */
@DandangTest
@Import(Desk.Surroundings.class)
class UnheldStepsTests {
  private static final String PACK = "national/inquiry-letter";

  @Autowired ApplicationContext context;
  @Autowired UnheldSteps unheld;
  @Autowired Reading reading;

  private Desk desk;
  private long unit;

  @BeforeEach
  void open() {
    desk = new Desk(context);
    desk.time.moveTo(LocalDate.of(2026, 12, 1));
    unit = desk.unit("unheld", "county", null);
    desk.account("unheld-drafter", Role.PERSONNEL_OFFICER, unit);
    desk.account("unheld-keeper", Role.SECURITY_ADMINISTRATOR, null);
  }

  @AfterEach
  void backToTheDayOfOtherTests() {
    desk.time.moveTo(LocalDate.of(2026, 6, 1));
  }

  private Done letter(String key) {
    return desk.begin(
        "unheld-drafter",
        PACK,
        unit,
        new Party("official", desk.official(key, unit)),
        Office.LETTER);
  }

  private List<RoleShortage> here() {
    return unheld.today().stream().filter(one -> one.unit().contains("unheld")).toList();
  }

  private List<Wording> seen(String who, Done done) {
    return Sights.everything(() -> reading.view(done.matter(), desk.as(who)))
        .orElseThrow()
        .unheld();
  }

  private long told() {
    return desk.jdbc
        .sql(
            """
            select count(*) from platform.notice n join platform.account a on a.id = n.account_id
             where a.sign_in_name = 'unheld-keeper' and n.subject ->> 'zh-CN' like '%unheld%'
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void whoGivesRolesIsToldOnceADayAndTheMatterSaysSoUntilSomebodyHoldsTheRole() {
    Done first = letter("U1");
    Done second = letter("U2");
    assertThat(here())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.roles()).containsExactly(Role.HEAD_OF_PERSONNEL);
              assertThat(one.steps()).isEqualTo(2);
            });
    assertThat(seen("unheld-drafter", first)).hasSize(1);
    assertThat(told()).isEqualTo(1);

    desk.account("unheld-chief", Role.HEAD_OF_PERSONNEL, unit);
    assertThat(here()).isEmpty();
    assertThat(seen("unheld-drafter", first)).isEmpty();
    desk.act("unheld-chief", first, "approve", "", Map.of());
    assertThat(here()).as("what waits for the party waits for somebody").isEmpty();

    desk.jdbc
        .sql("update platform.account set disabled_at = now() where sign_in_name = 'unheld-chief'")
        .update();
    assertThat(here())
        .as("an account that may not sign in does nothing")
        .singleElement()
        .extracting(RoleShortage::steps)
        .isEqualTo(1L);
    assertThat(seen("unheld-drafter", second)).hasSize(1);
    assertThat(told()).isEqualTo(1);
  }
}
