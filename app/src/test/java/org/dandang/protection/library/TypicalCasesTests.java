package org.dandang.protection.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Procedures;
import org.dandang.platform.web.Refused;
import org.dandang.protection.Bureau;
import org.dandang.protection.tolerance.ToleranceAnswers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/**
 * P48 (Guilin): closed matters of tolerance become typical cases that name nobody, are reviewed by
 * another, are found by words and are offered, with why, where the next matter is decided.
 */
@DandangTest
@AutoConfigureMockMvc
@Import(Bureau.Surroundings.class)
class TypicalCasesTests {
  private static final String PACK = "shijiazhuang/tolerance-with-correction";
  private static final String GUANGDONG = "guangdong/error-tolerance";
  private static final LocalDate DAY = LocalDate.of(2024, 6, 3);

  @Autowired Cases cases;
  @Autowired Procedures procedures;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;
  @Autowired CaseLibrary library;
  @Autowired Traces traces;
  @Autowired MockMvc mvc;

  private Bureau bureau;

  @BeforeEach
  void open() {
    clock.moveTo(DAY);
    jdbc.sql("delete from protection.case_origin").update();
    jdbc.sql(
            "update protection.typical_case set state = 'draft', published_on = null, published_by"
                + " = null")
        .update();
    jdbc.sql("delete from protection.typical_case").update();
    bureau = new Bureau(accounts, assignments, jdbc, cases);
  }

  /** A matter of tolerance up to the step at which it is decided. */
  private Done toDecide(String pack, long official, String matter, Map<String, String> other) {
    Map<String, String> application = new HashMap<>(ToleranceAnswers.application(DAY.minusDays(6)));
    application.put("matter", matter);
    Done done = bureau.begin(bureau.account(official), pack, official, application);
    done = bureau.act("officer", done, "accept", "", ToleranceAnswers.ACCEPTANCE);
    done =
        bureau.act(
            "officer",
            done,
            "verified",
            "",
            ToleranceAnswers.verification(procedures.find(pack, DAY, "test").orElseThrow(), other));
    done = bureau.act(bureau.account(official), done, "no-reply", "", Map.of());
    return bureau.act(
        "officer2",
        done,
        "planned",
        "",
        ToleranceAnswers.plan(bureau.key(official), DAY.plusDays(40)));
  }

  /** A closed matter; the number of its determination. */
  private long closed(long official, String matter, Map<String, String> other) {
    Done done = toDecide(PACK, official, matter, other);
    done = bureau.act("head", done, "tolerate", "符合条件", ToleranceAnswers.DETERMINATION);
    bureau.act("officer", done, "told", "", ToleranceAnswers.FEEDBACK);
    return jdbc.sql("select id from protection.tolerance where matter_id = ?")
        .param(done.matter())
        .query(Long.class)
        .single();
  }

  private String send(String who, MockHttpServletRequestBuilder request) throws Exception {
    MockHttpServletResponse response =
        mvc.perform(request.with(user(bureau.as(who))).with(csrf())).andReturn().getResponse();
    assertThat(response.getStatus()).as(who).isEqualTo(302);
    return String.valueOf(response.getRedirectedUrl());
  }

  private String page(SignedIn who, String path) throws Exception {
    MockHttpServletResponse response =
        mvc.perform(get(path).with(user(who))).andReturn().getResponse();
    assertThat(response.getStatus()).as(path).isEqualTo(200);
    return response.getContentAsString(StandardCharsets.UTF_8);
  }

  /** A case is begun, what was found is replaced, the rest confirmed; by the pages. */
  private long anonymised(long tolerance) throws Exception {
    String path = send("officer", post("/protection/cases/from/" + tolerance));
    long id = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    TypicalCase draft = library.find(id).orElseThrow();
    MockHttpServletRequestBuilder save =
        post(path).param("title", draft.title()).param("text", draft.text());
    int n = 0;
    for (Traces.Trace trace : library.traces(draft)) {
      save.param("t." + n, trace.text()).param("r." + n, trace.proposed());
      n++;
    }
    send("officer", save);
    return id;
  }

  private Done proposed(long id) throws Exception {
    MockHttpServletRequestBuilder propose =
        post("/protection/cases/" + id + "/propose")
            .param("pack", "guilin/typical-cases")
            .param("client", UUID.randomUUID().toString());
    for (Traces.Trace trace : library.traces(library.find(id).orElseThrow())) {
      propose.param("stays", trace.text());
    }
    String path = send("officer", propose);
    assertThat(path).startsWith("/matters/");
    return cases.begin(
        new Command(UUID.randomUUID(), bureau.as("officer")),
        Long.parseLong(path.substring("/matters/".length())),
        Map.of("case", Long.toString(id), "why-typical", "说明试点中的失误怎样认定", "anonymised", "checked"));
  }

  private void review(Done done, String outcome) {
    bureau.act("head2", done, outcome, outcome.equals("publish") ? "" : "意义不大", Map.of());
  }

  @Test
  void fiftyOneTypicalCasesComeOutOfClosedMatters() throws Exception {
    Random random = new Random(48);
    List<String> names = new ArrayList<>();
    int published = 0;
    int matters = 0;
    while (published < 51) {
      String name = "欧阳" + "春夏秋冬江河湖海".charAt(random.nextInt(8)) + (char) ('一' + matters);
      long official = bureau.official(name);
      long tolerance =
          closed(
              official,
              name + "同志在 2023 年 5 月推进第" + matters + "号项目时试行容缺受理，清河县的一家企业未补交材料",
              Map.of("listed-situation", situation(random)));
      matters++;
      if (random.nextInt(12) == 0) {
        continue; // Not every closed matter guides others.
      }
      names.add(name);
      Done done = proposed(anonymised(tolerance));
      boolean refused = random.nextInt(10) == 0;
      review(done, refused ? "refuse" : "publish");
      published += refused ? 0 : 1;
    }
    assertThat(matters).isGreaterThan(51);
    assertThat(library.count()).isEqualTo(51);
    String list = page(bureau.as("officer"), "/protection/cases");
    assertThat(list).contains("51");
    for (TypicalCase one : library.published(0, 100)) {
      assertThat(names).noneMatch(name -> (one.title() + one.text()).contains(name));
      assertThat(one.text()).doesNotContain("清河县").doesNotContain("2023");
    }
    // The clock lays them out before anybody asks.
    long editions =
        jdbc.sql("select max(edition) from protection.typical_case").query(Long.class).single();
    assertThat(library.keptUpTo()).isLessThan(editions);
    new KeepingUp(library).run();
    assertThat(library.keptUpTo()).isEqualTo(editions);
    assertThat(library.search("容缺受理", 100)).hasSize(51);
  }

  private String situation(Random random) {
    List<String> known =
        procedures
            .find(PACK, DAY, "test")
            .orElseThrow()
            .forms()
            .get("verification")
            .fields()
            .stream()
            .filter(field -> field.id().equals("listed-situation"))
            .map(field -> (Field.Kind.Choice) field.kind())
            .findFirst()
            .orElseThrow()
            .options();
    return known.get(random.nextInt(Math.min(3, known.size())));
  }

  @Test
  void namesPlacesDaysAndNumbersAreFoundAndReplaced() throws Exception {
    long official = bureau.official("诸葛正明");
    bureau.official("章克难");
    long tolerance =
        closed(
            official,
            "2023年4月8日，清河县发展和改革局诸葛正明同志与章克难在南山镇商定先行开工，群众李大力反映，申请人王小明材料不实，文号〔2023〕12 号，电话 13800138000",
            Map.of());
    String path = send("officer", post("/protection/cases/from/" + tolerance));
    long id = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    TypicalCase draft = library.find(id).orElseThrow();
    Map<String, String> found = new HashMap<>();
    library.traces(draft).forEach(one -> found.put(one.text(), one.kind().word()));
    assertThat(found)
        .containsEntry("诸葛正明", "party")
        .containsEntry("章克难", "person")
        .containsEntry("李大力", "person")
        .containsEntry("王小明", "person")
        .containsEntry("清河县发展和改革局", "unit")
        .containsEntry("2023年4月8日", "day")
        .containsEntry("13800138000", "number");
    assertThat(found.keySet()).anyMatch(text -> text.endsWith("南山镇"));
    assertThat(page(bureau.as("officer"), path)).contains("诸葛正明").contains("章克难");

    // With the name of a party nothing is proposed, whatever was ticked.
    MockHttpServletRequestBuilder propose =
        post(path + "/propose")
            .param("pack", "guilin/typical-cases")
            .param("client", UUID.randomUUID().toString());
    found.keySet().forEach(text -> propose.param("stays", text));
    assertThat(send("officer", propose)).isEqualTo(path);

    library.save(id, "先行开工的失误", draft.text(), Map.of("诸葛正明", "某干部"), "officer");
    assertThatThrownBy(() -> library.publishable(id))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.key()).endsWith("not-confirmed");
              assertThat(refused.text(Locale.ENGLISH)).contains("章克难");
            });
    library.confirm(
        id,
        library.traces(library.find(id).orElseThrow()).stream().map(Traces.Trace::text).toList(),
        "officer");
    assertThat(library.publishable(id).leftIn()).contains("章克难", "李大力", "王小明");

    // A name that is written in afterwards was confirmed by nobody.
    library.save(
        id,
        "先行开工的失误",
        library.find(id).orElseThrow().text() + "，王主任知情，周小满书记同意",
        Map.of(),
        "officer");
    assertThatThrownBy(() -> library.publishable(id)).isInstanceOf(Refused.class);
  }

  @Test
  void whatIsReviewedIsNotChangedAndWhoPreparedDoesNotReview() throws Exception {
    long official = bureau.official("东方朔日");
    long id = anonymised(closed(official, "东方朔日推进改革时先行先试", Map.of()));
    Done done = proposed(id);
    assertThatThrownBy(() -> library.save(id, "别的", "别的话", Map.of(), "officer"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("reviewed"));
    assertThatThrownBy(() -> bureau.act("officer", done, "publish", "", Map.of()))
        .isInstanceOf(Refused.class);
    assertThat(page(bureau.as("head2"), "/matters/" + done.matter()))
        .as("the reviewer reads the whole")
        .contains("推进改革时先行先试");
    review(done, "return");
    library.save(id, "先行先试", "改写后的案例，未写人和地方", Map.of(), "officer");
    assertThat(library.count()).isZero();
  }

  @Test
  void similarCasesAreOfferedWithWhyWhereToleranceIsDecided() throws Exception {
    String like = "试行告知承诺，一家企业未按承诺补交材料";
    long published =
        anonymised(
            closed(
                bureau.official("司徒立新"),
                "司徒立新" + like,
                Map.of("listed-situation", situation(new Random(1)))));
    review(proposed(published), "publish");
    long other = anonymised(closed(bureau.official("慕容远行"), "慕容远行处置防汛险情时先行征用车辆", Map.of()));
    review(proposed(other), "publish");

    long official = bureau.official("宇文新案");
    Done done = toDecide(GUANGDONG, official, "审批改革中" + like + "，造成返工", Map.of());
    String shown = page(bureau.as("head"), "/matters/" + done.matter());
    assertThat(shown)
        .contains("/protection/cases/" + published)
        .contains("告知")
        .doesNotContain("司徒立新");
    assertThat(page(bureau.as("head"), "/protection/cases/" + published)).contains("承诺");
    assertThat(page(bureau.account(official), "/matters/" + done.matter()))
        .as("the party is not shown what others decide by")
        .doesNotContain("/protection/cases/");
    List<CaseLibrary.Similar> similar = library.similar(null, Map.of(), like, 5);
    assertThat(similar.getFirst().found().id()).isEqualTo(published);
    assertThat(similar.getFirst().why().words()).anyMatch(word -> word.contains("告知承诺"));

    library.takeBack(published, "事实有出入", "officer");
    assertThat(library.similar(null, Map.of(), like, 5))
        .noneMatch(one -> one.found().id() == published);
    assertThat(library.search("未按承诺补交", 5)).isEmpty();
    assertThat(page(bureau.as("officer"), "/protection/cases/" + published)).contains("事实有出入");
  }

  @Test
  void chineseWordsAreFoundWhereverTheyStandAndNothingElseIs() {
    try (CaseIndex index = new CaseIndex()) {
      index.put(
          List.of(
              one(1, "容缺受理", "对企业容缺受理后材料未补"),
              one(2, "应急征用", "汛期先行征用车辆 GB-7 号线"),
              one(3, "告知承诺", "告知承诺制试点")));
      index.show();
      assertThat(index.find("征用车辆", 10)).containsExactly(2L);
      assertThat(index.find("gb", 10)).containsExactly(2L);
      assertThat(index.find("受理", 10)).containsExactly(1L);
      assertThat(index.find("理受", 10)).as("not in this order").isEmpty();
      assertThat(index.find("'; drop table 容缺", 10)).isEmpty();
      assertThat(index.find("。", 10)).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TypicalCase one(long id, String title, String text) {
    return new TypicalCase(
        id, title, text, PACK, "pilot", "tolerate", Map.of(), 2024, "published", "", Set.of());
  }
}
