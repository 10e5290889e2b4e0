package org.dandang.protection.hub;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says who is meant by a name in a lead: the program suggests and says why, a person decides. */
@Component
public class Linking {
  private static final int MOST = 8;

  private final JdbcClient jdbc;
  private final Leads leads;
  private final LeadAccess access;
  private final LeadSettling closing;
  private final Clock clock;

  Linking(JdbcClient jdbc, Leads leads, LeadAccess access, LeadSettling closing, Clock clock) {
    this.jdbc = jdbc;
    this.leads = leads;
    this.access = access;
    this.closing = closing;
    this.clock = clock;
  }

  /**
   * An official who may be meant.
   *
   * @param posts where the official serves or served
   * @param why reasons, under {@code hub.why.}
   */
  public record Suggestion(long official, String label, String posts, List<String> why) {
    int weight() {
      return why.stream()
          .mapToInt(
              one ->
                  switch (one) {
                    case "unit" -> 4;
                    case "unit-before" -> 3;
                    case "unit-alike" -> 2;
                    case "post" -> 2;
                    default -> 1;
                  })
          .sum();
    }
  }

  private record Row(
      long official,
      String label,
      @Nullable String posts,
      boolean unitNow,
      boolean unitBefore,
      boolean alike,
      boolean post,
      boolean serving) {}

  /** Officials of the name, within what the account may read, those most likely meant first. */
  List<Suggestion> suggestions(Lead.Person person, SignedIn account) {
    List<Row> rows =
        Sights.as(
            access.sight(account),
            () ->
                jdbc.sql(
                        """
                        select i.official_id as official, i.name || ' · ' || o.key as label, p.posts,
                               coalesce(p.unit_now, false) as unit_now, coalesce(p.unit_before, false) as unit_before,
                               coalesce(p.alike, false) as alike, coalesce(p.post, false) as post, i.status = 'serving' as serving
                          from official.current_identity i
                          join official.official o on o.id = i.official_id
                          left join lateral (
                            select string_agg(concat_ws(' ', u.name, p.post), '；' order by p.ends_on desc nulls first, p.starts_on desc) as posts,
                                   bool_or(p.ends_on is null and u.name = :unit) as unit_now,
                                   bool_or(p.ends_on is not null and u.name = :unit) as unit_before,
                                   bool_or(:unit <> '' and u.name <> :unit and (position(u.name in :unit) > 0 or position(:unit in u.name) > 0)) as alike,
                                   bool_or(:post <> '' and (p.post = :post or position(:post in p.post) > 0)) as post
                              from official.current_posting p join organisation.unit u on u.id = p.unit_id
                             where p.official_id = i.official_id) p on true
                         where i.name = :name
                         limit 200
                        """)
                    .param("name", person.name())
                    .param("unit", person.unitName())
                    .param("post", person.post())
                    .query(Row.class)
                    .list());
    return rows.stream()
        .map(Linking::suggestion)
        .sorted(Comparator.comparingInt(Suggestion::weight).reversed())
        .limit(MOST)
        .toList();
  }

  private static Suggestion suggestion(Row row) {
    List<String> why = new ArrayList<>(List.of("name"));
    if (row.unitNow()) {
      why.add("unit");
    } else if (row.unitBefore()) {
      why.add("unit-before");
    } else if (row.alike()) {
      why.add("unit-alike");
    }
    if (row.post()) {
      why.add("post");
    }
    if (row.serving()) {
      why.add("serving");
    }
    return new Suggestion(
        row.official(), row.label(), row.posts() == null ? "" : row.posts(), List.copyOf(why));
  }

  /**
   * Says that an official is meant.
   *
   * @param reason in the person's words
   */
  public void link(long person, long official, String reason, SignedIn by) {
    Lead lead = open(person, by);
    boolean seen =
        Sights.as(
            access.sight(by),
            () ->
                jdbc.sql("select exists (select from official.official where id = ?)")
                    .param(official)
                    .query(Boolean.class)
                    .single());
    if (!seen) {
      throw Intake.refused("no-such-official");
    }
    if (lead.people().stream()
        .anyMatch(one -> one.official() != null && one.official() == official)) {
      throw Intake.refused("linked-twice");
    }
    Sights.everywhere(() -> closing.link(lead, person, official, said(reason), by, now()));
  }

  /** Takes back who is meant, as long as nothing was done on it. */
  void unlink(long person, SignedIn by) {
    Lead lead = open(person, by);
    Sights.everywhere(() -> closing.unlink(lead, person, by));
  }

  /** Says that nobody on record is meant. */
  void setAside(long person, String reason, SignedIn by) {
    Lead lead = open(person, by);
    Lead.Person one = lead.person(person).orElseThrow(NotHere::new);
    if (one.official() != null) {
      throw Intake.refused("linked-already");
    }
    Sights.everywhere(() -> closing.setAside(lead, person, said(reason), by));
  }

  private Lead open(long person, SignedIn by) {
    Lead lead = leads.ofPerson(person).orElseThrow(NotHere::new);
    access.need(by, Action.CHANGE, lead.id());
    if (!lead.isOpen()) {
      throw Intake.refused("not-open");
    }
    return lead;
  }

  private static String said(String reason) {
    if (reason.isBlank() || reason.length() > 1_000) {
      throw Intake.refused("reason");
    }
    return reason.strip();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
