package org.dandang.protection.sanction;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.official.ImportProblem;
import org.dandang.official.SentFile;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.ledger.Readings;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.dandang.protection.TableExports;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The register of measures: the list, one of them with what it brings, and taking decisions in. */
@Controller
class SanctionPages {
  static final int PER_PAGE = 50;
  private static final int MOST_TAKEN_OUT = 20_000;

  private final Sanctions sanctions;
  private final Mentors mentors;
  private final Evaluations evaluations;
  private final Reuses reuses;
  private final DecisionsOfRecord record;
  private final DecisionFiles files;
  private final PackWords words;
  private final TableExports exports;
  private final Access access;
  private final Readings readings;
  private final Deadlines deadlines;
  private final OfficeCalendar office;
  private final MessageSource messages;

  SanctionPages(
      Sanctions sanctions,
      Mentors mentors,
      Evaluations evaluations,
      Reuses reuses,
      DecisionsOfRecord record,
      DecisionFiles files,
      PackWords words,
      TableExports exports,
      Access access,
      Readings readings,
      Deadlines deadlines,
      OfficeCalendar office,
      MessageSource messages) {
    this.sanctions = sanctions;
    this.mentors = mentors;
    this.evaluations = evaluations;
    this.reuses = reuses;
    this.record = record;
    this.files = files;
    this.words = words;
    this.exports = exports;
    this.access = access;
    this.readings = readings;
    this.deadlines = deadlines;
    this.office = office;
    this.messages = messages;
  }

  @GetMapping("/protection/sanctions")
  String list(
      @RequestParam(defaultValue = "running") String state,
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    String which = known(state);
    int at = Math.clamp(number, 1, 100_000);
    List<Sanction> found =
        Offices.seeing(
            account,
            () ->
                sanctions.list(
                    office.today(),
                    which.equals("all") ? "" : which,
                    "",
                    (at - 1) * PER_PAGE,
                    PER_PAGE + 1));
    Map<String, Long> counts = Offices.seeing(account, () -> sanctions.counts(office.today()));
    model.addAttribute("sanctions", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("at", at);
    model.addAttribute("state", which);
    model.addAttribute("counts", counts);
    model.addAttribute("all", counts.values().stream().mapToLong(Long::longValue).sum());
    model.addAttribute("words", words.in(page.tag()));
    return "protection/sanction/list";
  }

  private static String known(String state) {
    return List.of("running", "lapsed", "revoked", "lasting").contains(state) ? state : "all";
  }

  @StepUp
  @GetMapping("/protection/sanctions.xlsx")
  void workbook(
      @RequestParam(defaultValue = "running") String state,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    String which = known(state);
    List<Sanction> found =
        Offices.seeing(
            account,
            () ->
                sanctions.list(
                    office.today(), which.equals("all") ? "" : which, "", 0, MOST_TAKEN_OUT));
    PackWords.Said said = words.in(page.tag());
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            page.word("sanction.official"),
            page.word("sanction.measure"),
            page.word("sanction.decided-on"),
            page.word("sanction.number"),
            page.word("sanction.until"),
            page.word("sanction.state")));
    for (Sanction one : found) {
      rows.add(
          List.of(
              one.label(),
              said.of(one.pack(), "measure", one.measure()),
              one.decidedOn().toString(),
              one.number() == null ? "" : one.number(),
              one.until() == null ? "" : one.until().toString(),
              page.word("sanction.state." + one.state().word())));
    }
    exports.workbook(
        new TableExports.Leaving(
            "sanctions",
            "sanctions-exported",
            "official",
            found.stream().map(Sanction::official).distinct().toList(),
            Map.of("form", "xlsx"),
            account.signInName(),
            page.language()),
        page.word("sanction.title"),
        rows,
        response);
  }

  @GetMapping("/protection/sanctions/new")
  String enter(@ModelAttribute("page") Page page, Model model) {
    return form(Map.of(), List.of(), page, model);
  }

  private String form(
      Map<String, String> cells, List<ProblemLine> problems, Page page, Model model) {
    model.addAttribute("cells", cells);
    model.addAttribute("problems", problems);
    Map<String, List<String>> options = new HashMap<>();
    for (String field : List.of("measure", "nature", "motive", "gravity")) {
      options.put(field, record.options(field));
    }
    model.addAttribute("options", options);
    model.addAttribute("pack", record.pack());
    model.addAttribute("words", words.in(page.tag()));
    model.addAttribute("day", office.today());
    return "protection/sanction/new";
  }

  @PostMapping("/protection/sanctions")
  String enter(
      @RequestParam Map<String, String> form,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model,
      RedirectAttributes after) {
    Map<String, String> cells = new HashMap<>();
    DecisionLine.COLUMNS.forEach(column -> cells.put(column, form.getOrDefault(column, "")));
    Taken outcome = record.one(cells, account);
    if (!outcome.problems().isEmpty()) {
      return form(cells, outcome.problems(), page, model);
    }
    after.addFlashAttribute(
        "told", outcome.entered() > 0 ? "sanction.entered" : "sanction.already");
    return "redirect:/protection/sanctions?state=all";
  }

  @GetMapping("/protection/sanctions/import")
  String choose(Model model) {
    model.addAttribute("outcome", null);
    model.addAttribute("refused", null);
    return "protection/sanction/import";
  }

  @PostMapping("/protection/sanctions/import")
  String take(
      @RequestParam MultipartFile file,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model)
      throws IOException {
    choose(model);
    try (SentFile sent = SentFile.of(file)) {
      if (file.isEmpty() || file.getSize() > DecisionFiles.LARGEST) {
        throw Sanctions.refused("file-size", DecisionFiles.LARGEST / 1_000_000);
      }
      model.addAttribute("outcome", files.take(sent.toRead(page.language()), account));
    } catch (Refused refused) {
      model.addAttribute("refused", refused.text(page.language()));
    } catch (ImportProblem problem) {
      model.addAttribute("refused", problem.in(page.language(), messages));
    }
    return "protection/sanction/import";
  }

  @GetMapping("/protection/sanctions/template.xlsx")
  void template(@ModelAttribute("page") Page page, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    response.setHeader("Content-Disposition", "attachment; filename=\"sanctions-template.xlsx\"");
    files.template(page.language(), response.getOutputStream());
  }

  @GetMapping("/protection/sanctions/{id}")
  String one(
      @PathVariable long id,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    LocalDate today = office.today();
    Sanction sanction = seen(id, account, Action.READ);
    readings.record(account.signInName(), "official", sanction.official(), "sanction", null);
    Offices.seeing(
        account,
        () -> {
          model.addAttribute("impacts", sanctions.impacts(sanction.official(), today));
          model.addAttribute("others", sanctions.of(sanction.official(), today));
          model.addAttribute("mentors", mentors.of(sanction.official()));
          model.addAttribute("evaluations", evaluations.of(sanction.official()));
          return model;
        });
    PackWords.Said said = words.in(page.tag());
    String policy = said.entering("reuse").stream().findFirst().orElse(null);
    model.addAttribute("sanction", sanction);
    model.addAttribute("mentorPack", first(said, "mentor"));
    model.addAttribute("evaluationPack", first(said, "evaluation"));
    model.addAttribute("revocationPack", first(said, "revocation"));
    model.addAttribute("words", said);
    model.addAttribute("today", today);
    model.addAttribute("policy", policy);
    model.addAttribute(
        "proposed",
        policy == null
            ? null
            : reuses
                .proposed(policy, sanction.official(), today, account.signInName())
                .orElse(null));
    return "protection/sanction/one";
  }

  private static String first(PackWords.Said said, String register) {
    return said.entering(register).stream().findFirst().orElse("");
  }

  private Sanction seen(long id, SignedIn account, Action action) {
    Sanction sanction =
        Offices.seeing(account, () -> sanctions.find(id, office.today())).orElseThrow(NotHere::new);
    if (!access
        .may(account, action, new Subject(Sanctions.SUBJECT, Long.toString(sanction.official())))
        .allowed()) {
      throw new NotHere();
    }
    return sanction;
  }

  @PostMapping("/protection/sanctions/{id}/cleared")
  String cleared(
      @PathVariable long id,
      @RequestParam @Nullable LocalDate on,
      @AuthenticationPrincipal SignedIn account,
      RedirectAttributes after) {
    Sanction sanction = seen(id, account, Action.CHANGE);
    LocalDate day = on == null ? office.today() : on;
    boolean done =
        !day.isAfter(office.today())
            && Offices.seeing(
                account, () -> sanctions.cleared(sanction.id(), day, account.signInName()));
    if (done) {
      for (Deadline deadline :
          deadlines.of(new Owner(RevocationRegister.OWNER, Long.toString(id)))) {
        if (deadline.state() == Deadline.State.RUNNING) {
          deadlines.meet(deadline.id(), account.signInName());
        }
      }
    }
    after.addFlashAttribute("told", done ? "sanction.cleared" : "sanction.not-cleared");
    return "redirect:/protection/sanctions/" + id;
  }
}
