package org.dandang.protection.clarification;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.dandang.platform.publicnotice.PublicNotices;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.dandang.protection.sanction.Offices;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The register of clarifications, whom one could be proposed for, and posting them. */
@Controller
class ClarificationPages {
  private static final int PER_PAGE = 50;

  private final Clarifications clarifications;
  private final UnfoundedReports reports;
  private final Publishing publishing;
  private final PublicNotices notices;
  private final Procedures procedures;
  private final Cases cases;
  private final OfficeCalendar office;

  ClarificationPages(
      Clarifications clarifications,
      UnfoundedReports reports,
      Publishing publishing,
      PublicNotices notices,
      Procedures procedures,
      Cases cases,
      OfficeCalendar office) {
    this.clarifications = clarifications;
    this.reports = reports;
    this.publishing = publishing;
    this.notices = notices;
    this.procedures = procedures;
    this.cases = cases;
    this.office = office;
  }

  @GetMapping("/protection/clarification")
  String register(
      @RequestParam(defaultValue = "0") int year,
      @RequestParam(defaultValue = "1") int number,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int asked = Math.clamp(year, 0, 2_200);
    int page = Math.clamp(number, 1, 100_000);
    List<Clarification> found =
        Offices.seeing(
            account, () -> clarifications.list(asked, (page - 1) * PER_PAGE, PER_PAGE + 1));
    model.addAttribute("lines", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("number", page);
    model.addAttribute("year", asked);
    model.addAttribute("years", Offices.seeing(account, clarifications::years));
    model.addAttribute("manners", Offices.seeing(account, () -> clarifications.manners(asked)));
    return "protection/clarification/register";
  }

  /** Unfounded reports for which no clarification was agreed to. */
  @GetMapping("/protection/clarification/candidates")
  String candidates(@RequestParam(defaultValue = "1") int number, Model model) {
    int page = Math.clamp(number, 1, 100_000);
    List<UnfoundedReport> found = reports.open((page - 1) * PER_PAGE, PER_PAGE + 1);
    model.addAttribute("reports", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("number", page);
    model.addAttribute("procedures", clarifying());
    model.addAttribute("client", UUID.randomUUID().toString());
    return "protection/clarification/candidates";
  }

  /** Procedures in force that enter a clarification. */
  private List<Procedure> clarifying() {
    return procedures.on(office.today()).stream()
        .filter(
            procedure ->
                procedure.flow().steps().stream()
                    .anyMatch(step -> "clarification".equals(step.enters())))
        .toList();
  }

  @PostMapping("/protection/clarification/candidates/{report}")
  String begin(
      @PathVariable long report,
      @RequestParam String pack,
      @RequestParam String client,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    UnfoundedReport found = reports.find(report).orElseThrow(NotHere::new);
    try {
      return "redirect:/matters/"
          + cases
              .draft(
                  new Command(UUID.fromString(client), account),
                  new Beginning(
                      pack,
                      found.unit(),
                      List.of(Party.official(found.official())),
                      Map.of("unfounded-outcome", found.number())))
              .matter();
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
      return "redirect:/protection/clarification/candidates";
    }
  }

  @GetMapping("/protection/clarification/posting")
  String posting(Model model) {
    model.addAttribute("agreed", clarifications.toPost(500));
    model.addAttribute("days", publishing.days());
    return "protection/clarification/posting";
  }

  @PostMapping("/protection/clarification/posting")
  String post(
      @RequestParam(defaultValue = "") List<Long> id,
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "") String issuer,
      @RequestParam(defaultValue = "") String contact,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      return "redirect:/public-notices/"
          + publishing.post(id, title, issuer, contact, account).id();
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
      after.addFlashAttribute("entered", List.of(title, issuer, contact));
      return "redirect:/protection/clarification/posting";
    }
  }

  @GetMapping("/protection/clarification/{id}")
  String one(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    Clarification found =
        Offices.seeing(account, () -> clarifications.find(id)).orElseThrow(NotHere::new);
    model.addAttribute("one", found);
    model.addAttribute(
        "notice", found.notice() == null ? null : notices.find(found.notice()).orElse(null));
    return "protection/clarification/one";
  }

  @GetMapping("/me/clarifications")
  String mine(@AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute(
        "own", account.official() == null ? List.of() : clarifications.of(account.official()));
    return "protection/clarification/mine";
  }

  @PostMapping("/me/clarifications/{id}/withdraw")
  String withdraw(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      publishing.withdraw(id, account);
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
    }
    return "redirect:/me/clarifications";
  }
}
