package org.dandang.protection.tolerance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.dandang.platform.web.Refused;
import org.dandang.policy.fact.Facts;
import org.dandang.protection.Bureau;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/**
 * P46 (Guangdong) and P47 (Shijiazhuang): same facts, same result, explained by clause; the
 * negative list wins; nothing is tolerated without a correction plan that is followed to the end.
 */
@DandangTest
@AutoConfigureMockMvc
@Import(Bureau.Surroundings.class)
class ErrorToleranceTests {
  private static final String GUANGDONG = "guangdong/error-tolerance";
  private static final String SHIJIAZHUANG = "shijiazhuang/tolerance-with-correction";
  private static final LocalDate DAY = LocalDate.of(2024, 6, 3);

  @Autowired Cases cases;
  @Autowired Procedures procedures;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;
  @Autowired CorrectionPlans plans;
  @Autowired PlanList list;
  @Autowired Tolerances tolerances;
  @Autowired Facts facts;
  @Autowired MockMvc mvc;
  @Autowired List<Recurring> recurring;

  private Bureau bureau;

  @BeforeEach
  void open() {
    clock.moveTo(DAY);
    bureau = new Bureau(accounts, assignments, jdbc, cases);
  }

  private Procedure procedure(String pack) {
    return procedures.find(pack, DAY, "test").orElseThrow();
  }

  /** A matter up to the step at which it is decided. */
  private Done decided(String pack, long official, Map<String, String> other, boolean planned) {
    Done done =
        bureau.begin(
            bureau.account(official),
            pack,
            official,
            ToleranceAnswers.application(DAY.minusDays(6)));
    done = bureau.act("officer", done, "accept", "", ToleranceAnswers.ACCEPTANCE);
    done =
        bureau.act(
            "officer", done, "verified", "", ToleranceAnswers.verification(procedure(pack), other));
    done = bureau.act(bureau.account(official), done, "no-reply", "", Map.of());
    return planned
        ? bureau.act(
            "officer2",
            done,
            "planned",
            "",
            ToleranceAnswers.plan(bureau.key(official), DAY.plusDays(40)))
        : bureau.act("officer2", done, "no-plan", "拟不予容错", Map.of());
  }

  private Done tolerate(Done done) {
    return bureau.act("head", done, "tolerate", "符合条件", ToleranceAnswers.DETERMINATION);
  }

  @Test
  void goesFromAnApplicationToAVerifiedCorrection() throws Exception {
    long official = bureau.official("卫国平");
    Done done = tolerate(decided(SHIJIAZHUANG, official, Map.of(), true));
    assertThat(bureau.at(done.matter())).isEqualTo("feedback");
    bureau.act("officer", done, "told", "", ToleranceAnswers.FEEDBACK);
    assertThat(bureau.at(done.matter())).isEqualTo("tolerated");
    assertThat(tolerances.isNotCounted(official, DAY)).isTrue();
    assertThat(tolerances.isNotCounted(official, DAY.minusDays(1))).isFalse();
    assertThat(fact("errors-not-counted", official)).isEqualTo("1");
    assertThat(fact("corrections-open", official)).isEqualTo("2");

    CorrectionPlan plan = list.ofMatter(done.matter()).orElseThrow();
    CorrectionPlan.Item first = plan.items().getFirst();
    assertThatThrownBy(() -> plans.verify(first.id(), "已看过", bureau.as("officer")))
        .as("before it is reported")
        .isInstanceOf(Refused.class);
    plans.report(first.id(), "办法已修订，文号 3 号", bureau.account(official));
    assertThatThrownBy(() -> plans.verify(first.id(), "自己看过", bureau.account(official)))
        .isInstanceOf(Refused.class);
    plans.sendBack(first.id(), "没有写明抽查比例", bureau.as("officer"));
    plans.report(first.id(), "已补充抽查比例", bureau.account(official));
    plans.verify(first.id(), "已查阅文件", bureau.as("officer"));

    // The second passes its time: it is on the overdue list and those who answer for it are told.
    clock.moveTo(DAY.plusDays(55));
    for (Recurring one : recurring) {
      one.run();
    }
    assertThat(list.list(PlanList.Which.OVERDUE, 0, 10_000)).anyMatch(one -> one.id() == plan.id());
    assertThat(bureau.notices("deadline:%")).isPositive();
    CorrectionPlan.Item second = plan.items().get(1);
    plans.report(second.id(), "逐件复查完毕", bureau.account(official));
    plans.verify(second.id(), "已抽查五件", bureau.as("officer2"));
    CorrectionPlan whole = list.find(plan.id()).orElseThrow();
    assertThat(whole.completed()).isEqualTo(DAY.plusDays(55));
    assertThat(whole.items().getFirst().acts())
        .extracting(CorrectionPlan.Act::act)
        .containsExactly("reported", "returned", "reported", "verified");
    assertThat(fact("corrections-open", official)).isEqualTo("0");
  }

  @Test
  void aDisciplineOfficerSeesThePlansOfTheUnitAndVerifiesOnTheirPage() throws Exception {
    long official = bureau.official("卫国安");
    Done done = tolerate(decided(SHIJIAZHUANG, official, Map.of(), true));
    bureau.act("officer", done, "told", "", ToleranceAnswers.FEEDBACK);
    CorrectionPlan plan = list.ofMatter(done.matter()).orElseThrow();
    long item = plan.items().getFirst().id();
    plans.report(item, "办法已修订", bureau.account(official));
    if (!accounts.exists("et-discipline")) {
      long account = accounts.open("et-discipline", "纪检", "a long password", null, "test");
      assignments.give(
          Assignments.Wanted.held(
              account, Role.DISCIPLINE_OFFICER, bureau.unit, LocalDate.of(2000, 1, 1)),
          "test");
    }
    SignedIn discipline = accounts.loadUserByUsername("et-discipline");
    assertThat(asked(discipline, get("/protection/plans"))).contains("<tr");
    assertThat(asked(discipline, get("/protection/tolerance"))).contains("<tr");
    assertThat(asked(discipline, get("/protection/plans/" + plan.id()))).contains("卫国安");
    asked(discipline, post("/protection/plans/items/" + item + "/verify").param("words", "已查阅文件"));
    assertThat(list.find(plan.id()).orElseThrow().items().getFirst().state()).isEqualTo("verified");
  }

  private String asked(SignedIn who, MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(request.with(user(who)).with(csrf()))
        .andReturn()
        .getResponse()
        .getContentAsString(StandardCharsets.UTF_8);
  }

  private String fact(String id, long official) {
    return String.valueOf(
        facts
            .of(
                "official",
                official,
                List.of(id),
                LocalDate.now(clock.withZone(clock.getZone())),
                null)
            .get(id));
  }

  @Test
  void nothingIsToleratedWithoutAPlan() {
    long official = bureau.official("仲天明");
    Done done = decided(SHIJIAZHUANG, official, Map.of(), false);
    assertThatThrownBy(() -> tolerate(done))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("no-plan"));
    assertThat(bureau.at(done.matter())).as("nothing was recorded").isEqualTo("decide");
    assertThat(tolerances.isNotCounted(official, DAY)).isFalse();
    assertThat(list.ofMatter(done.matter())).isEmpty();
  }

  @Test
  void aPlanFilledInByHalfIsNoPlan() {
    long official = bureau.official("费晓东");
    Done done = decided(GUANGDONG, official, Map.of(), false);
    done = bureau.act("head", done, "look-again", "方案要补", Map.of());
    done =
        bureau.act(
            "officer",
            done,
            "verified",
            "",
            ToleranceAnswers.verification(procedure(GUANGDONG), Map.of()));
    done = bureau.act(bureau.account(official), done, "no-reply", "", Map.of());
    Map<String, String> half =
        new HashMap<>(ToleranceAnswers.plan(bureau.key(official), DAY.plusDays(30)));
    half.remove("item-2-until");
    Done planned = bureau.act("officer2", done, "planned", "", half);
    assertThatThrownBy(() -> tolerate(planned))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("half-an-item"));
  }

  @Test
  void theNegativeListWinsOverEverythingInFavour() {
    for (String item :
        List.of(
            "safety-accident",
            "environment",
            "food-drugs",
            "mass-incident",
            "bribery",
            "repeated",
            "banned")) {
      long official = bureau.official("秦" + item);
      Done done = decided(GUANGDONG, official, Map.of(item, "present"), true);
      assertThatThrownBy(() -> tolerate(done))
          .as(item)
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.key()).endsWith("excluded");
                assertThat(refused.text(java.util.Locale.ENGLISH)).contains("clause");
              });
      Done object = bureau.act("head", done, "not-tolerate", "属于负面清单", Map.of());
      bureau.act(bureau.account(official), object, "no-objection", "", Map.of());
      assertThat(bureau.at(done.matter())).isEqualTo("not-tolerated");
      assertThat(tolerances.isNotCounted(official, DAY)).isFalse();
    }
  }

  @Test
  void theSameFactsComeToTheSameResultByTheSameClause() {
    Random random = new Random(46);
    Map<Map<String, String>, String> results = new HashMap<>();
    for (int i = 0; i < 12; i++) {
      Map<String, String> other = new TreeMap<>();
      // Few choices vary, so that facts recur.
      other.put("consequences", random.nextBoolean() ? "unfavourable" : "neutral");
      other.put("recovery", random.nextBoolean() ? "unfavourable" : "favourable");
      other.put("gains-nobody", random.nextInt(4) == 0 ? "not-met" : "met");
      long official = bureau.official("路" + i);
      Done done = decided(GUANGDONG, official, other, true);
      String result;
      try {
        tolerate(done);
        result =
            jdbc.sql(
                    "select proposed || ' ' || rule || ' ' || clause from protection.tolerance"
                        + " where matter_id = ?")
                .param(done.matter())
                .query(String.class)
                .single();
      } catch (Refused refused) {
        result = refused.text(java.util.Locale.ENGLISH);
      }
      String before = results.putIfAbsent(other, result);
      assertThat(before == null || before.equals(result)).as(other + " " + result).isTrue();
    }
    assertThat(results.values())
        .anyMatch(one -> one.startsWith("tolerate all-in-favour 3"))
        .anyMatch(one -> one.startsWith("lighter several-against 5"))
        .anyMatch(one -> one.contains("clause 4"));
  }

  @Test
  void anApplicationOutOfItsTimeIsNotAccepted() {
    long official = bureau.official("杭之江");
    Done late =
        bureau.begin(
            bureau.account(official),
            GUANGDONG,
            official,
            ToleranceAnswers.application(LocalDate.of(2024, 5, 1)));
    assertThatThrownBy(() -> bureau.act("officer", late, "accept", "", ToleranceAnswers.ACCEPTANCE))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("late"));
    bureau.act("officer", late, "not-accept", "超过申请期限", Map.of());
    assertThat(bureau.at(late.matter())).isEqualTo("not-accepted");
    Map<String, String> decided = new HashMap<>(ToleranceAnswers.application(DAY.minusDays(5)));
    decided.put("accountability-decided-on", DAY.minusDays(1).toString());
    Done over = bureau.begin(bureau.account(official), GUANGDONG, official, decided);
    assertThatThrownBy(() -> bureau.act("officer", over, "accept", "", ToleranceAnswers.ACCEPTANCE))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("decided"));
  }

  @Test
  void whoVerifiedOrPlannedDoesNotDetermine() {
    long official = bureau.official("苗青山");
    Done done = decided(GUANGDONG, official, Map.of(), true);
    assertThatThrownBy(
            () -> bureau.act("officer", done, "tolerate", "x", ToleranceAnswers.DETERMINATION))
        .isInstanceOf(Refused.class);
  }

  @Test
  void everyChoiceOfTheVerificationBearsOnTheRules() {
    Procedure guangdong = procedure(GUANGDONG);
    long choices =
        guangdong.forms().get("verification").fields().stream()
            .filter(field -> field.kind() instanceof Field.Kind.Choice)
            .count();
    assertThat(choices).isEqualTo(3 + 6 + 4 + 1 + 7);
  }
}
