package org.dandang.survey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.Cookie;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dandang.Chromium;
import org.dandang.Dandang;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/**
 * The ballot in a real browser: the token is made, blinded, signed and used by the page's script.
 */
@SpringBootTest(
    classes = Dandang.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "dandang.password.cost=4")
@ContextConfiguration(initializers = DandangTest.FreshDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretVoteBrowserTests {
  private static final String PASSWORD = "a long password";
  private static final Map<String, List<String>> LISTS =
      Map.of("posts", List.of("县长", "副县长"), "candidates", List.of("张三", "李四", "王五"));

  @LocalServerPort int port;
  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  @Autowired Surveys surveys;
  @Autowired Electorates electorates;
  @Autowired Opening opening;
  @Autowired Collecting collecting;
  @Autowired Casting casting;
  @Autowired Closing closing;
  @Autowired Results results;
  @Autowired Clock clock;

  private Votes votes;
  private Chromium chromium;

  @BeforeAll
  void start() {
    votes = new Votes(jdbc, surveys, electorates, opening, collecting, casting, clock);
    accounts.create("officer", "王组干", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
    chromium = Chromium.launch();
  }

  @AfterAll
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private BrowserContext signedIn(String name, int width) {
    BrowserContext context =
        chromium.context(new Browser.NewContextOptions().setViewportSize(width, 844));
    context.addCookies(List.of(new Cookie("language", "en").setDomain("127.0.0.1").setPath("/")));
    Page page = context.newPage();
    page.navigate(address("/sign-in"));
    page.fill("#name", name);
    page.fill("#password", PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("sign-in"));
    page.close();
    return context;
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private static void look(Page page, String name) {
    Chromium.picture(page, "vote-" + name);
    assertThat(Chromium.violations(page)).as(name).isEmpty();
    assertThat(Chromium.wide(page)).as(name + " fits").isEmpty();
  }

  @Test
  void aVoterCollectsFillsInHandsInAndFindsTheOwnBallotAmongThoseCounted() {
    long id = votes.open("national/democratic-recommendation", true, LISTS, votes.officials(9));
    List<Long> voters = votes.voters(id);
    long own = voters.getFirst();
    accounts.create("voter", "选民", PASSWORD, Role.OFFICIAL, own, "test");
    try (BrowserContext phone = signedIn("voter", 390);
        BrowserContext other = signedIn("voter", 390)) {
      Page page = phone.newPage();
      List<String> errors = new ArrayList<>();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              errors.add(message.text());
            }
          });
      page.navigate(address("/me/surveys"));
      look(page, "mine");
      page.locator("a.name").first().click();
      page.waitForSelector("#collect:visible");
      look(page, "collect");
      page.locator("#collect button").click();
      page.waitForSelector("#ballot:visible");
      look(page, "form");

      // What is filled in is there again after leaving.
      page.locator("input[name='a.person.1'][value='#2']").check();
      page.locator("[name='a.person.2.free']").fill("赵六");
      page.reload();
      page.waitForSelector("#ballot:visible");
      assertThat(page.locator("input[name='a.person.1'][value='#2']").isChecked()).isTrue();

      // Another device of the same person says what is lost and collects nothing.
      Page second = other.newPage();
      second.navigate(address("/me/surveys/" + id));
      second.waitForSelector("#vote-said:visible");
      assertThat(second.locator("#vote-said").textContent()).contains("not in this browser");
      assertThat(second.locator("#collect").isVisible()).isFalse();
      assertThat(second.locator("#ballot").isVisible()).isFalse();

      // Three people are too many: said where it is, and nothing is used up.
      page.locator("input[name='a.person.1'][value='#1']").check();
      page.locator("input[name='a.person.1'][value='#3']").check();
      page.locator("#ballot button").click();
      page.waitForSelector("#vote-said:has-text('at most')");
      page.locator("input[name='a.person.1'][value='#3']").uncheck();

      // A cut before the answer: the ballot is kept, and handed in again it counts once.
      page.route(
          "**/ballots/**",
          route -> {
            route.fetch();
            route.abort();
          });
      page.locator("#ballot button").click();
      page.waitForSelector("#vote-said.alert-danger:has-text('try again')");
      page.unroute("**/ballots/**");
      Request[] sent = new Request[1];
      page.onRequest(
          request -> {
            if (request.url().contains("/ballots/")) {
              sent[0] = request;
            }
          });
      page.locator("#ballot button").click();
      page.waitForSelector("#vote-done:visible");
      assertThat(sent[0].allHeaders()).doesNotContainKeys("cookie", "referer", "x-csrf-token");
      assertThat(sent[0].postDataBuffer())
          .hasSize(casting.width(surveys.asked(surveys.find(id).orElseThrow())));
      look(page, "done");
      String receipt = page.locator("#receipt").textContent();
      assertThat(receipt).matches("([2-9A-Z]{4}-){4}[2-9A-Z]{4}");
      assertThat(closing.received(surveys.find(id).orElseThrow())).isEqualTo(1);
      assertThat(errors)
          .filteredOn(text -> !text.contains("ERR_FAILED") && !text.contains("409"))
          .isEmpty();

      for (int i = 1; i < 8; i++) {
        votes.cast(
            id,
            voters.get(i),
            votes.collected(id, voters.get(i)),
            Map.of("a.person.1", List.of("#1"), "a.person.2", List.of("#3")));
      }
      closing.close(id, "会议结束", "test");
      results.count(id, "test");
      page.navigate(address("/bulletins/" + id));
      page.waitForSelector("#receipts .here");
      assertThat(page.locator("#receipts .here").textContent()).isEqualTo(receipt);
      assertThat(page.locator("#receipt-told").textContent()).contains("counted");
      page.locator("#receipt-field").fill("2222-2222");
      assertThat(page.locator("#receipt-told").textContent()).contains("no such code");
      look(page, "bulletin");
    }
    try (BrowserContext desk = signedIn("officer", 1366)) {
      Page page = desk.newPage();
      page.navigate(address("/surveys/" + id));
      page.waitForFunction(
          "[...document.querySelectorAll('.chart')].every(chart => chart.querySelector('svg"
              + " path'))");
      look(page, "result");
      page.locator("table.rows a").first().click();
      page.waitForURL("**/answers?**");
      look(page, "answers");
    }
  }

  @Test
  void anOfficerPreparesOpensClosesAndCountsAVoteByName() {
    List<String> officials = votes.officials(5);
    try (BrowserContext desk = signedIn("officer", 1366)) {
      Page page = desk.newPage();
      page.navigate(address("/surveys"));
      look(page, "list");
      page.navigate(address("/surveys/new?pack=national/panel-vote"));
      look(page, "new");
      page.fill("input[name=title]", "Members vote");
      page.locator("main form button").click();
      page.waitForURL("**/surveys/*");
      String path = page.url();
      page.fill("textarea[name='list.matters']", "One\nTwo");
      page.locator("input[name=secret][value=false]").check();
      page.fill("input[name=closes]", "2099-01-01T12:00");
      page.locator("form[action^='/surveys/'] button:has-text('Save')").click();
      page.waitForSelector("[role=status]");
      page.navigate(path + "/electorate");
      page.fill("textarea[name=names]", String.join("\n", officials) + "\nnobody");
      page.locator("form:has(textarea) button").click();
      page.waitForSelector("[role=alert]:has-text('Line 6')");
      page.fill("textarea[name=names]", String.join("\n", officials));
      page.locator("form:has(textarea) button").click();
      page.waitForSelector("table.rows td:has-text('选民')");
      look(page, "electorate");
      page.navigate(path);
      look(page, "draft");
      page.locator("form[action$='/open'] button").click();
      page.waitForSelector("progress");
      look(page, "running");
      long id = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
      for (long official : votes.voters(id)) {
        casting.castNamed(
            id,
            official,
            Map.of("a.matter.1", List.of("for"), "a.matter.2", List.of("against")),
            "x");
      }
      page.reload();
      page.locator("form[action$='/close'] button").click();
      page.locator("form[action$='/count'] button").click();
      page.waitForSelector(".counted");
      assertThat(page.locator("main").textContent()).contains("Carried").contains("Not carried");
      look(page, "result-named");
    }
  }
}
