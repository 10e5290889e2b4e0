package org.dandang.protection.sanction;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.dandang.protection.TableExports;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What follows a measure: mentors and their contacts, joint evaluations, decisions on use. */
@Controller
class AfterPages {
  private static final int PER_PAGE = 50;

  private final Sanctions sanctions;
  private final Mentors mentors;
  private final Evaluations evaluations;
  private final Reuses reuses;
  private final PackWords words;
  private final TableExports exports;
  private final Access access;
  private final OfficeCalendar office;

  AfterPages(
      Sanctions sanctions,
      Mentors mentors,
      Evaluations evaluations,
      Reuses reuses,
      PackWords words,
      TableExports exports,
      Access access,
      OfficeCalendar office) {
    this.sanctions = sanctions;
    this.mentors = mentors;
    this.evaluations = evaluations;
    this.reuses = reuses;
    this.words = words;
    this.exports = exports;
    this.access = access;
    this.office = office;
  }

  @GetMapping("/protection/mentors")
  String mentors(
      @RequestParam(defaultValue = "active") String tab,
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int at = Math.clamp(number, 1, 100_000);
    int from = (at - 1) * PER_PAGE;
    boolean without = tab.equals("without");
    Offices.seeing(
        account,
        () -> {
          List<WithoutMentor> queue = without ? mentors.without(from, PER_PAGE + 1) : List.of();
          List<Mentoring> active = without ? List.of() : mentors.active(from, PER_PAGE + 1);
          model.addAttribute("queue", queue.subList(0, Math.min(PER_PAGE, queue.size())));
          model.addAttribute("active", active.subList(0, Math.min(PER_PAGE, active.size())));
          model.addAttribute("more", queue.size() + active.size() > PER_PAGE);
          model.addAttribute("without", mentors.without());
          return model;
        });
    model.addAttribute("tab", without ? "without" : "active");
    model.addAttribute("at", at);
    model.addAttribute("today", office.today());
    model.addAttribute(
        "pack", words.in(page.tag()).entering("mentor").stream().findFirst().orElse(""));
    return "protection/sanction/mentors";
  }

  @GetMapping("/protection/mentors/{id}")
  String mentor(
      @PathVariable long id,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Mentoring mentoring = seen(id, account);
    return mentoring(
        mentoring, "/protection/mentors/" + id, "/protection/mentors", null, page, model);
  }

  private Mentoring seen(long id, SignedIn account) {
    return Offices.seeing(account, () -> mentors.find(id))
        .filter(
            one ->
                access
                    .may(
                        account,
                        Action.READ,
                        new Subject(Sanctions.SUBJECT, Long.toString(one.official())))
                    .allowed())
        .orElseThrow(NotHere::new);
  }

  private String mentoring(
      Mentoring mentoring,
      String here,
      String back,
      @Nullable String refused,
      Page page,
      Model model) {
    model.addAttribute("mentoring", mentoring);
    model.addAttribute("contacts", Sights.everything(() -> mentors.contacts(mentoring.id())));
    model.addAttribute("here", here);
    model.addAttribute("back", back);
    model.addAttribute("refused", refused);
    model.addAttribute("today", office.today());
    model.addAttribute("client", UUID.randomUUID().toString());
    model.addAttribute(
        "pack", words.in(page.tag()).entering("mentor").stream().findFirst().orElse(""));
    model.addAttribute("words", words.in(page.tag()));
    return "protection/sanction/mentor";
  }

  @PostMapping("/protection/mentors/{id}/contacts")
  String contact(
      @PathVariable long id,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate on,
      @RequestParam String way,
      @RequestParam String note,
      @RequestParam UUID client,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model,
      RedirectAttributes after) {
    Mentoring mentoring = seen(id, account);
    return noted(
        mentoring,
        on,
        way,
        note,
        client,
        "/protection/mentors/" + id,
        "/protection/mentors",
        page,
        account,
        model,
        after);
  }

  private String noted(
      Mentoring mentoring,
      LocalDate on,
      String way,
      String note,
      UUID client,
      String here,
      String back,
      Page page,
      SignedIn account,
      Model model,
      RedirectAttributes after) {
    try {
      Sights.everywhere(
          () -> mentors.contact(mentoring.id(), on, way, note, client, account.signInName()));
      after.addFlashAttribute("told", "sanction.contact-noted");
      return "redirect:" + here;
    } catch (Refused refused) {
      model.addAttribute("note", note);
      return mentoring(mentoring, here, back, refused.text(page.language()), page, model);
    }
  }

  /** Those whose mentor the reader is. */
  @GetMapping("/me/mentees")
  String mentees(@AuthenticationPrincipal SignedIn account, Model model) {
    Long own = account.official();
    model.addAttribute(
        "mentees", own == null ? List.of() : Sights.everything(() -> mentors.menteesOf(own)));
    model.addAttribute("today", office.today());
    return "protection/sanction/mentees";
  }

  private Mentoring own(long id, SignedIn account) {
    return Sights.everything(() -> mentors.find(id))
        .filter(one -> account.official() != null && one.mentor() == account.official())
        .orElseThrow(NotHere::new);
  }

  @GetMapping("/me/mentees/{id}")
  String mentee(
      @PathVariable long id,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    return mentoring(own(id, account), "/me/mentees/" + id, "/me/mentees", null, page, model);
  }

  @PostMapping("/me/mentees/{id}/contacts")
  String ownContact(
      @PathVariable long id,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate on,
      @RequestParam String way,
      @RequestParam String note,
      @RequestParam UUID client,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model,
      RedirectAttributes after) {
    return noted(
        own(id, account),
        on,
        way,
        note,
        client,
        "/me/mentees/" + id,
        "/me/mentees",
        page,
        account,
        model,
        after);
  }

  /** What stands against the reader and until when, who the mentor is, what comes next. */
  @GetMapping("/me/sanctions")
  String own(
      @ModelAttribute("page") Page page, @AuthenticationPrincipal SignedIn account, Model model) {
    Long own = account.official();
    LocalDate today = office.today();
    model.addAttribute(
        "sanctions", own == null ? List.of() : Sights.everything(() -> sanctions.of(own, today)));
    model.addAttribute(
        "impacts",
        own == null ? List.of() : Sights.everything(() -> sanctions.impacts(own, today)));
    model.addAttribute(
        "mentors", own == null ? List.of() : Sights.everything(() -> mentors.of(own)));
    model.addAttribute(
        "evaluations", own == null ? List.of() : Sights.everything(() -> evaluations.of(own)));
    PackWords.Said said = words.in(page.tag());
    model.addAttribute("words", said);
    model.addAttribute(
        "evaluationPack", said.entering("evaluation").stream().findFirst().orElse(""));
    model.addAttribute("today", today);
    return "protection/sanction/own";
  }

  @GetMapping("/protection/evaluations")
  String evaluations(
      @RequestParam(defaultValue = "open") String tab,
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int at = Math.clamp(number, 1, 100_000);
    boolean over = tab.equals("over");
    List<Evaluation> found =
        Offices.seeing(account, () -> evaluations.list(over, (at - 1) * PER_PAGE, PER_PAGE + 1));
    model.addAttribute("evaluations", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("at", at);
    model.addAttribute("tab", over ? "over" : "open");
    model.addAttribute(
        "missing", Offices.seeing(account, () -> evaluations.missing(office.today())));
    model.addAttribute("words", words.in(page.tag()));
    model.addAttribute(
        "pack", words.in(page.tag()).entering("evaluation").stream().findFirst().orElse(""));
    model.addAttribute("today", office.today());
    return "protection/sanction/evaluations";
  }

  @GetMapping("/protection/reuse")
  String reuse(
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int at = Math.clamp(number, 1, 100_000);
    List<Reuse> found =
        Offices.seeing(account, () -> reuses.list((at - 1) * PER_PAGE, PER_PAGE + 1));
    model.addAttribute("reuses", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("at", at);
    model.addAttribute("weighed", Reuses.WEIGHED);
    model.addAttribute("words", words.in(page.tag()));
    model.addAttribute(
        "pack", words.in(page.tag()).entering("reuse").stream().findFirst().orElse(""));
    return "protection/sanction/reuse";
  }

  @StepUp
  @GetMapping("/protection/reuse.xlsx")
  void reuseWorkbook(
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    List<Reuse> found = Offices.seeing(account, () -> reuses.list(0, 20_000));
    PackWords.Said said = words.in(page.tag());
    List<List<String>> rows = new ArrayList<>();
    List<String> head =
        new ArrayList<>(
            List.of(
                page.word("sanction.official"),
                page.word("sanction.measure"),
                page.word("sanction.reuse.decision"),
                page.word("sanction.decided-on")));
    Reuses.WEIGHED.forEach(one -> head.add(page.word("sanction.weighed." + one)));
    head.add(page.word("sanction.reuse.proposed"));
    head.add(page.word("sanction.reuse.reasons"));
    rows.add(head);
    for (Reuse one : found) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  one.label(),
                  said.of(one.measurePack(), "measure", one.measure()),
                  page.word("sanction.reuse." + one.decision()),
                  one.decidedOn().toString()));
      Reuses.WEIGHED.forEach(
          what -> row.add(said.of(one.pack(), what, one.weighed().getOrDefault(what, ""))));
      row.add(one.proposed() == null ? "" : said.text(one.pack(), "outcome." + one.proposed()));
      row.add(one.reasons());
      rows.add(row);
    }
    exports.workbook(
        new TableExports.Leaving(
            "reuse",
            "reuse-exported",
            "official",
            found.stream().map(Reuse::official).distinct().toList(),
            Map.of("form", "xlsx"),
            account.signInName(),
            page.language()),
        page.word("sanction.reuse.title"),
        rows,
        response);
  }
}
