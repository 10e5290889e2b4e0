package org.dandang.official;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Relations;
import org.dandang.platform.access.Role;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The records of officials as the rules of access see them, and who stands close to whom. */
@Component
class OfficialAccess implements RecordKind, Relations {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final ZoneId zone;

  OfficialAccess(
      JdbcClient jdbc, Clock clock, @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public String kind() {
    return "official";
  }

  @Override
  public Set<Action> allows(Role role) {
    return switch (role) {
      case PERSONNEL_OFFICER -> EnumSet.allOf(Action.class);
      case HEAD_OF_UNIT -> EnumSet.of(Action.NAME, Action.READ);
      case DISCIPLINE_OFFICER, HEAD_OF_PERSONNEL -> EnumSet.of(Action.NAME);
      case OFFICIAL,
          TRAINING_OFFICER,
          FINANCE_OFFICER,
          PETITION_OFFICER,
          PANEL_MEMBER,
          CUSTODIAN,
          SYSTEM_ADMINISTRATOR,
          SECURITY_ADMINISTRATOR,
          AUDIT_ADMINISTRATOR ->
          EnumSet.noneOf(Action.class);
    };
  }

  @Override
  public Optional<Place> place(String id) {
    long official = Long.parseLong(id);
    boolean there =
        jdbc.sql("select exists (select from official.official where id = ?)")
            .param(official)
            .query(Boolean.class)
            .single();
    return there
        ? Optional.of(
            new Place(
                new HashSet<>(
                    jdbc.sql("select official.seen_from(:official, :day)")
                        .param("official", official)
                        .param("day", today())
                        .query(Long.class)
                        .list()),
                Set.of(official)))
        : Optional.empty();
  }

  /**
   * Who is named among the family of the other with the same name and, as far as both say, the same
   * month of birth.
   */
  @Override
  public Set<Long> kin(long official) {
    return new HashSet<>(
        jdbc.sql(
                """
                select i.official_id
                  from official.current_family_member f
                  join official.current_identity i on i.name = f.name
                   and (f.born is null or i.born is null or date_trunc('month', f.born) = date_trunc('month', i.born)
                        or (f.born_precision = 'Y' or i.born_precision = 'Y') and extract(year from f.born) = extract(year from i.born))
                 where f.official_id = :official and i.official_id <> :official
                union
                select f.official_id
                  from official.current_identity i
                  join official.current_family_member f on f.name = i.name
                   and (f.born is null or i.born is null or date_trunc('month', f.born) = date_trunc('month', i.born)
                        or (f.born_precision = 'Y' or i.born_precision = 'Y') and extract(year from f.born) = extract(year from i.born))
                 where i.official_id = :official and f.official_id <> :official
                """)
            .param("official", official)
            .query(Long.class)
            .list());
  }

  /** The leading team of the units in which one serves, those of a higher level than the own. */
  @Override
  public Set<Long> superiors(long official) {
    return new HashSet<>(
        jdbc.sql(
                """
                select t.official_id
                  from official.counted_posts(:official, :day) c
                  join official.team_on(:day) t on t.unit_id = c.unit_id
                 where t.official_id <> :official and (c.post_level is null or t.post_level < c.post_level)
                """)
            .param("official", official)
            .param("day", today())
            .query(Long.class)
            .list());
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }
}
