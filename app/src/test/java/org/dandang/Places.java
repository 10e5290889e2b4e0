package org.dandang;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages people look at; whoever adds a page adds its place. */
final class Places {
  private Places() {}

  /** Who looks at a page. */
  enum Reader {
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
  record Place(String name, String path, Reader reader, @Nullable String first) {}

  static final List<Place> ALL =
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
          new Place("unsettled-everybody", "/officials/unsettled", Reader.OFFICER, null),
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
          new Place("sanctions", "/protection/sanctions", Reader.OFFICER, null),
          new Place("sanction", "/protection/sanctions", Reader.OFFICER, "main table a.name"),
          new Place("sanction-new", "/protection/sanctions/new", Reader.OFFICER, null),
          new Place("sanction-import", "/protection/sanctions/import", Reader.OFFICER, null),
          new Place("mentors", "/protection/mentors?tab=without", Reader.OFFICER, null),
          new Place("evaluations", "/protection/evaluations", Reader.OFFICER, null),
          new Place("reuse", "/protection/reuse", Reader.OFFICER, null),
          new Place("campaigns", "/protection/campaigns", Reader.OFFICER, null),
          new Place("campaign", "/protection/campaigns", Reader.OFFICER, "main a.name"),
          new Place("stepping-down", "/protection/stepping-down", Reader.OFFICER, null),
          new Place(
              "stepping-down-one", "/protection/stepping-down", Reader.OFFICER, "main a.name"),
          new Place("accusations", "/protection/accusations", Reader.OFFICER, null),
          new Place("accusation-new", "/protection/accusations/new", Reader.OFFICER, null),
          new Place("credit", "/protection/credit", Reader.OFFICER, null),
          new Place("my-sanctions", "/me/sanctions", Reader.OFFICIAL, null),
          new Place("my-mentees", "/me/mentees", Reader.OFFICIAL, null),
          new Place("closed", "/protection/closed", Reader.OFFICER, null),
          new Place("closed-allegations", "/protection/closed/allegations", Reader.OFFICER, null),
          new Place("closed-cleared", "/protection/closed/cleared", Reader.OFFICER, null),
          new Place("closed-promotions", "/protection/closed/promotions", Reader.OFFICER, null),
          new Place("closed-files", "/protection/closed/files", Reader.OFFICER, null),
          new Place("leads", "/protection/leads", Reader.OFFICER, null),
          new Place("lead", "/protection/leads", Reader.OFFICER, "main table a.name"),
          new Place("lead-new", "/protection/leads/new", Reader.OFFICER, null),
          new Place("lead-files", "/protection/leads/files", Reader.OFFICER, null),
          new Place("lead-keys", "/protection/leads/keys", Reader.OFFICER, null),
          new Place("means", "/protection/means", Reader.OFFICER, null),
          new Place("statements", "/protection/statements", Reader.OFFICER, null),
          new Place("statement", "/protection/statements", Reader.OFFICER, "main table a.name"),
          new Place("supervision", "/protection/officials/{official}", Reader.OFFICER, null),
          new Place("tolerance", "/protection/tolerance", Reader.OFFICER, null),
          new Place("tolerance-one", "/protection/tolerance", Reader.OFFICER, "main a.name"),
          new Place("plans", "/protection/plans", Reader.OFFICER, null),
          new Place("plan", "/protection/plans", Reader.OFFICER, "main a.name"),
          new Place("clarification", "/protection/clarification", Reader.OFFICER, null),
          new Place(
              "clarification-one", "/protection/clarification", Reader.OFFICER, "main a.name"),
          new Place(
              "clarification-candidates",
              "/protection/clarification/candidates",
              Reader.OFFICER,
              null),
          new Place(
              "clarification-posting", "/protection/clarification/posting", Reader.OFFICER, null),
          new Place("cases", "/protection/cases", Reader.OFFICER, null),
          new Place("my-clarifications", "/me/clarifications", Reader.OFFICIAL, null),
          new Place("my-matters", "/me/matters", Reader.OFFICIAL, null),
          new Place("matter-mine", "/me/matters", Reader.OFFICIAL, "main a.name"),
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
          new Place("matter", "/inbox?tab=unit", Reader.OFFICER, "main a[href^='/matters/']"),
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

  static Place named(String name) {
    return ALL.stream().filter(place -> place.name().equals(name)).findFirst().orElseThrow();
  }
}
