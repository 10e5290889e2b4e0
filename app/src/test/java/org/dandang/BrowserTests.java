package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.dandang.demonstration.Demonstration;
import org.dandang.demonstration.DemonstrationNotices;
import org.dandang.demonstration.DemonstrationVotes;
import org.dandang.demonstration.Size;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.jobs.Progress;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.draft.Draft;
import org.dandang.policy.draft.Drafts;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.selection.SlateLine;
import org.dandang.selection.Slates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * Every page as people meet it: in a real browser, in three languages, on a desk and on a phone.
 */
@SpringBootTest(
    classes = Dandang.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "dandang.password.cost=4",
      "dandang.step-up.within=3h",
      "dandang.second-factor.required="
    })
@ContextConfiguration(initializers = DandangTest.FreshDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTests {
  private static final String PASSWORD = "a long password";
  private static final List<String> LANGUAGES = List.of("zh-CN", "zh-Hant", "en");
  private static final List<Width> WIDTHS = List.of(new Width(1366, 850), new Width(390, 844));

  /** Who looks at a page. */
  private enum Reader {
    NOBODY,
    OFFICER,
    SECOND_OFFICER,
    OFFICIAL,
    SECURITY,
    HEAD,
    AUDITOR
  }

  /**
   * A page that is looked at.
   *
   * @param path of it; {@code {official}} stands for an official's number
   * @param first opens the first link of the page that fits this selector; null: the page itself
   */
  private record Place(String name, String path, Reader reader, @Nullable String first) {}

  private static final List<Place> PLACES =
      List.of(
          new Place("sign-in", "/sign-in", Reader.NOBODY, null),
          new Place("dashboard", "/", Reader.OFFICER, null),
          new Place("officials", "/officials", Reader.OFFICER, null),
          new Place(
              "conditions",
              "/officials?c=age:between:40%7C50&c=sex:is:female&fact=rank",
              Reader.OFFICER,
              null),
          new Place("roster", "/officials/roster?status=serving", Reader.OFFICER, null),
          new Place("compare", "/officials/compare?id={official}&id={other}", Reader.OFFICER, null),
          new Place("official", "/officials/{official}", Reader.OFFICER, null),
          new Place("known", "/officials/{official}?known={day}", Reader.OFFICER, null),
          new Place("form", "/officials/{official}/form", Reader.OFFICER, null),
          new Place(
              "forms-print",
              "/officials/forms/print?id={official}&id={other}",
              Reader.OFFICER,
              null),
          new Place("form-mine", "/me/form", Reader.OFFICIAL, null),
          new Place(
              "record-new", "/officials/{official}/registers/education/new", Reader.OFFICER, null),
          new Place(
              "record-correct",
              "/officials/{official}",
              Reader.OFFICER,
              "main a[href*='/registers/posting/']:not([href$='/new'])"),
          new Place("document", "/officials/{official}/documents/new", Reader.OFFICER, null),
          new Place("unsettled", "/officials/{official}/unsettled", Reader.OFFICER, null),
          new Place("duplicates", "/officials/duplicates", Reader.OFFICER, null),
          new Place("upload", "/imports/new", Reader.OFFICER, null),
          new Place("units", "/units", Reader.OFFICER, null),
          new Place("structure", "/units/{unit}/structure", Reader.OFFICER, null),
          new Place(
              "structure-officials",
              "/units/{unit}/structure/officials?scope=subtree&by=sex&group=female",
              Reader.OFFICER,
              null),
          new Place("protection", "/protection", Reader.OFFICER, null),
          new Place("surveys", "/surveys", Reader.OFFICER, null),
          new Place("survey-new", "/surveys/new", Reader.OFFICER, null),
          new Place("survey-result", "/surveys/1", Reader.OFFICER, null),
          new Place("survey-group", "/surveys/1?group=others", Reader.OFFICER, null),
          new Place("survey-open", "/surveys/2", Reader.OFFICER, null),
          new Place("survey-electorate", "/surveys/2/electorate", Reader.OFFICER, null),
          new Place("survey-paper", "/surveys/2/paper", Reader.OFFICER, null),
          new Place("survey-paper-print", "/surveys/2/paper/print", Reader.OFFICER, null),
          new Place("survey-answers", "/surveys/1", Reader.OFFICER, "main a[href*='/answers?']"),
          new Place("survey-bulletin", "/bulletins/1", Reader.OFFICER, null),
          new Place("my-votes", "/me/surveys", Reader.OFFICIAL, null),
          new Place("my-vote-secret", "/me/surveys/2", Reader.OFFICIAL, null),
          new Place("my-vote-named", "/me/surveys/3", Reader.OFFICIAL, null),
          new Place("inbox", "/inbox?tab=unit", Reader.OFFICER, null),
          new Place("inbox-mine", "/inbox", Reader.OFFICIAL, null),
          new Place("matter-new", "/matters/new", Reader.OFFICER, null),
          new Place("policies", "/policies", Reader.OFFICER, null),
          new Place("policy", "/policies", Reader.OFFICER, "main a[href^='/policies/']"),
          new Place("run", "/runs/{run}", Reader.OFFICER, null),
          new Place(
              "why",
              "/why/guizhou/front-line-priority/{official}?asOf={day}",
              Reader.OFFICER,
              null),
          new Place("quota", "/runs/{quota}?among=county", Reader.OFFICER, null),
          new Place("decision", "/decisions/{decision}?replay=now", Reader.OFFICER, null),
          new Place("decisions", "/decisions/of/official/{official}", Reader.OFFICER, null),
          new Place("decision-mine", "/me/decisions/{decision}", Reader.OFFICIAL, null),
          new Place(
              "simulate",
              "/policies/guizhou/front-line-priority/simulate?asOf={day}&set.required-front-line-months=12",
              Reader.OFFICER,
              null),
          new Place(
              "simulate-slate",
              "/policies/zhaotong/front-line-quota/simulate?asOf={day}&slate={slate}",
              Reader.OFFICER,
              null),
          new Place("pack", "/policies/guizhou/front-line-priority", Reader.OFFICER, null),
          new Place("draft", "/drafts/{draft}?review=now", Reader.OFFICER, null),
          new Place("facts", "/facts", Reader.OFFICER, null),
          new Place(
              "slate-form", "/slates/new?pack=zhaotong/front-line-quota", Reader.OFFICER, null),
          new Place(
              "slate", "/slates/{slate}?pack=zhaotong/front-line-quota", Reader.OFFICER, null),
          new Place("unit", "/units/1", Reader.OFFICER, null),
          new Place("imports", "/imports", Reader.OFFICER, null),
          new Place("import", "/imports/1", Reader.OFFICER, null),
          new Place("custody", "/custody", Reader.OFFICER, null),
          new Place("unsealing-new", "/custody/requests/new", Reader.OFFICER, null),
          new Place("password", "/account/password", Reader.OFFICER, null),
          new Place("deadlines", "/deadlines?which=running", Reader.OFFICER, null),
          new Place("deadline", "/deadlines?which=running", Reader.OFFICER, "main a.name"),
          new Place(
              "deadline-suspended", "/deadlines?which=suspended", Reader.OFFICER, "main a.name"),
          new Place("notices", "/notices", Reader.OFFICER, null),
          new Place("notices-mine", "/notices", Reader.OFFICIAL, null),
          new Place("notice", "/notices", Reader.OFFICIAL, ".notice-list a"),
          new Place("handing-over", "/handing-over", Reader.OFFICER, null),
          new Place("mail", "/administration/mail", Reader.OFFICER, null),
          new Place("public-notices", "/public-notices", Reader.OFFICER, null),
          new Place(
              "public-notice-new", "/public-notices/new?kind=selection", Reader.OFFICER, null),
          new Place("public-notice", "/public-notices", Reader.OFFICER, "main a.name"),
          new Place(
              "public-notice-draft", "/public-notices?which=draft", Reader.OFFICER, "main a.name"),
          new Place("posted", "/public/notices", Reader.NOBODY, null),
          new Place("posted-one", "/public/notices", Reader.NOBODY, ".notice-list a"),
          new Place(
              "receipt", "/public/objections?receipt=AAAA-BBBB-CCCC-DDDD", Reader.NOBODY, null),
          new Place("calendar", "/calendar?year=2026", Reader.OFFICER, null),
          new Place("calendar-provisional", "/calendar?year=2040", Reader.OFFICIAL, null),
          new Place("account", "/account", Reader.OFFICER, null),
          new Place("account-mine", "/account", Reader.OFFICIAL, null),
          new Place("confirm", "/account/confirm", Reader.OFFICER, null),
          new Place("authenticator", "/account/authenticator", Reader.OFFICER, null),
          new Place("missing", "/no-such-page", Reader.OFFICER, null),
          new Place("path", "/officials/{official}/path", Reader.OFFICER, null),
          new Place("path-mine", "/me/path", Reader.OFFICIAL, null),
          new Place("corrections", "/corrections?state=all", Reader.OFFICER, null),
          new Place("corrections-mine", "/me/corrections", Reader.OFFICIAL, null),
          new Place("correction-choose", "/me/corrections/new", Reader.OFFICIAL, null),
          new Place(
              "correction-new",
              "/me",
              Reader.OFFICIAL,
              "main a[href*='/me/corrections/new?register=posting&row=']"),
          new Place("me", "/me", Reader.OFFICIAL, null),
          new Place("readings", "/me/readings", Reader.OFFICIAL, null),
          new Place("ledger", "/ledger", Reader.AUDITOR, null),
          new Place("ledger-entry", "/ledger", Reader.AUDITOR, "main td a.name"),
          new Place("own-roles", "/account/roles", Reader.OFFICER, null),
          new Place("accounts", "/accounts", Reader.SECURITY, null),
          new Place("kept-account", "/accounts?q=officer", Reader.SECURITY, "main table a.name"),
          new Place("my-unit", "/my-unit", Reader.HEAD, null),
          new Place("my-unit-person", "/my-unit", Reader.HEAD, "main table a.name"),
          new Place(
              "why-mine",
              "/me/why/guizhou/front-line-priority/{official}?asOf={day}",
              Reader.OFFICIAL,
              null));

  private record Width(int width, int height) {}

  private record Look(Place place, String language, Width width) {
    @Override
    public String toString() {
      return place.name() + "-" + language + "-" + width.width();
    }
  }

  private static Path packs = Path.of("unset");

  /** Packs of its own: what is put in force here becomes a file. */
  @DynamicPropertySource
  static void packsOfItsOwn(DynamicPropertyRegistry properties) throws IOException {
    Path shipped = Path.of("..", "packs");
    packs = Files.createTempDirectory("dandang-packs");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.sorted().toList()) {
        Path copy = packs.resolve(shipped.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    properties.add("dandang.packs", packs::toString);
  }

  @LocalServerPort int port;
  @Autowired Demonstration demonstration;
  @Autowired DemonstrationNotices demonstrationNotices;
  @Autowired DemonstrationVotes demonstrationVotes;
  @Autowired Accounts accounts;
  @Autowired PolicyRuns policies;
  @Autowired Slates slates;
  @Autowired Decisions decisions;
  @Autowired Drafts drafts;
  @Autowired JdbcClient jdbc;

  private final Map<Reader, Page> pages = new EnumMap<>(Reader.class);
  private final Map<Reader, String> sessions = new EnumMap<>(Reader.class);
  private Playwright playwright;
  private Browser browser;
  private long official;
  private long run;
  private long quota;
  private long slate;
  private long decision;
  private long draft;
  private LocalDate day = LocalDate.EPOCH;

  @BeforeAll
  void fillAndSignIn() {
    Path chromium = chromium();
    demonstration.fill(Size.SMALL, file -> Progress.unwatched());
    official = demonstration.somebody().orElseThrow().officialId();
    demonstrationVotes.hold(official);
    day =
        jdbc.sql("select max(starts_on) from official.posting where starts_on <= current_date")
            .query(LocalDate.class)
            .single();
    run =
        policies
            .run("guizhou/front-line-priority", day, null, "test", Progress.unwatched(), null)
            .id();
    quota =
        policies
            .run("zhaotong/front-line-quota", day, null, "test", Progress.unwatched(), null)
            .id();
    decision =
        Objects.requireNonNull(
            decisions
                .keep(policies.pack("guizhou/front-line-priority"), day, official, null, "test")
                .id());
    draft = drafts.begin("guizhou/front-line-priority", day, "a longer time", "test").id();
    slate = slates.propose("测试", day, List.of(clerk()), "test");
    accounts.create("officer", "王组干", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
    accounts.create("second", "赵组干", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
    accounts.create("official", "李一线", PASSWORD, Role.OFFICIAL, official, "test");
    accounts.create("auditor", "孙审计", PASSWORD, Role.AUDIT_ADMINISTRATOR, null, "test");
    demonstrationNotices.make("officer", official);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    sessions.put(Reader.OFFICER, signIn("officer"));
    sessions.put(Reader.SECOND_OFFICER, signIn("second"));
    sessions.put(Reader.OFFICIAL, signIn("official"));
    sessions.put(Reader.AUDITOR, signIn("auditor"));
    accounts.create("security", "孙安全", PASSWORD, Role.SECURITY_ADMINISTRATOR, null, "test");
    accounts.create("head", "周主任", PASSWORD, Role.HEAD_OF_UNIT, null, "test");
    sessions.put(Reader.SECURITY, signIn("security"));
    sessions.put(Reader.HEAD, signIn("head"));
  }

  @AfterAll
  void close() throws IOException {
    FileSystemUtils.deleteRecursively(packs);
    if (playwright != null) {
      playwright.close();
    }
  }

  static Stream<Look> looks() {
    return WIDTHS.stream()
        .flatMap(
            width ->
                LANGUAGES.stream()
                    .flatMap(
                        language ->
                            PLACES.stream().map(place -> new Look(place, language, width))));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void fitsTheScreenAndIsAccessible(Look look) {
    Page page = open(look);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", look + ".png"))
            .setFullPage(true));
    assertThat(page.getAttribute("html", "lang")).isEqualTo(look.language());
    for (Locator navigation : page.locator("body > nav, header nav").all()) {
      assertThat(navigation.boundingBox().height).as("navigation is hidden").isGreaterThan(15);
    }
    assertThat(wide(page)).as("reaches beyond the screen").isEmpty();
    assertThat(violations(page)).as("not accessible").isEmpty();
  }

  @Test
  void anOfficerRunsAPolicyAndReadsWhy() {
    Page page = open(new Look(place("policies"), "en", WIDTHS.getFirst()));
    page.getByText("Front-line officials first in promotion").first().click();
    page.locator("input[name=asOf]").fill(day.toString());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run")).click();
    page.getByText("Open the result").click();
    page.locator("table.walk a.name").first().click();
    page.waitForURL("**/why/**");
    assertThat(page.locator("main").textContent())
        .contains("Clause ")
        .contains("Facts")
        .contains("What would change the outcome");
    page.locator("details.evidence summary").first().click();
    assertThat(page.locator("details.evidence[open]").first().textContent()).contains(".csv");
  }

  @Test
  void theSharesOfCountiesStandBesideWhatIsRequired() {
    Page page = open(new Look(place("quota"), "en", WIDTHS.getFirst()));
    assertThat(page.locator("table.walk thead").textContent())
        .contains("Share with front-line service")
        .contains("Share required");
    List<String> rows = page.locator("table.walk tbody tr").allTextContents();
    assertThat(rows).isNotEmpty().allMatch(row -> row.contains("80%") && row.contains("county"));
  }

  @Test
  void movingAFigureRedrawsWhatWouldChange() {
    Page page = open(new Look(place("simulate"), "en", WIDTHS.getFirst()));
    page.navigate(address("/policies/guizhou/front-line-priority/simulate?asOf=" + day));
    assertThat(page.locator("#result").textContent()).contains("Nothing is changed");
    Locator slider = page.locator("input[type=range][data-twin='set.required-front-line-months']");
    slider.fill("6");
    page.waitForURL("**set.required-front-line-months=6**");
    page.waitForSelector("#result:has-text('24 → 6')");
    assertThat(
            page.locator("input[type=number][name='set.required-front-line-months']").inputValue())
        .isEqualTo("6");
    assertThat(page.locator("#result table.walk tbody tr").count()).isPositive();
    page.locator("#result table.walk a.name").first().click();
    page.waitForURL("**/why/**");
  }

  @Test
  void aTableIsEditedInTheBrowserAndPutInForceByTwoPeople() {
    LocalDate from = LocalDate.now(ZoneId.of("Asia/Shanghai")).plusDays(3);
    Page page = open(new Look(place("policy"), "en", WIDTHS.getFirst()));
    page.navigate(address("/policies/guizhou/front-line-priority"));
    page.waitForSelector("#table-view td.rule-index");
    page.locator("input[name=title]").fill("words for a row");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Begin a draft")).click();
    page.waitForURL("**/drafts/*");
    String address = page.url();

    Locator cell =
        page.locator("#table-editor td[data-element-id='grade-not-known-2'] .content-editable");
    assertThat(cell.textContent()).isEqualTo("null, \"not-graded\"");
    cell.click();
    page.keyboard().press("Control+A");
    page.keyboard().type("\"not-graded\", null");
    page.waitForSelector("#draft-said:text('Not saved yet')");
    page.locator("#draft-save").click();
    page.waitForSelector("#draft-said:text-is('Saved')");
    Draft saved =
        drafts.find(Long.parseLong(address.substring(address.lastIndexOf('/') + 1))).orElseThrow();
    assertThat(saved.edition()).isEqualTo(2);
    assertThat(saved.changedBy()).isEqualTo("officer");
    assertThat(saved.model()).contains("<text>\"not-graded\", null</text>");

    page.locator("input[name=from]").first().fill(from.toString());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check and test")).click();
    assertThat(page.locator("main").textContent()).contains("Passes");
    page.getByText("Simulate").click();
    page.waitForURL("**/simulate?**");
    page.waitForSelector("#result:has-text('version')");
    page.navigate(address);
    page.locator(".draft-propose input[name=from]").fill(from.toString());
    page.locator(".draft-propose textarea").fill("the council decided so");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Propose")).click();
    assertThat(page.locator("main").textContent()).contains("Another officer has to decide");

    Page second =
        page(
            new Look(new Place("draft", "", Reader.SECOND_OFFICER, null), "en", WIDTHS.getFirst()));
    second.navigate(address);
    second
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Put in force from"))
        .click();
    assertThat(second.locator("main").textContent()).contains("Put in force");
    assertThat(packs.resolve("guizhou/front-line-priority/front-line-priority." + from + ".dmn"))
        .content()
        .contains("<text>\"not-graded\", null</text>");
  }

  @Test
  void anOfficerTestsAListOfPromotions() {
    Page page = open(new Look(place("slate-form"), "en", WIDTHS.getFirst()));
    SlateLine clerk = clerk();
    page.locator("input[name=takesEffect]").fill(day.toString());
    page.locator("textarea").fill("nobody,%s,142".formatted(clerk.unit()));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compute")).click();
    assertThat(page.locator("[role=alert]").textContent()).contains("Row 1").contains("nobody");
    page.locator("textarea").fill("%s,%s,142".formatted(clerk.official(), clerk.unit()));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compute")).click();
    page.waitForURL("**/slates/*pack=**");
    assertThat(page.locator("main").textContent()).contains("With the list");
  }

  @Test
  void anOfficialAsksForACorrectionOnAPhoneAndAnOfficerAcceptsIt() {
    Page own = open(new Look(place("correction-new"), "en", WIDTHS.getLast()));
    own.locator("input[name='field.post']").fill("a post of another name");
    own.locator("textarea[name=reason]").fill("the appointment says so");
    own.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask").setExact(true))
        .click();
    own.waitForURL(java.util.regex.Pattern.compile(".*/me/corrections/\\d+"));
    assertThat(own.locator("main").textContent()).contains("a post of another name", "open");
    assertThat(wide(own)).isEmpty();
    assertThat(violations(own)).isEmpty();

    Page office = open(new Look(place("corrections"), "en", WIDTHS.getFirst()));
    office.locator("table.walk a.name").first().click();
    office.waitForURL("**/corrections/*");
    assertThat(wide(office)).isEmpty();
    assertThat(violations(office)).isEmpty();
    office
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Accept and record"))
        .click();
    office.waitForSelector("main:has-text('accepted')");
    own.reload();
    assertThat(own.locator("main").textContent()).contains("accepted").contains("officer");
    own.navigate(address("/me"));
    assertThat(own.locator("main").textContent()).contains("a post of another name");
  }

  @Test
  void choosingSomebodyInTheListShowsThePersonBesideIt() {
    Page page = open(new Look(place("officials"), "en", WIDTHS.getFirst()));
    Locator second = page.locator("table.walk a.name").nth(1);
    String name = second.textContent().strip();
    second.click();
    page.waitForURL("**/officials/**");
    assertThat(page.locator("#person h1").textContent()).isEqualTo(name);
    assertThat(page.locator("table.walk tr.here a.name").textContent().strip()).isEqualTo(name);
    page.reload();
    assertThat(page.locator("#person h1").textContent()).isEqualTo(name);
    assertThat(page.locator("table.walk a.name").count()).isGreaterThan(10);
  }

  @Test
  void aUnitIsChosenByTheKeyboardWhileItsNameIsTyped() {
    Page page = open(new Look(place("officials"), "en", WIDTHS.getFirst()));
    String county =
        jdbc.sql("select name from organisation.unit where level = 'county' order by code limit 1")
            .query(String.class)
            .single();
    Locator field = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Unit"));
    field.pressSequentially(county.substring(0, 2));
    page.waitForSelector(".unit-list [role=option][data-written]");
    assertThat(violations(page)).as("not accessible").isEmpty();
    page.keyboard().press("ArrowDown");
    assertThat(field.getAttribute("aria-activedescendant")).isNotBlank();
    page.keyboard().press("Enter");
    page.waitForURL("**within=**");
    assertThat(page.locator("#within").inputValue()).startsWith(county + " · ");
    assertThat(page.locator("table.walk a.name").count()).isPositive();
    assertThat(page.locator("[role=alert]").count()).isZero();
  }

  private static Place place(String name) {
    return PLACES.stream().filter(place -> place.name().equals(name)).findFirst().orElseThrow();
  }

  /** A clerk without a leading post, proposed for one in a county. */
  private SlateLine clerk() {
    return jdbc.sql(
            """
            select o.key, u.code from official.official o, organisation.unit u
             where u.level = 'county' and u.parent_id is not null
               and exists (select from official.current_posting p where p.official_id = o.id and p.post_level >= '150' and p.ends_on is null)
               and not exists (select from official.posting p where p.official_id = o.id and p.post_level < '150')
             order by o.key, u.code limit 1
            """)
        .query(
            (row, number) ->
                new SlateLine(1, row.getString("key"), row.getString("code"), "142", null))
        .single();
  }

  @Test
  void everythingIsReachedByTheKeyboard() {
    Page page = open(new Look(PLACES.get(1), "en", WIDTHS.getFirst()));
    page.keyboard().press("Tab");
    assertThat(focused(page)).isEqualTo("A#main");
    page.keyboard().press("Enter");
    assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");

    page.keyboard().press("/");
    assertThat(focused(page)).isEqualTo("INPUT q");

    List<String> passed = new ArrayList<>();
    for (int i = 0; i < 15 && !passed.contains("side /"); i++) {
      page.keyboard().press("Tab");
      passed.add(
          (String)
              page.evaluate(
                  "(document.activeElement.closest('nav.side') ? 'side ' : '')"
                      + " + (document.activeElement.getAttribute('href') ?? '')"));
    }
    assertThat(passed).contains("side /");
  }

  @Test
  void chartsAreDrawnAndTheirTablesShowTheSameNumbers() {
    Page page = open(new Look(PLACES.get(1), "en", WIDTHS.getFirst()));
    page.waitForFunction(
        "[...document.querySelectorAll('.chart')].every(chart => chart.querySelector('svg path'))");
    assertThat(page.locator(".chart").count()).isEqualTo(5);
    assertThat(page.locator("#ranks table").isVisible()).isFalse();
    page.locator("#ranks summary").click();
    assertThat(page.locator("#ranks table").isVisible()).isTrue();
    String serving = page.locator("a.figure[href$='status=serving'] b").innerText();
    Object sum =
        page.evaluate(
            "[...document.querySelectorAll('#ranks td')]"
                + ".reduce((sum, cell) => sum + +cell.textContent.replace(',', ''), 0)");
    assertThat(sum.toString()).isEqualTo(serving.replace(",", ""));

    // A number that counts records opens them.
    for (String figure : List.of("status=serving", "frontLine=now", "flag=any")) {
      page.navigate(address("/"));
      Locator opener = page.locator("a.figure[href*='" + figure + "']").first();
      String number = opener.locator("b").innerText();
      opener.click();
      assertThat(page.locator(".pager b").first().innerText()).as(figure).contains(number);
    }
  }

  @Test
  void signingInChangesTheSession() {
    try (BrowserContext context = browser.newContext();
        Page page = context.newPage()) {
      page.navigate(address("/sign-in"));
      Cookie cookie = session(context);
      assertThat(cookie.httpOnly).isTrue();
      assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
      page.fill("#name", "officer");
      page.fill("#password", PASSWORD);
      page.keyboard().press("Enter");
      page.waitForURL(url -> !url.contains("sign-in"));
      assertThat(session(context).value).isNotEqualTo(cookie.value);
    }
  }

  private static Cookie session(BrowserContext context) {
    return context.cookies().stream()
        .filter(cookie -> cookie.name.equals("DANDANG"))
        .findFirst()
        .orElseThrow();
  }

  private Page open(Look look) {
    Page page = page(look);
    Response response =
        page.navigate(
            address(
                look.place()
                    .path()
                    .replace("{official}", Long.toString(official))
                    .replace("{other}", Long.toString(official + 1))
                    .replace("{unit}", "1")
                    .replace("{run}", Long.toString(run))
                    .replace("{decision}", Long.toString(decision))
                    .replace("{draft}", Long.toString(draft))
                    .replace("{quota}", Long.toString(quota))
                    .replace("{slate}", Long.toString(slate))
                    .replace("{day}", day.toString())));
    boolean expected = !look.place().name().equals("missing");
    String first = look.place().first();
    if (first != null) {
      String link = page.locator(first).first().getAttribute("href");
      response = page.navigate(address(link));
    }
    assertThat(response.status()).isEqualTo(expected ? 200 : 404);
    assertThat(page.url().endsWith("/sign-in")).isEqualTo(look.place().path().equals("/sign-in"));
    return page;
  }

  /** One page for each reader, so that styles and scripts are fetched once. */
  private Page page(Look look) {
    Page page =
        pages.computeIfAbsent(
            look.place().reader(),
            reader ->
                browser
                    .newContext(
                        new Browser.NewContextOptions().setStorageState(sessions.get(reader)))
                    .newPage());
    page.setViewportSize(look.width().width(), look.width().height());
    page.context()
        .addCookies(
            List.of(new Cookie("language", look.language()).setDomain("127.0.0.1").setPath("/")));
    return page;
  }

  private String signIn(String name) {
    try (BrowserContext context = browser.newContext();
        Page page = context.newPage()) {
      page.navigate(address("/sign-in"));
      page.fill("#name", name);
      page.fill("#password", PASSWORD);
      page.keyboard().press("Enter");
      page.waitForURL(url -> !url.contains("sign-in"));
      return context.storageState();
    }
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** Tag and, for a link, where to; for a field, its name. */
  private static String focused(Page page) {
    return (String)
        page.evaluate(
            "(e => e.tagName + (e.name ? ' ' + e.name : e.getAttribute('href') ??"
                + " ''))(document.activeElement)");
  }

  /** What makes the document wider than the screen. */
  private static List<?> wide(Page page) {
    return (List<?>)
        page.evaluate(
            """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 1)
                .map(e => e.tagName + '.' + e.getAttribute('class') + ' ' + Math.round(e.getBoundingClientRect().right))
                .slice(0, 8);
            }
            """);
  }

  private static List<String> violations(Page page) {
    return new AxeBuilder(page)
        .setLegacyMode(true).analyze().getViolations().stream()
            .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
            .map(BrowserTests::words)
            .toList();
  }

  private static String words(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getNodes().stream().map(node -> node.getTarget() + " " + node.getHtml()).toList();
  }

  private static Path chromium() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "The browser tests need Chromium: no chromium, chromium-browser or"
                        + " google-chrome on the PATH."));
  }
}
