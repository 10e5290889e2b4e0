package org.dandang.official;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Postings nobody holds yet; facts see them only when asked with their slate. */
@Component
public class ProposedPostings {
  private final JdbcClient jdbc;
  private final Clock clock;

  ProposedPostings(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * A regular post proposed for an official.
   *
   * @param postLevel code of GB/T 12407-2008
   */
  public record Proposed(long official, long unit, String postLevel, @Nullable String post) {}

  /** Replaces what a slate proposes. */
  @Transactional
  public void lay(long slate, LocalDate startsOn, List<Proposed> postings, String actor) {
    jdbc.sql("delete from official.proposed_posting where slate_id = ?").param(slate).update();
    OffsetDateTime now = OffsetDateTime.now(clock);
    jdbc.sql(
            """
            insert into official.proposed_posting
                   (slate_id, official_id, unit_id, post_level, post, starts_on, recorded_at, recorded_by)
            select :slate, o, u, l, p, :starts, :now, :actor
              from unnest(cast(:officials as bigint[]), cast(:units as bigint[]), cast(:levels as text[]), cast(:posts as text[])) as row(o, u, l, p)
            """)
        .param("slate", slate)
        .param("starts", startsOn)
        .param("now", now)
        .param("actor", actor)
        .param("officials", postings.stream().map(Proposed::official).toArray(Long[]::new))
        .param("units", postings.stream().map(Proposed::unit).toArray(Long[]::new))
        .param("levels", postings.stream().map(Proposed::postLevel).toArray(String[]::new))
        .param("posts", postings.stream().map(Proposed::post).toArray(String[]::new))
        .update();
  }

  /** Units in which a slate proposes posts, and the officials it proposes. */
  public record Concerned(Set<Long> units, Set<Long> officials) {}

  /** Whom and what a slate concerns. */
  public Concerned concerned(long slate) {
    Set<Long> units = new HashSet<>();
    Set<Long> officials = new HashSet<>();
    jdbc.sql("select unit_id, official_id from official.proposed_posting where slate_id = ?")
        .param(slate)
        .query(
            row -> {
              units.add(row.getLong(1));
              officials.add(row.getLong(2));
            });
    return new Concerned(units, officials);
  }

  /** Those of some slates of which whoever asks sees somebody. */
  public Set<Long> seen(List<Long> slates) {
    return new HashSet<>(
        jdbc.sql("select distinct slate_id from official.proposed_posting where slate_id = any (?)")
            .param(slates.toArray(Long[]::new))
            .query(Long.class)
            .list());
  }

  /** The number of the official with a key; empty when none or several registers have it. */
  public Optional<Long> officialWithKey(String key) {
    List<Long> found =
        jdbc.sql("select id from official.official where key = ?")
            .param(key)
            .query(Long.class)
            .list();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
