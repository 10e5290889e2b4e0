package org.dandang.official;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.organisation.Unit;
import org.dandang.organisation.Units;
import org.dandang.platform.web.NotHere;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The tree of units with the people in each. It stands here because it counts officials. */
@Controller
class UnitPages {
  private final Units units;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final ZoneId zone;

  UnitPages(
      Units units,
      JdbcClient jdbc,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.units = units;
    this.jdbc = jdbc;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/units")
  String all(Model model) {
    List<Unit> roots = units.roots();
    List<Unit> below = roots.size() == 1 ? units.children(roots.getFirst().id()) : List.of();
    Map<Long, Long> counts = counts(roots);
    counts.putAll(counts(below));
    model.addAttribute("roots", roots);
    model.addAttribute("below", below);
    model.addAttribute("counts", counts);
    return "official/units";
  }

  @GetMapping("/units/{id}/children")
  String children(@PathVariable long id, Model model) {
    List<Unit> children = units.children(id);
    model.addAttribute("units", children);
    model.addAttribute("counts", counts(children));
    return "official/unit-branch";
  }

  @GetMapping("/units/{id}")
  String one(@PathVariable long id, Model model) {
    Unit unit = units.find(id).orElseThrow(NotHere::new);
    List<Unit> children = units.children(id);
    model.addAttribute("unit", unit);
    model.addAttribute("above", units.above(id));
    model.addAttribute("children", children);
    Map<Long, Long> counts = counts(children);
    counts.putAll(counts(List.of(unit)));
    model.addAttribute("counts", counts);
    return "official/unit";
  }

  /** People who serve today in each unit or within it, one question for all of them. */
  private Map<Long, Long> counts(List<Unit> asked) {
    LocalDate today = LocalDate.now(clock.withZone(zone));
    Map<Long, Long> counts = new HashMap<>();
    jdbc.sql(
            """
            with recursive within as (
              select id as top, id from organisation.unit where id = any(:units)
              union all
              select w.top, u.id from within w join organisation.unit u on u.parent_id = w.id)
            select w.top, count(distinct p.official_id) as people
              from within w
              join official.posting p on p.unit_id = w.id and p.superseded_at is null
               and p.starts_on <= :today and (p.ends_on is null or p.ends_on > :today)
             group by w.top
            """)
        .param("units", asked.stream().map(Unit::id).toArray(Long[]::new))
        .param("today", today)
        .query(
            row -> {
              counts.put(row.getLong("top"), row.getLong("people"));
            });
    return counts;
  }
}
