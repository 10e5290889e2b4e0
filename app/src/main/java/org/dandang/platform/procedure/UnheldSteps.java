package org.dandang.platform.procedure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.RoleShortages;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.storage.Sights;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Open steps that wait for nobody: no account that may sign in holds the role over the unit today
 * and is not kept apart by what it did before in the matter.
 */
@Component
class UnheldSteps implements RoleShortages {
  private static final String WAITING =
      """
      with waiting as (
        select w.roles, coalesce(s.reach, m.above) as units, s.not_by, m.unit_id, count(*) as steps
          from platform.matter_step s join platform.matter m on m.id = s.matter_id
         cross join lateral (
                select s.roles
                 where not exists (select from platform.matter_signature g where g.step_id = s.id)
                union all
                select array[g.role] from platform.matter_signature g
                 where g.step_id = s.id and g.account_id is null and g.outcome is null and g.role = any (s.roles)) w (roles)
         where s.state = 'open' and m.state = 'open' and s.claimed_by is null and not s.beginner
           and cardinality(s.roles) > 0 %s
         group by 1, 2, 3, 4)
      select w.roles, w.unit_id, sum(w.steps)::bigint as steps
        from waiting w
       where not exists (
             select from platform.role_assignment a join platform.account c on c.id = a.account_id
              where a.role = any (w.roles) and c.disabled_at is null and not (a.account_id = any (w.not_by))
                and (a.unit_id is null or a.unit_id = any (w.units))
                and a.starts_on <= :today and (a.ends_on is null or a.ends_on > :today))
       group by w.roles, w.unit_id order by steps desc, w.unit_id limit 100
      """;

  private final JdbcClient jdbc;
  private final Register register;
  private final OfficeCalendar office;

  UnheldSteps(JdbcClient jdbc, Register register, OfficeCalendar office) {
    this.jdbc = jdbc;
    this.register = register;
    this.office = office;
  }

  private record Found(List<Role> roles, Party unit, long steps) {}

  @Override
  public List<RoleShortage> today() {
    return named("", Map.of());
  }

  /** What the open step of a matter waits for in vain; empty where somebody can do it. */
  List<RoleShortage> of(long matter) {
    return named("and m.id = :matter", Map.of("matter", matter));
  }

  private List<RoleShortage> named(String which, Map<String, Object> asked) {
    return Sights.everything(
        () -> {
          List<Found> found =
              jdbc.sql(WAITING.formatted(which))
                  .param("today", office.today())
                  .params(asked)
                  .query(
                      (row, number) ->
                          new Found(
                              Arrays.stream((String[]) row.getArray("roles").getArray())
                                  .map(word -> Role.find(word).orElseThrow())
                                  .toList(),
                              new Party("unit", row.getLong("unit_id")),
                              row.getLong("steps")))
                  .list();
          Map<Party, String> units =
              register.labels(found.stream().map(Found::unit).distinct().toList());
          List<RoleShortage> shortages = new ArrayList<>();
          for (Found one : found) {
            shortages.add(
                new RoleShortage(one.roles(), units.getOrDefault(one.unit(), ""), one.steps()));
          }
          return shortages;
        });
  }
}
