package org.dandang.protection.inaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.platform.access.Role;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.FormRefused;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.web.Refused;
import org.dandang.policy.fact.Facts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/**
 * Row P39: the clean-up of five kinds of inaction, handled by grades. The 331 come out of findings
 * put forward, answered, decided, and open to review; they are read off the module's own figures.
 */
@DandangTest
@AutoConfigureMockMvc
@Import(Desk.Surroundings.class)
class InactionCampaignTests {
  private static final String PACK = "heilongjiang/five-nos";
  private static final List<String> TYPES =
      List.of("not-willing", "not-daring", "not-able", "not-acting", "acting-slowly");
  private static final Map<String, List<String>> GRADES =
      Map.of(
          "slight", List.of("talk", "criticism", "written-check"),
          "ordinary", List.of("talk", "admonition"),
          "serious", List.of("admonition", "handling-post-adjusted", "handling-removal"));
  private static final Map<String, String> TALK = Map.of("talked-on", "2026-06-20", "said", "已谈话");

  @Autowired ApplicationContext context;
  @Autowired Campaigns campaigns;
  @Autowired Findings findings;
  @Autowired Facts facts;
  @Autowired MockMvc mvc;

  private Desk desk;
  private long unit;

  @BeforeEach
  void office() {
    desk = new Desk(context);
    desk.time.moveTo(LocalDate.of(2026, 6, 1));
    long county = desk.unit("ic-county", "county", null);
    unit = desk.unit("ic-bureau", "county-department", county);
    desk.account("ic-officer", Role.PERSONNEL_OFFICER, county);
    desk.account("ic-head", Role.HEAD_OF_UNIT, unit);
    desk.account("ic-head-above", Role.HEAD_OF_UNIT, county);
  }

  private long campaign(String title) {
    return campaigns.open(
        PACK,
        title,
        unit,
        LocalDate.of(2026, 6, 1),
        null,
        UUID.randomUUID(),
        desk.as("ic-officer"));
  }

  private Done putForward(long campaign, long official, String type) {
    return desk.begin(
        "ic-officer",
        PACK,
        unit,
        Party.official(official),
        Map.of(
            "campaign",
            Long.toString(campaign),
            "type",
            type,
            "found-by",
            "inspection",
            "facts",
            "应当办理而没有办理"),
        "evidence");
  }

  private Done propose(Done at, String severity, String measure) {
    return desk.act(
        "ic-officer",
        at,
        "propose",
        "",
        Map.of("proposed-severity", severity, "proposed", measure, "on-the-reply", "属实"));
  }

  private Done decide(Done at, String severity, String measure) {
    return desk.act(
        "ic-head",
        at,
        "handle",
        "事实清楚",
        Map.of("severity", severity, "measure", measure, "decided-on", "2026-06-18"));
  }

  @Test
  void threeHundredAndThirtyOneAreHandledByKindAndMeasure() throws Exception {
    Random random = new Random(39);
    long campaign = campaign("2026年第一批");
    int handled = 331;
    int others = 24;
    record One(Done at, String type, String severity, String measure) {}
    List<One> all = new ArrayList<>();
    Map<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < handled + others; i++) {
      String type = TYPES.get(random.nextInt(TYPES.size()));
      String severity = List.of("slight", "ordinary", "serious").get(random.nextInt(3));
      List<String> allowed = GRADES.get(severity);
      String measure = allowed.get(random.nextInt(allowed.size()));
      long official = desk.official("ic-" + i, unit);
      all.add(new One(putForward(campaign, official, type), type, severity, measure));
    }
    assertThat(findings.open(PACK, "type", campaign)).isNotEmpty();
    desk.time.moveTo(LocalDate.of(2026, 6, 15));
    desk.theClockRuns();
    for (int i = 0; i < all.size(); i++) {
      One one = all.get(i);
      assertThat(desk.at(one.at().matter())).isEqualTo("assess");
      desk.time.moveTo(LocalDate.of(2026, 6, 18));
      Done done = again(one.at());
      if (i < others / 2) {
        desk.act("ic-officer", done, "unfounded", "查无此事", Map.of());
      } else if (i < others) {
        done = propose(done, one.severity(), one.measure());
        desk.act("ic-head", done, "no-measure", "情节轻微已改正", Map.of());
      } else {
        done = decide(propose(done, one.severity(), one.measure()), one.severity(), one.measure());
        desk.act("ic-officer", done, "talked", "", TALK);
        expected.merge(one.type() + " " + one.measure(), 1L, Long::sum);
      }
    }
    assertThat(Matrix.of(findings.byTypeAndMeasure(campaign)).all())
        .as("nothing stands before the time for a review is over")
        .isZero();
    desk.time.moveTo(LocalDate.of(2026, 7, 30));
    desk.theClockRuns();
    Map<String, Long> found = new TreeMap<>();
    findings
        .byTypeAndMeasure(campaign)
        .forEach(one -> found.put(one.type() + " " + one.measure(), one.count()));
    assertThat(found).isEqualTo(expected);
    assertThat(Matrix.of(findings.byTypeAndMeasure(campaign)).all()).isEqualTo(331);
    assertThat(campaigns.find(campaign).orElseThrow().handled()).isEqualTo(331);
    assertThat(findings.open(PACK, "type", campaign)).isEmpty();
  }

  private Done again(Done at) {
    return new Done(at.matter(), 0, 0, false);
  }

  @Test
  void aMeasureAboveTheSeverityIsRefusedAndNothingIsEntered() throws Exception {
    long campaign = campaign("分级");
    long official = desk.official("ic-graded", unit);
    desk.own("ic-graded", official);
    Done done = putForward(campaign, official, "not-acting");
    done = desk.act("ic-graded", done, "replied", "", Map.of("statement", "情况如下"));
    Done proposed = propose(done, "slight", "handling-removal");
    assertThatThrownBy(() -> decide(proposed, "slight", "handling-removal"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("too-severe"));
    assertThat(desk.at(done.matter())).isEqualTo("decide");
    assertThat(findings.of(campaign, 0, 10)).isEmpty();
  }

  @Test
  void withoutEvidenceNothingIsPutForward() {
    long campaign = campaign("证据");
    long official = desk.official("ic-without", unit);
    assertThatThrownBy(
            () ->
                desk.begin(
                    "ic-officer",
                    PACK,
                    unit,
                    Party.official(official),
                    Map.of(
                        "campaign", Long.toString(campaign),
                        "type", "not-acting",
                        "found-by", "daily",
                        "facts", "没有证据")))
        .isInstanceOf(FormRefused.class);
  }

  @Test
  void anAdmonitionKeepsFromPromotionAndAwardsForItsTime() throws Exception {
    long campaign = campaign("诫勉");
    long official = desk.official("ic-admonished", unit);
    desk.own("ic-admonished", official);
    Done done = putForward(campaign, official, "acting-slowly");
    done = desk.act("ic-admonished", done, "no-reply", "", Map.of());
    done = decide(propose(done, "ordinary", "admonition"), "ordinary", "admonition");
    done = desk.act("ic-head", done, "talked", "", TALK);
    done = desk.act("ic-admonished", done, "object", "", Map.of("grounds", "已经改正"));
    Done objected = done;
    assertThatThrownBy(() -> desk.act("ic-head", objected, "uphold", "维持", Map.of()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("apart"));
    desk.time.moveTo(LocalDate.of(2026, 6, 20));
    desk.act("ic-head-above", done, "uphold", "维持", Map.of());
    assertThat(
            facts.of(
                "official",
                official,
                List.of("no-promotion", "no-award-this-year", "impact-period-until"),
                LocalDate.of(2026, 7, 1),
                null))
        .containsEntry("no-promotion", true)
        .containsEntry("no-award-this-year", true)
        .containsEntry("impact-period-until", LocalDate.of(2026, 12, 18));
    assertThat(
            facts.of(
                "official",
                official,
                List.of("no-promotion", "no-award-this-year"),
                LocalDate.of(2027, 1, 1),
                null))
        .containsEntry("no-promotion", false)
        .containsEntry("no-award-this-year", false);
  }

  @Test
  void whoWorksInTheUnitNamesItsCampaignsAndNobodyElsewhereDoes() {
    long campaign = campaign("范围");
    desk.account("ic-discipline", Role.DISCIPLINE_OFFICER, unit);
    desk.account("ic-far", Role.DISCIPLINE_OFFICER, desk.unit("ic-far", "county", null));
    assertThat(campaigns.find("范围", desk.as("ic-discipline"))).contains(campaign);
    assertThat(campaigns.find(Long.toString(campaign), desk.as("ic-officer"))).contains(campaign);
    assertThat(campaigns.find("范围", desk.as("ic-far"))).isEmpty();
    campaigns.close(campaign, "ic-officer");
    assertThat(campaigns.find("范围", desk.as("ic-discipline"))).isEmpty();
  }

  @Test
  void aDisciplineOfficerNamesWhoAMatterIsAboutWithoutReadingTheRecord() throws Exception {
    long county = desk.unit("ic-county", "county", null);
    long elsewhere = desk.unit("ic-elsewhere", "county", null);
    desk.account("ic-discipline", Role.DISCIPLINE_OFFICER, county);
    long official = desk.official("ic-named", unit);
    desk.official("ic-far", elsewhere);
    MockHttpServletResponse begun = drafted("某ic-named · ic-named");
    assertThat(begun.getStatus())
        .as(begun.getContentAsString(StandardCharsets.UTF_8))
        .isEqualTo(302);
    long matter = Long.parseLong(begun.getRedirectedUrl().substring("/matters/".length()));
    assertThat(
            desk.jdbc
                .sql("select subject from platform.matter_party where matter_id = ?")
                .param(matter)
                .query(Long.class)
                .single())
        .isEqualTo(official);
    for (String other : List.of("ic-far", "某ic-far", "nobody")) {
      MockHttpServletResponse refused = drafted(other);
      assertThat(refused.getStatus()).isEqualTo(200);
      assertThat(refused.getContentAsString(StandardCharsets.UTF_8)).contains(other + " 查无此人");
    }
    assertThat(answer(get("/officials/" + official)).getStatus()).isIn(403, 404);
  }

  @Test
  void aFormOffersCampaignsThatGoOnAndSaysTheChosenOneByName() throws Exception {
    desk.account("ic-discipline", Role.DISCIPLINE_OFFICER, desk.unit("ic-county", "county", null));
    long here = campaign("办理不力专项");
    long ended = campaign("上一批");
    campaigns.close(ended, "ic-officer");
    desk.official("ic-offered", unit);
    String draft = drafted("ic-offered").getRedirectedUrl();
    assertThat(answer(get(draft)).getContentAsString(StandardCharsets.UTF_8))
        .contains("<option value=\"办理不力专项 · " + here + "\">")
        .doesNotContain("上一批");
    Done begun = putForward(here, desk.official("ic-said", unit), "not-able");
    assertThat(
            desk.jdbc
                .sql("select answers ->> 'campaign' from platform.matter_form where matter_id = ?")
                .param(begun.matter())
                .query(String.class)
                .single())
        .isEqualTo("办理不力专项 · " + here);
    assertThat(findings.open(PACK, "type", here)).hasSize(1);
  }

  @Test
  void aFindingIsPutForwardOnlyInACampaignOverThePersonsUnit() throws Exception {
    long elsewhere = desk.unit("ic-elsewhere", "county", null);
    desk.account("ic-everywhere", Role.PERSONNEL_OFFICER, null);
    long here = campaign("只限本单位");
    long far = desk.official("ic-outside", elsewhere);
    assertThatThrownBy(
            () ->
                desk.begin(
                    "ic-everywhere",
                    PACK,
                    elsewhere,
                    Party.official(far),
                    Map.of(
                        "campaign",
                        Long.toString(here),
                        "type",
                        "not-able",
                        "found-by",
                        "inspection",
                        "facts",
                        "没有办理"),
                    "evidence"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.key()).isEqualTo("inaction.refused.outside-campaign"));
  }

  private MockHttpServletResponse drafted(String about) throws Exception {
    return answer(
        post("/matters")
            .param("pack", PACK)
            .param("about", about)
            .param("client", UUID.randomUUID().toString()));
  }

  private MockHttpServletResponse answer(MockHttpServletRequestBuilder asked) throws Exception {
    return mvc.perform(asked.with(user(desk.as("ic-discipline"))).with(csrf()))
        .andReturn()
        .getResponse();
  }
}
