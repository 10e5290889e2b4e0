package org.dandang.platform.deadline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Reach;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Deadlines of all matters: what is overdue, what comes next, what is suspended. */
@Controller
class DeadlinePages {
  private static final int PER_PAGE = 50;
  private static final Map<String, String> WHICH =
      Map.of(
          "overdue", "state = 'running' and due_on < :today",
          "running", "state = 'running' and due_on >= :today",
          "suspended", "state = 'suspended'",
          "ended", "state in ('met', 'cancelled') and :today is not null",
          "problem", "problem is not null and state = 'running'");

  /** What the reader's roles reach. */
  private static final String WITHIN =
      " and (:everywhere or unit_id = any (:units)) and not (about && :apart) and id <> all"
          + " (:closed)";

  /** Order of the tabs. */
  static final List<String> TABS = List.of("overdue", "running", "suspended", "ended", "problem");

  private final Deadlines deadlines;
  private final OfficeCalendar office;
  private final JdbcClient jdbc;
  private final Access access;

  DeadlinePages(Deadlines deadlines, OfficeCalendar office, JdbcClient jdbc, Access access) {
    this.access = access;
    this.deadlines = deadlines;
    this.office = office;
    this.jdbc = jdbc;
  }

  @GetMapping("/deadlines")
  String list(
      @RequestParam(defaultValue = "overdue") String which,
      @RequestParam(defaultValue = "1") int page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    String chosen = WHICH.containsKey(which) ? which : "overdue";
    int from = (Math.clamp(page, 1, 100_000) - 1) * PER_PAGE;
    Reach reach = access.reach(account, Action.READ, DeadlineKind.KIND);
    Map<String, Object> values = new HashMap<>();
    values.put("today", office.today());
    values.put("everywhere", reach.everywhere());
    values.put("units", reach.unitNumbers());
    values.put("apart", reach.apartNumbers());
    values.put("closed", reach.closedNumbers());
    List<DeadlineTab> tabs =
        TABS.stream().map(tab -> new DeadlineTab(tab, count(tab, values))).toList();
    values.put("most", PER_PAGE + 1);
    values.put("from", from);
    List<Deadline> found =
        deadlines.deadlines(
            "where "
                + WHICH.get(chosen)
                + WITHIN
                + (chosen.equals("ended")
                    ? " order by ended_on desc, id desc"
                    : " order by due_on, id")
                + " limit :most offset :from",
            values);
    model.addAttribute("tabs", tabs);
    model.addAttribute("which", chosen);
    model.addAttribute("deadlines", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("number", from / PER_PAGE + 1);
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("today", office.today());
    model.addAttribute("calendar", office.current());
    return "platform/deadline/list";
  }

  private long count(String tab, Map<String, Object> values) {
    return jdbc.sql("select count(*) from platform.deadline where " + WHICH.get(tab) + WITHIN)
        .params(values)
        .query(Long.class)
        .single();
  }

  @GetMapping("/deadlines/{id}")
  String one(@PathVariable long id, Model model) {
    model.addAttribute("deadline", deadlines.find(id).orElseThrow(NotHere::new));
    model.addAttribute("suspensions", deadlines.suspensions(id));
    model.addAttribute("today", office.today());
    model.addAttribute("calendar", office.current());
    return "platform/deadline/one";
  }

  @PostMapping("/deadlines/{id}/suspend")
  String suspend(
      @PathVariable long id,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return done(id, page, after, () -> deadlines.suspend(id, reason, account.signInName()));
  }

  @PostMapping("/deadlines/{id}/resume")
  String resume(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return done(id, page, after, () -> deadlines.resume(id, account.signInName()));
  }

  @PostMapping("/deadlines/{id}/extend")
  String extend(
      @PathVariable long id,
      @RequestParam int more,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return done(id, page, after, () -> deadlines.extend(id, more, reason, account.signInName()));
  }

  private String done(long id, Page page, RedirectAttributes after, Runnable change) {
    if (deadlines.find(id).isEmpty()) {
      throw new NotHere();
    }
    try {
      change.run();
      after.addFlashAttribute("told", "deadline.done");
    } catch (Refused refused) {
      after.addFlashAttribute("refused", refused.text(page.language()));
    }
    return "redirect:/deadlines/" + id;
  }
}
