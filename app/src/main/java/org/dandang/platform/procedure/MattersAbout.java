package org.dandang.platform.procedure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Matters by whom they are about: for officers who see an official whole, and for the official. */
@Component
public class MattersAbout {
  private static final int MOST = 500;
  private static final String ALL =
      """
      select m.id, m.version_id, m.state, m.result, m.begun_on, m.ended_at,
             s.step, s.due_on, s.party,
             exists (select from platform.matter_step t where t.matter_id = m.id and t.party) as reached
        from platform.matter m
        left join platform.matter_step s on s.matter_id = m.id and s.state = 'open'
       where exists (select from platform.matter_party p
                      where p.matter_id = m.id and p.kind = 'official' and p.subject = :official)
         and m.state not in ('draft', 'discarded')
      """;

  private final JdbcClient jdbc;
  private final Versions versions;

  MattersAbout(JdbcClient jdbc, Versions versions) {
    this.jdbc = jdbc;
    this.versions = versions;
  }

  /**
   * A matter as a list tells of it.
   *
   * @param node the step at which it stands, or the end it came to; null where it was stopped
   * @param due last day of that step
   * @param yours whether the step is the party's
   * @param clause number of the clause that step or end rests on, its text under {@code clause.}
   * @param reached whether a step was the party's
   * @param toldAtItsEnd whether it ended so that the party is told
   * @param adverse whether it came to a disadvantage
   * @param objection whether the procedure gives the party a time to object
   */
  public record Told(
      long id,
      String pack,
      Texts texts,
      Matter.State state,
      LocalDate begunOn,
      @Nullable String node,
      @Nullable LocalDate due,
      boolean yours,
      Node.@Nullable Kind kind,
      @Nullable String clause,
      boolean reached,
      boolean toldAtItsEnd,
      boolean adverse,
      boolean objection,
      @Nullable OffsetDateTime endedAt) {
    /** Where its page is. */
    public String path() {
      return "/matters/" + id;
    }

    /** What it came to, or where it stands, in a language. */
    public Optional<String> where(String language) {
      return Optional.ofNullable(node)
          .map(id -> texts.in(language, (state == Matter.State.ENDED ? "result." : "step.") + id));
    }
  }

  /** All about an official, the newest first, for a reader who was asked for already. */
  public List<Told> of(long official) {
    return jdbc.sql(ALL + " order by m.id desc limit " + MOST)
        .param("official", official)
        .query((row, number) -> told(row))
        .list();
  }

  /**
   * The own matters as far as their stage allows: from the first step that was the own, or from an
   * end of which the party is told.
   */
  public List<Told> own(SignedIn account) {
    Long official = account.official();
    if (official == null) {
      return List.of();
    }
    return jdbc
        .sql(ALL + " order by coalesce(s.party, false) desc, m.id desc limit " + MOST)
        .param("official", official)
        .query((row, number) -> told(row))
        .list()
        .stream()
        .filter(one -> one.reached() || one.toldAtItsEnd())
        .toList();
  }

  private Told told(ResultSet row) throws SQLException {
    Procedure procedure = versions.get(row.getLong("version_id")).procedure();
    String result = row.getString("result");
    String step = row.getString("step");
    String node = result == null ? step : result;
    Node there = node == null ? null : procedure.flow().nodes().get(node);
    return new Told(
        row.getLong("id"),
        procedure.pack(),
        procedure.texts(),
        Matter.State.of(row.getString("state")),
        row.getObject("begun_on", LocalDate.class),
        node,
        row.getObject("due_on", LocalDate.class),
        row.getBoolean("party"),
        there instanceof Node.Step open ? open.kind() : null,
        there == null ? null : there.clause(),
        row.getBoolean("reached"),
        there instanceof Node.End end && end.tells().stream().anyMatch(Who.Party.class::isInstance),
        there instanceof Node.End over && over.adverse(),
        procedure.flow().steps().stream()
            .anyMatch(one -> one.kind() == Node.Kind.OBJECT && one.isOfTheParty()),
        row.getObject("ended_at", OffsetDateTime.class));
  }
}
