package org.dandang.protection.inaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dandang.DandangTest;
import org.dandang.platform.access.Role;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.FormRefused;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.web.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Row P42: whoever is not fit for the post steps down. Each adjustment has its situation of
 * fifteen, evidence and way, a talk, a review and an appeal; none comes about without persons.
 */
@DandangTest
@Import(Desk.Surroundings.class)
class SteppingDownTests {
  private static final String PACK = "guangxi/stepping-down";

  @Autowired ApplicationContext context;
  @Autowired Findings findings;
  @Autowired JdbcClient jdbc;

  private Desk desk;
  private long unit;

  @BeforeEach
  void office() {
    desk = new Desk(context);
    desk.time.moveTo(LocalDate.of(2026, 6, 1));
    long city = desk.unit("sd-city", "city", null);
    long county = desk.unit("sd-county", "county", city);
    unit = desk.unit("sd-bureau", "county-department", county);
    desk.account("sd-officer", Role.PERSONNEL_OFFICER, county);
    desk.account("sd-head", Role.HEAD_OF_UNIT, unit);
    desk.account("sd-county", Role.HEAD_OF_UNIT, county);
    desk.account("sd-city", Role.HEAD_OF_UNIT, city);
  }

  private Done verified(String key, String situation) {
    long official = desk.official(key, unit);
    desk.own(key, official);
    return desk.begin(
        "sd-officer",
        PACK,
        unit,
        Party.official(official),
        Map.of("situation", situation, "facts", "工作长期落后"),
        "evidence");
  }

  private Done decided(String key, String situation, String way) {
    Done done = verified(key, situation);
    done = desk.act(key, done, "replied", "", Map.of("statement", "我的说明"));
    done =
        desk.act("sd-officer", done, "propose", "", Map.of("proposed", way, "on-the-reply", "已核实"));
    done =
        desk.act(
            "sd-head",
            done,
            "adjust",
            "不适宜担任现职",
            Map.of("measure", way, "decided-on", "2026-06-01", "new-post", "四级调研员"));
    return desk.act(
        "sd-officer", done, "talked", "", Map.of("talked-on", "2026-06-02", "said", "已谈"));
  }

  @Test
  void eachAdjustmentHasSituationEvidenceAndWay() {
    Random random = new Random(42);
    Done first = verified("sd-0", "other");
    Field.Kind.Choice situations =
        (Field.Kind.Choice)
            desk.procedure(first.matter())
                .forms()
                .get("situation")
                .field("situation")
                .orElseThrow()
                .kind();
    assertThat(situations.options()).hasSize(15);
    List<String> ways =
        List.of("level-transfer", "rank-series", "handling-removal", "handling-lowered");
    int adjusted = 0;
    for (String situation : situations.options()) {
      String key = "sd-" + situation;
      Done done = decided(key, situation, ways.get(random.nextInt(ways.size())));
      if (random.nextInt(4) == 0) {
        done = desk.act(key, done, "object", "", Map.of("grounds", "事实有出入"));
        desk.act("sd-county", done, "lift", "事实有出入", Map.of());
        assertThat(desk.result(done.matter())).isEqualTo("lifted");
      } else {
        desk.act(key, done, "no-objection", "", Map.of());
        assertThat(desk.result(done.matter())).isEqualTo("adjusted");
        adjusted++;
      }
    }
    assertThat(Matrix.of(findings.steppedDownByTypeAndMeasure()).all()).isEqualTo(adjusted);
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from protection.finding f join platform.matter m on m.id = f.matter_id
                     where f.kind = 'stepping-down' and f.evidence > 0 and f.type <> '' and f.measure <> '' and m.result = 'adjusted'
                    """)
                .query(Integer.class)
                .single())
        .isEqualTo(adjusted);
    assertThat(findings.open(PACK, "situation", null))
        .as("what is listed is what a person entered evidence of")
        .anyMatch(one -> one.matter() == first.matter());
  }

  @Test
  void anUpheldReviewIsAppealedAgainstAndDecidedByAThird() {
    Done done = decided("sd-appealing", "ability", "handling-lowered");
    done = desk.act("sd-appealing", done, "object", "", Map.of("grounds", "不服"));
    done = desk.act("sd-county", done, "uphold", "维持", Map.of());
    assertThat(desk.at(done.matter())).isEqualTo("appeal");
    done = desk.act("sd-appealing", done, "object", "", Map.of("grounds", "仍不服"));
    Done appealed = done;
    for (String before : List.of("sd-head", "sd-county")) {
      assertThatThrownBy(() -> desk.act(before, appealed, "uphold", "维持", Map.of()))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.key()).endsWith("apart"));
    }
    desk.act("sd-city", done, "lift", "不当", Map.of());
    assertThat(desk.result(done.matter())).isEqualTo("lifted");
    assertThat(findings.steppedDown(0, 100)).noneMatch(one -> one.matter() == appealed.matter());
  }

  @Test
  void nobodyIsAdjustedWithoutEvidenceAndNothingRunsByItself() throws Exception {
    long official = desk.official("sd-nobody", unit);
    assertThatThrownBy(
            () ->
                desk.begin(
                    "sd-officer",
                    PACK,
                    unit,
                    Party.official(official),
                    Map.of("situation", "ability", "facts", "没有证据")))
        .isInstanceOf(FormRefused.class);
    int before =
        jdbc.sql("select count(*) from platform.matter where pack = ?")
            .param(PACK)
            .query(Integer.class)
            .single();
    desk.time.moveTo(LocalDate.of(2027, 6, 1));
    desk.theClockRuns();
    assertThat(
            jdbc.sql("select count(*) from platform.matter where pack = ?")
                .param(PACK)
                .query(Integer.class)
                .single())
        .as("the clock begins no such matter")
        .isEqualTo(before);
  }
}
