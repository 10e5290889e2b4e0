package org.dandang.protection.tolerance;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
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

/**
 * The register of tolerance and the plans that go with it, for officers and for those responsible.
 */
@Controller
public class TolerancePages {
  private static final int PER_PAGE = 50;

  private final Tolerances tolerances;
  private final CorrectionPlans plans;
  private final PlanList list;
  private final Packs packs;
  private final OfficeCalendar office;

  TolerancePages(
      Tolerances tolerances,
      CorrectionPlans plans,
      PlanList list,
      Packs packs,
      OfficeCalendar office) {
    this.tolerances = tolerances;
    this.plans = plans;
    this.list = list;
    this.packs = packs;
    this.office = office;
  }

  @GetMapping("/protection/tolerance")
  String register(
      @RequestParam(defaultValue = "0") int year,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(defaultValue = "1") int number,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int page = Math.clamp(number, 1, 100_000);
    int asked = Math.clamp(year, 0, 2_200);
    List<ToleranceLine> lines =
        Offices.seeing(
            account, () -> tolerances.list(asked, outcome, (page - 1) * PER_PAGE, PER_PAGE + 1));
    model.addAttribute("lines", lines.subList(0, Math.min(PER_PAGE, lines.size())));
    model.addAttribute("more", lines.size() > PER_PAGE);
    model.addAttribute("number", page);
    model.addAttribute("year", asked);
    model.addAttribute("outcome", outcome);
    model.addAttribute("years", Offices.seeing(account, tolerances::years));
    model.addAttribute("packs", packs);
    return "protection/tolerance/register";
  }

  @GetMapping("/protection/plans")
  String plans(
      @RequestParam(defaultValue = "open") String which,
      @RequestParam(defaultValue = "1") int number,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int page = Math.clamp(number, 1, 100_000);
    PlanList.Which asked = PlanList.Which.of(which);
    List<CorrectionPlan> found =
        Offices.seeing(account, () -> list.list(asked, (page - 1) * PER_PAGE, PER_PAGE + 1));
    Map<PlanList.Which, Integer> counts = new EnumMap<>(PlanList.Which.class);
    for (PlanList.Which one : PlanList.Which.values()) {
      counts.put(one, Offices.seeing(account, () -> list.count(one)));
    }
    model.addAttribute("which", asked);
    model.addAttribute("counts", counts);
    model.addAttribute("plans", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("number", page);
    model.addAttribute("today", office.today());
    return "protection/tolerance/plans";
  }

  @GetMapping("/protection/plans/{id}")
  String plan(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute(
        "plan", Offices.seeing(account, () -> list.find(id)).orElseThrow(NotHere::new));
    model.addAttribute("today", office.today());
    return "protection/tolerance/plan";
  }

  @PostMapping("/protection/plans/items/{item}/{what:report|return|verify}")
  String act(
      @PathVariable long item,
      @PathVariable String what,
      @RequestParam(defaultValue = "") String words,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return Offices.seeing(
        account,
        () -> {
          long plan =
              list.planOf(item).filter(id -> list.find(id).isPresent()).orElseThrow(NotHere::new);
          try {
            switch (what) {
              case "report" -> plans.report(item, words, account);
              case "return" -> plans.sendBack(item, words, account);
              case "verify" -> plans.verify(item, words, account);
              default -> throw new NotHere();
            }
          } catch (Refused refused) {
            after.addFlashAttribute("problem", refused.text(page.language()));
          }
          return "redirect:/protection/plans/" + plan;
        });
  }

  @GetMapping("/me/plans")
  String mine(@AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute(
        "plans", account.official() == null ? List.of() : list.ofResponsible(account.official()));
    model.addAttribute("today", office.today());
    return "protection/tolerance/mine";
  }

  @PostMapping("/me/plans/items/{item}/report")
  String report(
      @PathVariable long item,
      @RequestParam(defaultValue = "") String words,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      plans.report(item, words, account);
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
    }
    return "redirect:/me/plans";
  }

  /** Where a notice about an item leads: to the plan, or to the own items. */
  @GetMapping("/plan-items/{item}")
  String item(@PathVariable long item, @AuthenticationPrincipal SignedIn account) {
    return list.planOf(item)
        .filter(plan -> account.isOfficer() && list.find(plan).isPresent())
        .map(plan -> "redirect:/protection/plans/" + plan)
        .orElse("redirect:/me/plans");
  }

  /** The title of a pack, or its id where it is no longer there. */
  public static String title(Packs packs, String id, Page page) {
    return packs.find(id).map(Pack::title).map(title -> title.in(page.language())).orElse(id);
  }

  /** The words of a rule of a pack. */
  public static String rule(Packs packs, String id, String rule, Page page) {
    return packs.find(id).map(pack -> pack.word(page.tag(), "rule." + rule)).orElse(rule);
  }
}
