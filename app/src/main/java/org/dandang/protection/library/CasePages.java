package org.dandang.protection.library;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.dandang.policy.pack.Packs;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The library: searching it, and preparing a case for it. */
@Controller
class CasePages {
  private static final int PER_PAGE = 50;
  private static final String FOUND = "t.";
  private static final String INSTEAD = "r.";

  private final CaseLibrary library;
  private final Procedures procedures;
  private final CasePublishing publishing;
  private final Packs packs;
  private final OfficeCalendar office;

  CasePages(
      CaseLibrary library,
      Procedures procedures,
      CasePublishing publishing,
      Packs packs,
      OfficeCalendar office) {
    this.library = library;
    this.procedures = procedures;
    this.publishing = publishing;
    this.packs = packs;
    this.office = office;
  }

  @GetMapping("/protection/cases")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "1") int number,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int page = Math.clamp(number, 1, 100_000);
    List<TypicalCase> found =
        q.isBlank()
            ? library.published((page - 1) * PER_PAGE, PER_PAGE + 1)
            : library.search(q, PER_PAGE);
    model.addAttribute("cases", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("number", page);
    model.addAttribute("q", q);
    model.addAttribute("count", library.count());
    boolean makes = makes(account);
    model.addAttribute("drafts", makes ? library.drafts() : List.of());
    model.addAttribute("sources", makes ? library.sources(20) : List.of());
    model.addAttribute("packs", packs);
    return "protection/library/list";
  }

  /** Cases are made by the personnel office; everybody else reads what is published. */
  private static boolean makes(SignedIn account) {
    return account.isOfficer();
  }

  @PostMapping("/protection/cases/from/{tolerance}")
  String begin(
      @PathVariable long tolerance,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      return "redirect:/protection/cases/" + library.begin(tolerance, account.signInName());
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
      return "redirect:/protection/cases";
    }
  }

  @GetMapping("/protection/cases/{id}")
  String one(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    boolean makes = makes(account);
    TypicalCase found =
        library
            .find(id)
            .filter(one -> makes || one.state().equals("published"))
            .orElseThrow(NotHere::new);
    model.addAttribute("one", found);
    model.addAttribute("packs", packs);
    if (!found.state().equals("draft")) {
      model.addAttribute("ours", makes && library.unit(id).isPresent());
      return "protection/library/one";
    }
    model.addAttribute(
        "traces",
        library.traces(found).stream()
            .map(
                one ->
                    new ShownTrace(
                        one.kind().word(),
                        one.text(),
                        one.proposed(),
                        one.times(),
                        found.leftIn().contains(one.text())))
            .toList());
    model.addAttribute("procedures", publishing());
    model.addAttribute("client", UUID.randomUUID().toString());
    return "protection/library/draft";
  }

  private List<Procedure> publishing() {
    return procedures.on(office.today()).stream()
        .filter(
            procedure ->
                procedure.flow().steps().stream()
                    .anyMatch(step -> "case-library".equals(step.enters())))
        .toList();
  }

  /**
   * Keeps a draft; with {@code t.N} what was chosen of what was found, {@code r.N} what instead.
   */
  @PostMapping("/protection/cases/{id}")
  String save(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "") String text,
      @RequestParam Map<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Map<String, String> replacements = new HashMap<>();
    form.forEach(
        (name, value) -> {
          if (name.startsWith(FOUND)) {
            replacements.put(
                value, form.getOrDefault(INSTEAD + name.substring(FOUND.length()), ""));
          }
        });
    try {
      library.save(id, title, text, replacements, account.signInName());
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
    }
    return "redirect:/protection/cases/" + id;
  }

  /** Takes a published case back, with a reason. */
  @PostMapping("/protection/cases/{id}/take-back")
  String takeBack(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      library.takeBack(id, reason, account.signInName());
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
    }
    return "redirect:/protection/cases/" + id;
  }

  /** Proposes a draft for publication; another person reviews it. */
  @PostMapping("/protection/cases/{id}/propose")
  String propose(
      @PathVariable long id,
      @RequestParam String pack,
      @RequestParam String client,
      @RequestParam(defaultValue = "") List<String> stays,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      Command command = new Command(UUID.fromString(client), account);
      return "redirect:/matters/" + publishing.propose(command, id, pack, stays).matter();
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
      return "redirect:/protection/cases/" + id;
    }
  }
}
