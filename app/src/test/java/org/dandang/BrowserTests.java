package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.dandang.policy.draft.Draft;
import org.dandang.selection.SlateLine;
import org.junit.jupiter.api.Test;

/** What people do on the pages, in a real browser. */
class BrowserTests extends InTheBrowser {
  @Test
  void anOfficerRunsAPolicyAndReadsWhy() {
    Page page = open(new Look(Places.named("policies"), "en", WIDTHS.getFirst()));
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
    Page page = open(new Look(Places.named("quota"), "en", WIDTHS.getFirst()));
    assertThat(page.locator("table.walk thead").textContent())
        .contains("Share with front-line service")
        .contains("Share required");
    List<String> rows = page.locator("table.walk tbody tr").allTextContents();
    assertThat(rows).isNotEmpty().allMatch(row -> row.contains("80%") && row.contains("county"));
  }

  @Test
  void movingAFigureRedrawsWhatWouldChange() {
    Page page = open(new Look(Places.named("simulate"), "en", WIDTHS.getFirst()));
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
    Page page = open(new Look(Places.named("policy"), "en", WIDTHS.getFirst()));
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
    says(page, "main", "Passes");
    page.getByText("Simulate").click();
    page.waitForURL("**/simulate?**");
    page.waitForSelector("#result:has-text('version')");
    page.navigate(address);
    page.locator(".draft-propose input[name=from]").fill(from.toString());
    page.locator(".draft-propose textarea").fill("the council decided so");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Propose")).click();
    says(page, "main", "Another officer has to decide");

    Page second =
        page(
            new Look(
                new Places.Place("draft", "", Places.Reader.SECOND_OFFICER, null),
                "en",
                WIDTHS.getFirst()));
    second.navigate(address);
    second
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Put in force from"))
        .click();
    says(second, "main", "Put in force");
    assertThat(packs.resolve("guizhou/front-line-priority/front-line-priority." + from + ".dmn"))
        .content()
        .contains("<text>\"not-graded\", null</text>");
  }

  @Test
  void anOfficerTestsAListOfPromotions() {
    Page page = open(new Look(Places.named("slate-form"), "en", WIDTHS.getFirst()));
    SlateLine clerk = clerk();
    page.locator("input[name=takesEffect]").fill(day.toString());
    page.locator("textarea").fill("nobody,%s,142".formatted(clerk.unit()));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compute")).click();
    says(page, "[role=alert]", "Row 1", "nobody");
    page.locator("textarea").fill("%s,%s,142".formatted(clerk.official(), clerk.unit()));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Compute")).click();
    page.waitForURL("**/slates/*pack=**");
    says(page, "main", "With the list");
  }

  @Test
  void anOfficialAsksForACorrectionOnAPhoneAndAnOfficerAcceptsIt() {
    Page own = open(new Look(Places.named("correction-new"), "en", WIDTHS.getLast()));
    own.locator("input[name='field.post']").fill("a post of another name");
    own.locator("textarea[name=reason]").fill("the appointment says so");
    own.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Ask").setExact(true))
        .click();
    own.waitForURL(java.util.regex.Pattern.compile(".*/me/corrections/\\d+"));
    says(own, "main", "a post of another name", "open");
    assertThat(Chromium.wide(own)).isEmpty();
    assertThat(Chromium.violations(own)).isEmpty();

    Page office = open(new Look(Places.named("corrections"), "en", WIDTHS.getFirst()));
    office.locator("table.walk a.name").first().click();
    office.waitForURL("**/corrections/*");
    assertThat(Chromium.wide(office)).isEmpty();
    assertThat(Chromium.violations(office)).isEmpty();
    office
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Accept and record"))
        .click();
    office.waitForSelector("main:has-text('accepted')");
    own.reload();
    says(own, "main", "accepted", "王组干");
    own.navigate(address("/me"));
    assertThat(own.locator("main").textContent()).contains("a post of another name");
  }

  @Test
  void choosingSomebodyInTheListShowsThePersonBesideIt() {
    Page page = open(new Look(Places.named("officials"), "en", WIDTHS.getFirst()));
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
    Page page = open(new Look(Places.named("officials"), "en", WIDTHS.getFirst()));
    String county =
        jdbc.sql("select name from organisation.unit where level = 'county' order by code limit 1")
            .query(String.class)
            .single();
    Locator field = page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Unit"));
    field.pressSequentially(county.substring(0, 2));
    page.waitForSelector(".unit-list [role=option][data-written]");
    assertThat(Chromium.violations(page)).as("not accessible").isEmpty();
    page.keyboard().press("ArrowDown");
    assertThat(field.getAttribute("aria-activedescendant")).isNotBlank();
    page.keyboard().press("Enter");
    page.waitForURL("**within=**");
    assertThat(page.locator("#within").inputValue()).startsWith(county + " · ");
    assertThat(page.locator("table.walk a.name").count()).isPositive();
    assertThat(page.locator("[role=alert]").count()).isZero();
  }

  @Test
  void everythingIsReachedByTheKeyboard() {
    Page page = open(new Look(Places.named("dashboard"), "en", WIDTHS.getFirst()));
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
    Page page = open(new Look(Places.named("dashboard"), "en", WIDTHS.getFirst()));
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
    try (BrowserContext context = chromium.context();
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

  /** Tag and, for a link, where to; for a field, its name. */
  private static String focused(Page page) {
    return (String)
        page.evaluate(
            "(e => e.tagName + (e.name ? ' ' + e.name : e.getAttribute('href') ??"
                + " ''))(document.activeElement)");
  }

  /** Once the page that was sent for is there, however slow the machine. */
  private static void says(Page page, String place, String... texts) {
    for (String text : texts) {
      PlaywrightAssertions.assertThat(page.locator(place))
          .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    }
  }
}
