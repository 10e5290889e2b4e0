package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.demonstration.Demonstration;
import org.dandang.demonstration.DemonstrationNotices;
import org.dandang.demonstration.DemonstrationVotes;
import org.dandang.demonstration.Size;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.jobs.Progress;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.draft.Drafts;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.selection.SlateLine;
import org.dandang.selection.Slates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** The program with invented people, in a real browser, with everybody signed in. */
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
@DirtiesContext // what is filled in and the packs are one class's
abstract class InTheBrowser {
  static final String PASSWORD = "a long password";
  static final List<String> LANGUAGES = List.of("zh-CN", "zh-Hant", "en");
  static final List<Width> WIDTHS = List.of(new Width(1366, 850), new Width(390, 844));

  record Width(int width, int height) {}

  record Look(Places.Place place, String language, Width width) {
    @Override
    public String toString() {
      return place.name() + "-" + language + "-" + width.width();
    }
  }

  static Path packs = Path.of("unset");

  /** Packs of its own: what is put in force here becomes a file. */
  @DynamicPropertySource
  static void packsOfItsOwn(DynamicPropertyRegistry properties) throws IOException {
    Path shipped = Path.of("..", "packs");
    packs = Files.createTempDirectory("dandang-packs");
    FileSystemUtils.copyRecursively(shipped, packs);
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

  private final Map<Places.Reader, Page> pages = new EnumMap<>(Places.Reader.class);
  private final Map<Places.Reader, String> sessions = new EnumMap<>(Places.Reader.class);
  Chromium chromium;
  long official;
  private long run;
  long quota;
  private long slate;
  private long decision;
  long draft;
  LocalDate day = LocalDate.EPOCH;

  @BeforeAll
  void fillAndSignIn() {
    chromium = Chromium.launch();
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
    sessions.put(Places.Reader.OFFICER, signIn("officer"));
    sessions.put(Places.Reader.SECOND_OFFICER, signIn("second"));
    sessions.put(Places.Reader.OFFICIAL, signIn("official"));
    sessions.put(Places.Reader.AUDITOR, signIn("auditor"));
    accounts.create("security", "孙安全", PASSWORD, Role.SECURITY_ADMINISTRATOR, null, "test");
    accounts.create("head", "周主任", PASSWORD, Role.HEAD_OF_UNIT, null, "test");
    sessions.put(Places.Reader.SECURITY, signIn("security"));
    sessions.put(Places.Reader.HEAD, signIn("head"));
  }

  @AfterAll
  void close() throws IOException {
    FileSystemUtils.deleteRecursively(packs);
    if (chromium != null) {
      chromium.close();
    }
  }

  Page open(Look look) {
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
  Page page(Look look) {
    Page page =
        pages.computeIfAbsent(
            look.place().reader(),
            reader ->
                chromium
                    .context(new Browser.NewContextOptions().setStorageState(sessions.get(reader)))
                    .newPage());
    page.setViewportSize(look.width().width(), look.width().height());
    page.context()
        .addCookies(
            List.of(new Cookie("language", look.language()).setDomain("127.0.0.1").setPath("/")));
    return page;
  }

  String signIn(String name) {
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      page.navigate(address("/sign-in"));
      page.fill("#name", name);
      page.fill("#password", PASSWORD);
      page.keyboard().press("Enter");
      page.waitForURL(url -> !url.contains("sign-in"));
      return context.storageState();
    }
  }

  String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** A clerk without a leading post, proposed for one in a county. */
  SlateLine clerk() {
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
}
