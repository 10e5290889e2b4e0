package org.dandang.official;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dandang.official.search.Condition;
import org.dandang.official.search.KeptFilters;
import org.dandang.official.search.OfficialFilter;
import org.dandang.official.search.OfficialSearch;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.UnitSearch;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.policy.fact.Fact;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of officials on the left, the person on the right; and the own record. */
@Controller
class OfficialPages {
  private static final int PER_PAGE = 50;

  private final Officials officials;
  private final UnitSearch units;
  private final List<OfficialSection> sections;
  private final OfficialSearch search;
  private final KeptFilters kept;
  private final RecordReadings readings;
  private final Clock clock;
  private final ZoneId zone;

  OfficialPages(
      Officials officials,
      UnitSearch units,
      List<OfficialSection> sections,
      OfficialSearch search,
      KeptFilters kept,
      RecordReadings readings,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.officials = officials;
    this.units = units;
    this.sections = sections;
    this.search = search;
    this.kept = kept;
    this.readings = readings;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/officials")
  String list(
      @ModelAttribute("filter") OfficialFilter filter,
      @RequestParam(defaultValue = "") String fact,
      @RequestParam(defaultValue = "") String op,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    fillList(filter, op.isEmpty() || !filter.refused().isEmpty() ? fact : "", account, page, model);
    model.addAttribute("dossier", null);
    return "official/officials";
  }

  @GetMapping("/officials/{id}")
  String person(
      @PathVariable long id,
      @RequestParam(defaultValue = "false") boolean history,
      @RequestParam(required = false) @Nullable LocalDate known,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment,
      @ModelAttribute("filter") OfficialFilter filter,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response,
      Model model) {
    Optional<Dossier> found = officials.find(id, known(history, known));
    if (known != null && found.isEmpty()) {
      return notKnownYet(id, "/officials/" + id, known, model);
    }
    Dossier dossier = found.orElseThrow(NotHere::new);
    readings.person(account, dossier);
    fillPerson(dossier, history, known, model);
    model.addAttribute(
        "sections", sections.stream().map(section -> section.forOfficer(id)).toList());
    response.setHeader("Vary", "HX-Request");
    if (fragment != null) {
      return "official/person";
    }
    fillList(filter, "", account, page, model);
    return "official/officials";
  }

  @GetMapping("/me")
  String me(
      @RequestParam(defaultValue = "false") boolean history,
      @RequestParam(required = false) @Nullable LocalDate known,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    Optional<Dossier> found = officials.find(own, known(history, known));
    if (known != null && found.isEmpty()) {
      return notKnownYet(own, "/me", known, model);
    }
    fillPerson(found.orElseThrow(NotHere::new), history, known, model);
    model.addAttribute("sections", sections.stream().map(OfficialSection::forOneself).toList());
    return "official/me";
  }

  private void fillList(
      OfficialFilter filter, String draft, SignedIn account, Page page, Model model) {
    model.addAttribute("found", search.find(filter, (filter.page() - 1) * PER_PAGE, PER_PAGE));
    model.addAttribute("perPage", PER_PAGE);
    model.addAttribute("ranks", search.ranks());
    model.addAttribute("levels", search.levels());
    Long unit = filter.unit();
    model.addAttribute(
        "unit", unit == null ? filter.unknownUnit() : units.written(unit).orElse(unit.toString()));
    if (!filter.unknownUnit().isEmpty()) {
      try {
        units.chosen(filter.unknownUnit(), null);
      } catch (OrganisationProblem problem) {
        model.addAttribute("unitProblem", problem.text(page.language()));
      }
    }
    model.addAttribute("published", search.published());
    model.addAttribute("shown", shown(filter));
    model.addAttribute("kept", kept.of(account.account()));
    Fact asked =
        search.published().stream()
            .filter(fact -> fact.id().equals(draft))
            .findFirst()
            .orElse(null);
    model.addAttribute("draft", asked);
    model.addAttribute("draftValues", asked == null ? List.of() : search.values(asked));
  }

  /** Facts asked about or sorted by stand in columns of their own. */
  private List<Fact> shown(OfficialFilter filter) {
    return Stream.concat(
            filter.conditions().stream().map(Condition::fact),
            search.published().stream().filter(fact -> fact.id().equals(filter.sort())))
        .distinct()
        .toList();
  }

  /** The register had nothing on the person yet on that day. */
  private String notKnownYet(long id, String back, LocalDate known, Model model) {
    model.addAttribute(
        "dossier", officials.find(id, Registers.Known.NOW).orElseThrow(NotHere::new));
    model.addAttribute("known", known);
    model.addAttribute("back", back);
    return "official/not-known-yet";
  }

  /** What was known at the end of a day, or what is known now. */
  private Registers.Known known(boolean history, @Nullable LocalDate day) {
    return new Registers.Known(
        history, day == null ? null : day.plusDays(1).atStartOfDay(zone).toOffsetDateTime());
  }

  private void fillPerson(
      Dossier dossier, boolean history, @Nullable LocalDate known, Model model) {
    LocalDate today = today();
    model.addAttribute("dossier", dossier);
    model.addAttribute("present", dossier.present(today));
    model.addAttribute("chart", new TimelineChart(dossier, today));
    model.addAttribute("history", history);
    model.addAttribute("known", known);
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }
}
