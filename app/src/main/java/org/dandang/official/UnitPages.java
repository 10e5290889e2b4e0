package org.dandang.official;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.organisation.Establishments;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.Reorganisations;
import org.dandang.organisation.Unit;
import org.dandang.organisation.UnitSearch;
import org.dandang.organisation.Units;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.jdbc.core.simple.JdbcClient;
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
  private final JdbcClient jdbc;
  private final Clock clock;
  private final ZoneId zone;

  UnitPages(
      Units units,
      UnitSearch search,
      Reorganisations reorganisations,
      Establishments establishments,
      JdbcClient jdbc,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.units = units;
    this.search = search;
    this.reorganisations = reorganisations;
    this.establishments = establishments;
    this.jdbc = jdbc;
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
    Map<Long, Long> counts = counts(roots, day);
    counts.putAll(counts(below, day));
    model.addAttribute("roots", roots);
    model.addAttribute("below", below);
    model.addAttribute("counts", counts);
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
    model.addAttribute("counts", counts(children, day));
    model.addAttribute("on", day);
    return "official/unit-branch";
  }

  @GetMapping("/units/{id}")
  String one(@PathVariable long id, Model model) {
    Unit unit = units.find(id).orElseThrow(NotHere::new);
    List<Unit> children = units.children(id);
    model.addAttribute("unit", unit);
    model.addAttribute("above", units.above(id));
    model.addAttribute("children", children);
    model.addAttribute("history", reorganisations.history(id));
    model.addAttribute("changes", reorganisations.of(id));
    model.addAttribute("posts", establishments.of(id));
    model.addAttribute("authorities", establishments.authorities(id));
    model.addAttribute("today", today());
    Map<Long, Long> counts = counts(children, today());
    counts.putAll(counts(List.of(unit), today()));
    model.addAttribute("counts", counts);
    return "official/unit";
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }

  /** People who serve on a day in each unit or within it, one question for all of them. */
  private Map<Long, Long> counts(List<Unit> asked, LocalDate on) {
    Map<Long, Long> counts = new HashMap<>();
    jdbc.sql(
            """
            with recursive within as (
              select id as top, id from organisation.unit where id = any(:units)
              union all
              select w.top, u.unit_id from within w
                join organisation.unit_description u on u.parent_id = w.id and u.superseded_at is null
                 and (u.starts_on is null or u.starts_on <= :on) and (u.ends_on is null or u.ends_on > :on))
            select w.top, count(distinct p.official_id) as people
              from within w
              join official.posting p on p.unit_id = w.id and p.superseded_at is null
               and p.starts_on <= :on and (p.ends_on is null or p.ends_on > :on)
             group by w.top
            """)
        .param("units", asked.stream().map(Unit::id).toArray(Long[]::new))
        .param("on", on)
        .query(
            row -> {
              counts.put(row.getLong("top"), row.getLong("people"));
            });
    return counts;
  }
}
