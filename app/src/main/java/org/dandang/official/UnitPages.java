package org.dandang.official;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dandang.organisation.Establishments;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.Reorganisations;
import org.dandang.organisation.Unit;
import org.dandang.organisation.UnitSearch;
import org.dandang.organisation.Units;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The tree of units of a day with the people in each, and a unit with its history. It stands here
 * because it counts officials.
 */
@Controller
class UnitPages {
  private final Units units;
  private final UnitSearch search;
  private final Reorganisations reorganisations;
  private final Establishments establishments;
  private final PeopleInUnits people;
  private final Access access;
  private final Clock clock;
  private final ZoneId zone;

  UnitPages(
      Units units,
      UnitSearch search,
      Reorganisations reorganisations,
      Establishments establishments,
      PeopleInUnits people,
      Access access,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.units = units;
    this.search = search;
    this.reorganisations = reorganisations;
    this.establishments = establishments;
    this.people = people;
    this.access = access;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/units")
  String all(
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      @RequestParam(defaultValue = "") String named,
      @ModelAttribute("page") Page page,
      Model model) {
    LocalDate day = on == null ? today() : on;
    if (!named.isBlank()) {
      try {
        return "redirect:/units/" + search.chosen(named, day);
      } catch (OrganisationProblem problem) {
        model.addAttribute("named", named);
        model.addAttribute("namedProblem", problem.text(page.language()));
      }
    }
    List<Unit> roots = units.roots(day);
    List<Unit> below = roots.size() == 1 ? units.children(roots.getFirst().id(), day) : List.of();
    model.addAttribute("roots", roots);
    model.addAttribute("below", below);
    count(Stream.concat(roots.stream(), below.stream()).toList(), day, model);
    model.addAttribute("on", day);
    model.addAttribute("today", today());
    return "official/units";
  }

  @GetMapping("/units/{id}/children")
  String children(
      @PathVariable long id,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      Model model) {
    LocalDate day = on == null ? today() : on;
    List<Unit> children = units.children(id, day);
    model.addAttribute("units", children);
    count(children, day, model);
    model.addAttribute("on", day);
    return "official/unit-branch";
  }

  /** The people of units on a day, to be put beside units that are shown already. */
  @GetMapping("/units/counts")
  String counts(
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate on,
      @RequestParam List<Long> unit,
      Model model) {
    model.addAttribute("counts", people.on(unit, on));
    model.addAttribute("units", unit);
    return "official/unit-counts";
  }

  /** Today's people are at hand; those of another day come after the page. */
  private void count(List<Unit> shown, LocalDate day, Model model) {
    List<Long> ids = shown.stream().map(Unit::id).toList();
    boolean later = !day.equals(today());
    model.addAttribute("later", later);
    model.addAttribute("counts", later ? Map.of() : people.today(ids));
  }

  @GetMapping("/units/{id}")
  String one(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    Unit unit = units.find(id).orElseThrow(NotHere::new);
    List<Unit> children = units.children(id);
    model.addAttribute("unit", unit);
    model.addAttribute("within", access.may(account, Action.CHANGE, Subject.unit(id)).allowed());
    model.addAttribute("above", units.above(id));
    model.addAttribute("children", children);
    model.addAttribute("history", reorganisations.history(id));
    model.addAttribute("changes", reorganisations.of(id));
    model.addAttribute("posts", establishments.of(id));
    model.addAttribute("authorities", establishments.authorities(id));
    model.addAttribute("today", today());
    model.addAttribute(
        "counts",
        people.today(Stream.concat(Stream.of(unit), children.stream()).map(Unit::id).toList()));
    return "official/unit";
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }
}
