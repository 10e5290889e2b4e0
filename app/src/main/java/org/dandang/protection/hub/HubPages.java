package org.dandang.protection.hub;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Readings;
import org.dandang.platform.procedure.MattersAbout;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.protection.AboutOfficial;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What the hub counts, what it knows of one official, and the own matters of an official. */
@Controller
public class HubPages {
  private static final int PER_PAGE = 50;

  private final LeadCounts counts;
  private final LeadAccess leads;
  private final Access access;
  private final Readings readings;
  private final MattersAbout matters;
  private final List<AboutOfficial> registers;
  private final OfficeCalendar office;
  private final JdbcClient jdbc;

  HubPages(
      LeadCounts counts,
      LeadAccess leads,
      Access access,
      Readings readings,
      MattersAbout matters,
      List<AboutOfficial> registers,
      OfficeCalendar office,
      JdbcClient jdbc) {
    this.counts = counts;
    this.leads = leads;
    this.access = access;
    this.readings = readings;
    this.matters = matters;
    this.registers =
        registers.stream().sorted(Comparator.comparingInt(AboutOfficial::order)).toList();
    this.office = office;
    this.jdbc = jdbc;
  }

  @GetMapping("/protection")
  String overview(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    LeadFilter filter = overviewed(asked);
    model.addAttribute("filter", filter);
    if (!counts.takeLong() || "now".equals(asked.get("counted"))) {
      model.addAttribute("overview", counts.overview(account, filter));
    }
    return "protection/overview";
  }

  /** What the overview counts, where that takes longer than a page may. */
  @GetMapping("/protection/figures")
  String figures(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    LeadFilter filter = overviewed(asked);
    model.addAttribute("filter", filter);
    model.addAttribute("overview", counts.overview(account, filter));
    return "protection/figures";
  }

  private LeadFilter overviewed(Map<String, String> asked) {
    Map<String, String> given = new LinkedHashMap<>(asked);
    given.putIfAbsent("since", office.today().minusYears(5).withDayOfYear(1).toString());
    given.remove("state");
    return LeadFilter.of(given);
  }

  @GetMapping("/protection/means")
  String means(
      @RequestParam(defaultValue = "") String since,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    LocalDate from = LeadFilter.day(since);
    LocalDate day = from == null ? office.today().minusYears(3).withDayOfYear(1) : from;
    model.addAttribute("since", day);
    List<LeadCounts.Asked> asked = counts.means(account, day);
    model.addAttribute("asked", asked);
    model.addAttribute("years", LeadCounts.Asked.byYear(asked));
    model.addAttribute("letters", counts.letters(account, day));
    return "protection/means";
  }

  @GetMapping("/protection/statements")
  String statements(
      @RequestParam(name = "p", defaultValue = "1") int number,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int at = Math.clamp(number, 1, 100_000);
    List<LeadCounts.Stated> found = counts.statements(account, (at - 1) * PER_PAGE, PER_PAGE + 1);
    model.addAttribute("statements", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("at", at);
    model.addAttribute("counts", counts.statementCounts(account));
    return "protection/statements";
  }

  /** A register's lines about an official. */
  public record Section(String heading, List<AboutOfficial.Line> lines) {}

  @GetMapping("/protection/officials/{official}")
  String official(
      @PathVariable long official,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    if (!access
        .may(account, Action.READ, new Subject(SupervisionAccess.KIND, Long.toString(official)))
        .allowed()) {
      throw new NotHere();
    }
    String label =
        Sights.everything(
            () ->
                jdbc.sql("select label || ' · ' || key from official.subject where subject = ?")
                    .param(official)
                    .query(String.class)
                    .optional()
                    .orElseThrow(NotHere::new));
    List<Section> sections = new ArrayList<>();
    Sights.as(
        leads.sight(account),
        () -> {
          registers.forEach(
              register ->
                  sections.add(
                      new Section(register.heading(), register.of(official, page.language()))));
          return null;
        });
    boolean nothing = sections.stream().allMatch(section -> section.lines().isEmpty());
    if (nothing && !access.may(account, Action.READ, Subject.official(official)).allowed()) {
      // Who does not read the record learns of an official by what is on these registers only.
      throw new NotHere();
    }
    readings.record(account.signInName(), SupervisionAccess.KIND, official, "supervision", null);
    model.addAttribute("official", official);
    model.addAttribute("label", label);
    model.addAttribute("sections", sections);
    model.addAttribute("matters", matters.of(official));
    model.addAttribute("readings", readings.days(SupervisionAccess.KIND, official, 100));
    return "protection/official";
  }

  @GetMapping("/me/matters")
  String own(@AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("matters", matters.own(account));
    model.addAttribute("today", office.today());
    return "protection/mine";
  }
}
