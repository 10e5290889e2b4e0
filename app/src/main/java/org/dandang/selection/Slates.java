package org.dandang.selection;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dandang.official.ProposedPostings;
import org.dandang.platform.ledger.Ledger;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.simulation.ProposedLists;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists of promotions that are only proposed. */
@Component
public class Slates implements ProposedLists {
  /** Newest lists among which those of the reader are looked for. */
  private static final int LOOKED_AT = 2_000;

  private static final Set<String> LEVELS =
      Set.of("101", "102", "111", "112", "121", "122", "131", "132", "141", "142", "150", "160");

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Ledger ledger;
  private final ProposedPostings postings;

  Slates(JdbcClient jdbc, Clock clock, Ledger ledger, ProposedPostings postings) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.ledger = ledger;
    this.postings = postings;
  }

  /**
   * Reads a list written as lines of official's key, unit's code, post level and, if wanted, the
   * post; separated by comma, tab or semicolon. A first line of headings and empty lines are passed
   * over.
   *
   * @throws PolicyProblem naming the line
   */
  public static List<SlateLine> read(String text) {
    List<SlateLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.replace("\uFEFF", "").lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      List<String> cells =
          List.of(line.strip().split("\\s*[,;，；\\t]\\s*")).stream()
              .map(cell -> cell.replaceAll("^\"|\"$", ""))
              .toList();
      if (lines.isEmpty()
          && cells.size() >= 3
          && !LEVELS.contains(cells.get(2))
          && !cells.get(2).matches(".*\\d.*")) {
        continue;
      }
      if (cells.size() < 3) {
        throw new PolicyProblem("slate-columns", number);
      }
      lines.add(
          new SlateLine(
              number,
              cells.get(0),
              cells.get(1),
              cells.get(2),
              cells.size() > 3 ? cells.get(3) : null));
    }
    if (lines.isEmpty()) {
      throw new PolicyProblem("slate-empty");
    }
    return lines;
  }

  /**
   * Keeps a slate.
   *
   * @throws PolicyProblem naming the line whose official, unit or level is not known, or whose unit
   *     lies outside the jurisdiction of whoever proposes; nothing is kept then
   */
  @Transactional
  public long propose(String title, LocalDate takesEffect, List<SlateLine> lines, String actor) {
    List<ProposedPostings.Proposed> proposed = new ArrayList<>();
    Set<Long> named = new HashSet<>();
    for (SlateLine line : lines) {
      long official =
          postings
              .officialWithKey(line.official())
              .orElseThrow(
                  () -> new PolicyProblem("slate-official", line.number(), line.official()));
      if (!named.add(official)) {
        throw new PolicyProblem("slate-twice", line.number(), line.official());
      }
      long unit =
          unit(line.unit())
              .orElseThrow(() -> new PolicyProblem("slate-unit", line.number(), line.unit()));
      if (!isWithin(unit)) {
        throw new PolicyProblem("slate-outside", line.number(), line.unit());
      }
      if (!LEVELS.contains(line.postLevel())) {
        throw new PolicyProblem("slate-level", line.number(), line.postLevel());
      }
      proposed.add(new ProposedPostings.Proposed(official, unit, line.postLevel(), line.post()));
    }
    long slate =
        jdbc.sql(
                "insert into selection.slate (title, takes_effect, postings, recorded_at,"
                    + " recorded_by) values (?, ?, ?, ?, ?) returning id")
            .params(title, takesEffect, proposed.size(), OffsetDateTime.now(clock), actor)
            .query(Long.class)
            .single();
    postings.lay(slate, takesEffect, proposed, actor);
    ledger.append(
        actor,
        "slate-proposed",
        "slate",
        Long.toString(slate),
        Map.of("postings", proposed.size(), "takes-effect", takesEffect.toString()));
    return slate;
  }

  @Override
  public List<ProposedList> newest(int atMost) {
    List<ProposedList> newest =
        jdbc.sql(
                "select id, title, takes_effect, postings from selection.slate order by id desc"
                    + " limit ?")
            .param(LOOKED_AT)
            .query(ProposedList.class)
            .list();
    Set<Long> seen = postings.seen(newest.stream().map(ProposedList::id).toList());
    return newest.stream().filter(list -> seen.contains(list.id())).limit(atMost).toList();
  }

  @Override
  public Optional<ProposedList> list(long id) {
    return jdbc.sql("select id, title, takes_effect, postings from selection.slate where id = ?")
        .param(id)
        .query(ProposedList.class)
        .optional();
  }

  Optional<SlateView> find(long slate) {
    return jdbc.sql("select id, title, takes_effect, postings from selection.slate where id = ?")
        .param(slate)
        .query(
            (row, number) ->
                new SlateView(
                    row.getLong("id"),
                    row.getString("title"),
                    row.getObject("takes_effect", LocalDate.class),
                    row.getInt("postings")))
        .optional();
  }

  /** Those of a slate who are under a period without promotion on the day it takes effect. */
  List<SlateView.NotClear> notClear(SlateView slate) {
    return jdbc.sql(
            """
            select distinct c.official_id as official, o.label || ' · ' || o.key as label, c.until
              from official.proposed_posting p
              join protection.clearance_on(:day) c on c.official_id = p.official_id and c.effect = 'no-promotion'
              join official.subject o on o.subject = p.official_id
             where p.slate_id = :slate order by 2
            """)
        .param("day", slate.takesEffect())
        .param("slate", slate.id())
        .query(SlateView.NotClear.class)
        .list();
  }

  /** Whether a unit lies within the jurisdiction of whoever proposes. */
  private boolean isWithin(long unit) {
    return jdbc.sql("select exists (select from organisation.subject_within where subject = ?)")
        .param(unit)
        .query(Boolean.class)
        .single();
  }

  private Optional<Long> unit(String code) {
    List<Long> found =
        jdbc.sql("select id from organisation.unit where code = ?")
            .param(code)
            .query(Long.class)
            .list();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }
}
