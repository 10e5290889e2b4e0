package org.dandang.survey;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Reach;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Query;
import org.dandang.survey.count.Counts;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Instrument;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Votes as an officer runs them, from the instrument to the count. */
@Controller
class SurveyPages {
  private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
  private static final int PER_PAGE = 50;

  private final Surveys surveys;
  private final Electorates electorates;
  private final Opening opening;
  private final Closing closing;
  private final Results results;
  private final PaperBallots paper;
  private final SurveyAccess access;
  private final Clock clock;
  private final ZoneId zone;

  SurveyPages(
      Surveys surveys,
      Electorates electorates,
      Opening opening,
      Closing closing,
      Results results,
      PaperBallots paper,
      SurveyAccess access,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.surveys = surveys;
    this.electorates = electorates;
    this.opening = opening;
    this.closing = closing;
    this.results = results;
    this.paper = paper;
    this.access = access;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/surveys")
  String list(
      @RequestParam(defaultValue = "") String state,
      @RequestParam(name = "p", defaultValue = "1") int number,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    closing.closeWhatIsOver();
    Survey.State wanted =
        Arrays.stream(Survey.State.values())
            .filter(one -> one.word().equals(state))
            .findFirst()
            .orElse(null);
    int at = Query.page(number);
    Reach reach = access.reach(account);
    List<Survey> found = surveys.list(reach, wanted, (at - 1) * PER_PAGE, PER_PAGE + 1);
    model.addAttribute("surveys", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("at", at);
    model.addAttribute("states", surveys.states(reach));
    model.addAttribute("wanted", wanted);
    model.addAttribute("titles", titles());
    return "survey/surveys";
  }

  private Map<String, Surveys.Offered> titles() {
    Map<String, Surveys.Offered> titles = new LinkedHashMap<>();
    surveys.offered().forEach(offered -> titles.put(offered.pack().id(), offered));
    return titles;
  }

  @GetMapping("/surveys/new")
  String begin(@RequestParam(defaultValue = "") String pack, Model model) {
    model.addAttribute("offered", surveys.offered());
    model.addAttribute("chosen", pack);
    return "survey/new";
  }

  @PostMapping(value = "/surveys", consumes = FORM)
  String begin(
      @RequestParam String pack,
      @RequestParam(defaultValue = "") String title,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    List<Long> units = SurveyAccess.units(account);
    if (units != null && units.isEmpty()) {
      throw new NotHere();
    }
    try {
      long id =
          surveys.begin(
              pack, title, units == null ? null : units.getFirst(), true, account.signInName());
      return "redirect:/surveys/" + id;
    } catch (SurveyProblem problem) {
      after.addFlashAttribute("problem", problem.text(page.language()));
      after.addFlashAttribute("title", title);
      return "redirect:/surveys/new?pack=" + pack;
    }
  }

  @GetMapping("/surveys/{id}")
  String survey(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String group,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    access.seen(id, account, Action.READ);
    closing.closeWhatIsOver();
    Survey survey = surveys.find(id).orElseThrow(NotHere::new);
    Asked asked = surveys.asked(survey);
    model.addAttribute("survey", survey);
    model.addAttribute("asked", asked);
    model.addAttribute("size", electorates.size(id));
    model.addAttribute("groups", electorates.groups(id));
    model.addAttribute("figures", surveys.figures(survey, asked));
    model.addAttribute("pack", surveys.pack(survey.pack()));
    model.addAttribute("zone", zone);
    return switch (survey.state()) {
      case DRAFT -> "survey/draft";
      case OPEN, CLOSED, WITHDRAWN -> {
        model.addAttribute("received", received(survey));
        model.addAttribute("takes", survey.takesBallots(clock.instant()));
        model.addAttribute("paper", paper.groups(id));
        yield "survey/running";
      }
      case COUNTED -> {
        counted(survey, group, page, model);
        yield "survey/result";
      }
    };
  }

  private long received(Survey survey) {
    return survey.state() == Survey.State.OPEN
        ? closing.received(survey)
        : Math.max(closing.received(survey), results.receipts(survey.id()).size());
  }

  private void counted(Survey survey, String group, Page page, Model model) {
    RecordedResult recorded = results.recorded(survey.id()).orElseThrow(NotHere::new);
    if (!group.isEmpty() && !recorded.groups().containsKey(group)) {
      throw new NotHere();
    }
    Counts counts = results.again(survey, recorded, group);
    ResultWords words = new ResultWords(page);
    model.addAttribute("recorded", recorded);
    model.addAttribute("group", group);
    model.addAttribute("counts", counts);
    model.addAttribute("tables", words.tables(counts));
    model.addAttribute("drawings", new ResultCharts(page).of(counts));
    model.addAttribute("holds", results.holds(survey, recorded));
    model.addAttribute("settled", results.settledTies(survey.id()));
  }

  @PostMapping(value = "/surveys/{id}", consumes = FORM)
  String change(
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Survey survey = access.seen(id, account, Action.CHANGE);
    return done(
        id,
        page,
        after,
        "survey.told.saved",
        () -> {
          Map<String, List<String>> items = new LinkedHashMap<>();
          for (Instrument.ItemList list : surveys.asked(survey).instrument().lists().values()) {
            String written = form.getFirst("list." + list.id());
            if (written != null) {
              items.put(list.id(), written.lines().toList());
            }
          }
          surveys.change(
              id,
              text(form, "title"),
              text(form, "secret").isEmpty() || text(form, "secret").equals("true"),
              items,
              moment(text(form, "opens")),
              moment(text(form, "closes")),
              account.signInName());
        });
  }

  @PostMapping(value = "/surveys/{id}/electorate", consumes = FORM)
  String electorate(
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.CHANGE);
    boolean onPaper = text(form, "paper").equals("true");
    return done(
        "/surveys/" + id + "/electorate",
        page,
        after,
        "survey.told.electorate",
        () -> {
          switch (text(form, "how")) {
            case "list" ->
                electorates.addListed(id, text(form, "list"), onPaper, account.signInName());
            case "names" ->
                electorates.addNamed(
                    id,
                    Objects.requireNonNullElse(form.getFirst("names"), ""),
                    onPaper,
                    account.signInName());
            case "remove" ->
                electorates.remove(
                    id,
                    form.getOrDefault("official", List.of()).stream().map(Long::valueOf).toList(),
                    account.signInName());
            default -> throw new SurveyProblem("nobody-named");
          }
        });
  }

  @GetMapping("/surveys/{id}/electorate")
  String electorate(
      @PathVariable long id,
      @RequestParam(name = "p", defaultValue = "1") int number,
      @RequestParam(defaultValue = "") String q,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Survey survey = access.seen(id, account, Action.READ);
    int at = Query.page(number);
    List<Voter> voters = electorates.page(id, q.strip(), (at - 1) * PER_PAGE, PER_PAGE + 1);
    model.addAttribute("survey", survey);
    model.addAttribute("asked", surveys.asked(survey));
    model.addAttribute("size", electorates.size(id));
    model.addAttribute("voters", voters.subList(0, Math.min(PER_PAGE, voters.size())));
    model.addAttribute("more", voters.size() > PER_PAGE);
    model.addAttribute("at", at);
    model.addAttribute("q", q);
    return "survey/electorate";
  }

  @PostMapping(value = "/surveys/{id}/open", consumes = FORM)
  String open(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.DECIDE);
    return done(
        id, page, after, "survey.told.opened", () -> opening.open(id, account.signInName()));
  }

  @PostMapping(value = "/surveys/{id}/recusals", consumes = FORM)
  String recuse(
      @PathVariable long id,
      @RequestParam(defaultValue = "0") long official,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.DECIDE);
    return done(
        "/surveys/" + id + "/electorate",
        page,
        after,
        "survey.told.recused",
        () -> electorates.recuse(id, official, reason, account.signInName()));
  }

  @PostMapping(value = "/surveys/{id}/close", consumes = FORM)
  String close(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.DECIDE);
    return done(
        id,
        page,
        after,
        "survey.told.closed",
        () -> closing.close(id, reason, account.signInName()));
  }

  @PostMapping(value = "/surveys/{id}/withdraw", consumes = FORM)
  String withdraw(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.DECIDE);
    return done(
        id,
        page,
        after,
        "survey.told.withdrawn",
        () -> closing.withdraw(id, reason, account.signInName()));
  }

  @PostMapping(value = "/surveys/{id}/count", consumes = FORM)
  String count(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.DECIDE);
    return done(
        id, page, after, "survey.told.counted", () -> results.count(id, account.signInName()));
  }

  @PostMapping(value = "/surveys/{id}/ties", consumes = FORM)
  String settle(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String question,
      @RequestParam(defaultValue = "") String decision,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    access.seen(id, account, Action.DECIDE);
    return done(
        id,
        page,
        after,
        "survey.told.settled",
        () -> results.settleTie(id, question, decision, reason, account.signInName()));
  }

  private static String done(
      long id, Page page, RedirectAttributes after, String told, Runnable what) {
    return done("/surveys/" + id, page, after, told, what);
  }

  /** Does it and says so, or says why not, where the reader was. */
  static String done(String back, Page page, RedirectAttributes after, String told, Runnable what) {
    try {
      what.run();
      after.addFlashAttribute("told", told);
    } catch (SurveyProblem problem) {
      after.addFlashAttribute("problem", problem.text(page.language()));
    }
    return "redirect:" + back;
  }

  private static String text(MultiValueMap<String, String> form, String name) {
    return Objects.requireNonNullElse(form.getFirst(name), "").strip();
  }

  /** A moment in the office's zone, as a field of a form writes it. */
  private @Nullable OffsetDateTime moment(String written) {
    if (written.isEmpty()) {
      return null;
    }
    try {
      return LocalDateTime.parse(written).atZone(zone).toOffsetDateTime();
    } catch (DateTimeParseException e) {
      throw new SurveyProblem("no-moment", written);
    }
  }
}
