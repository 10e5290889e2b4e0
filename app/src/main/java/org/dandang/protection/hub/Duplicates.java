package org.dandang.protection.hub;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Leads that may be the same: shown with why, merged by a person, and parted again. */
@Component
public class Duplicates {
  private static final int MOST = 40;
  private static final int SHOWN = 10;
  private static final double ALIKE = 0.3;
  private static final int NEAR_DAYS = 90;

  private final JdbcClient jdbc;
  private final Leads leads;
  private final LeadAccess access;
  private final LeadTerms terms;
  private final Intake intake;
  private final LeadSettling closing;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Duplicates(
      JdbcClient jdbc,
      Leads leads,
      LeadAccess access,
      LeadTerms terms,
      Intake intake,
      LeadSettling closing,
      Clock clock,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.leads = leads;
    this.access = access;
    this.terms = terms;
    this.intake = intake;
    this.closing = closing;
    this.clock = clock;
    this.transaction = transaction;
  }

  /**
   * A reason for which two leads may be one.
   *
   * @param key under {@code hub.same.}
   * @param value what the reason names
   */
  public record Why(String key, String value) {}

  public record Likely(Lead lead, List<Why> why, double alike) {}

  /** A merger that stands. */
  public record Merger(
      long id, long merged, String number, String title, String reason, String by) {}

  /** Leads that may be the same as one, within what the account sees, the likeliest first. */
  List<Likely> of(Lead lead, SignedIn account) {
    List<Long> candidates =
        Sights.as(
            access.sight(account),
            () ->
                jdbc.sql(
                        """
                        select l.id from protection.lead l
                          join (select id from protection.lead where source = :source and reference = :reference and :reference <> ''
                                union
                                select b.lead_id from protection.lead_person a join protection.lead_person b on b.official_id = a.official_id
                                 where a.lead_id = :id
                                union
                                select b.lead_id from protection.lead_person a join protection.lead_person b on b.name = a.name
                                 where a.lead_id = :id) c on c.id = l.id
                         where l.id <> :id and l.state <> 'merged'
                           and not exists (select from protection.lead_apart x
                                            where x.one_id = least(l.id, :id) and x.other_id = greatest(l.id, :id))
                         order by l.received_on desc limit :most
                        """)
                    .param("source", lead.source().word())
                    .param("reference", lead.reference())
                    .param("id", lead.id())
                    .param("most", MOST)
                    .query(Long.class)
                    .list());
    return candidates.stream()
        .flatMap(id -> leads.find(id).stream())
        .flatMap(other -> likely(lead, other).stream())
        .sorted(
            Comparator.comparingDouble((Likely one) -> one.why().size() + 3 * one.alike())
                .reversed())
        .limit(SHOWN)
        .toList();
  }

  static Optional<Likely> likely(Lead lead, Lead other) {
    List<Why> why = new ArrayList<>();
    boolean reference =
        !lead.reference().isEmpty()
            && lead.source() == other.source()
            && lead.reference().equals(other.reference());
    if (reference) {
      why.add(new Why("reference", lead.reference()));
    }
    for (Lead.Person one : lead.people()) {
      for (Lead.Person two : other.people()) {
        if (one.official() != null && one.official().equals(two.official())) {
          why.add(new Why("official", one.name()));
        } else if (one.name().equals(two.name())
            && (one.official() == null || two.official() == null)) {
          why.add(
              new Why(
                  !one.unitName().isEmpty() && one.unitName().equals(two.unitName())
                      ? "name-and-unit"
                      : "name",
                  one.name()));
        }
      }
    }
    boolean person = why.size() > (reference ? 1 : 0);
    double alike = alike(lead.title() + lead.content(), other.title() + other.content());
    if (alike >= ALIKE) {
      why.add(new Why("text", Math.round(alike * 100) + " %"));
    }
    if (!lead.round().isEmpty() && lead.round().equals(other.round())) {
      why.add(new Why("round", lead.round()));
    }
    if (Math.abs(ChronoUnit.DAYS.between(lead.receivedOn(), other.receivedOn())) <= NEAR_DAYS) {
      why.add(new Why("near", other.receivedOn().toString()));
    }
    return reference || (person && alike >= ALIKE)
        ? Optional.of(new Likely(other, List.copyOf(why), alike))
        : Optional.empty();
  }

  /** How many pairs of neighbouring characters two texts share, of all they have. */
  static double alike(String one, String two) {
    Set<String> a = pairs(one);
    Set<String> b = pairs(two);
    Set<String> both = new HashSet<>(a);
    both.retainAll(b);
    int all = a.size() + b.size() - both.size();
    return all == 0 ? 0 : (double) both.size() / all;
  }

  private static Set<String> pairs(String text) {
    String plain = text.replaceAll("[\\s\\p{Punct}，。；：、（）“”]+", "");
    Set<String> pairs = new HashSet<>();
    for (int i = 0; i + 1 < plain.length(); i++) {
      pairs.add(plain.substring(i, i + 2));
    }
    return pairs;
  }

  List<Merger> mergedInto(long lead) {
    return Sights.everything(
        () ->
            jdbc.sql(
                    """
                    select m.id, m.merged_id as merged, l.number, l.title, m.reason, m.merged_by as by
                      from protection.lead_merge m join protection.lead l on l.id = m.merged_id
                     where m.kept_id = ? and m.undone_at is null order by m.id
                    """)
                .param(lead)
                .query(Merger.class)
                .list());
  }

  /** Says that two are different; they are not shown to each other again. */
  void apart(long one, long other, SignedIn by) {
    access.need(by, Action.CHANGE, one);
    access.need(by, Action.CHANGE, other);
    Sights.everywhere(
        () ->
            transaction.executeWithoutResult(
                status -> {
                  jdbc.sql(
                          "insert into protection.lead_apart values (least(:a, :b), greatest(:a,"
                              + " :b), :now, :by) on conflict do nothing")
                      .param("a", one)
                      .param("b", other)
                      .param("now", now())
                      .param("by", by.signInName())
                      .update();
                  closing.note(
                      by.signInName(), "lead-found-different", one, Map.of("other", other));
                }));
  }

  /** Merges one lead into another; those only it names are named by the other from then on. */
  void merge(long kept, long merged, String reason, SignedIn by) {
    access.need(by, Action.CHANGE, kept);
    access.need(by, Action.CHANGE, merged);
    if (reason.isBlank() || reason.length() > 1_000) {
      throw Intake.refused("reason");
    }
    if (kept == merged) {
      throw Intake.refused("merge-itself");
    }
    Sights.everywhere(
        () ->
            transaction.executeWithoutResult(
                status -> merged(kept, merged, reason.strip(), by.signInName())));
  }

  private void merged(long kept, long merged, String reason, String by) {
    lockOpen(kept, merged);
    boolean acted =
        jdbc.sql(
                """
                select exists (select from protection.lead_person p where p.lead_id = :merged and p.outcome is not null)
                    or exists (select from protection.lead_person p join protection.lead_contact c on c.person_id = p.id where p.lead_id = :merged)
                    or exists (select from protection.lead_merge where kept_id = :merged and undone_at is null)
                """)
            .param("merged", merged)
            .query(Boolean.class)
            .single();
    if (acted) {
      throw Intake.refused("merge-acted-on");
    }
    jdbc.sql(
            """
            insert into protection.lead_person (lead_id, place, name, unit_name, post, official_id, linked_at, linked_by, reason, set_aside, copied_from)
            select :kept, (select max(place) from protection.lead_person where lead_id = :kept) + row_number() over (order by p.place),
                   p.name, p.unit_name, p.post, p.official_id, p.linked_at, p.linked_by, p.reason, p.set_aside, p.id
              from protection.lead_person p
             where p.lead_id = :merged
               and not exists (select from protection.lead_person k where k.lead_id = :kept
                                and (k.official_id = p.official_id
                                     or (k.name = p.name and k.unit_name = p.unit_name and (k.official_id is null or p.official_id is null))))
            """)
        .param("kept", kept)
        .param("merged", merged)
        .update();
    jdbc.sql("update protection.lead set state = 'merged', merged_into = ? where id = ?")
        .params(kept, merged)
        .update();
    jdbc.sql(
            "insert into protection.lead_merge (kept_id, merged_id, reason, merged_at, merged_by)"
                + " values (?, ?, ?, ?, ?)")
        .params(kept, merged, reason, now(), by)
        .update();
    closing.deadlines(merged, by, false);
    closing.note(by, "lead-merged", merged, Map.of("into", kept));
  }

  private void lockOpen(long one, long other) {
    List<String> states =
        jdbc.sql("select state from protection.lead where id = any (?) order by id for update")
            .param(new Long[] {one, other})
            .query(String.class)
            .list();
    if (states.size() != 2 || !states.stream().allMatch("open"::equals)) {
      throw Intake.refused("not-open");
    }
  }

  /** Parts what was merged, as long as nothing was done about those who came over. */
  void undo(long kept, long merger, SignedIn by) {
    access.need(by, Action.CHANGE, kept);
    Sights.everywhere(
        () -> transaction.executeWithoutResult(status -> undone(kept, merger, by.signInName())));
  }

  private void undone(long kept, long merger, String by) {
    Long merged =
        jdbc.sql(
                "select merged_id from protection.lead_merge where id = ? and kept_id = ? and"
                    + " undone_at is null for update")
            .params(merger, kept)
            .query(Long.class)
            .optional()
            .orElseThrow(NotHere::new);
    jdbc.sql("select id from protection.lead where id = ? for update")
        .param(kept)
        .query(Long.class)
        .single();
    boolean acted =
        jdbc.sql(
                """
                select exists (select from protection.lead_person p join protection.lead_person o on o.id = p.copied_from and o.lead_id = :merged
                                where p.lead_id = :kept
                                  and (p.outcome is not null or exists (select from protection.lead_contact c where c.person_id = p.id)))
                """)
            .param("kept", kept)
            .param("merged", merged)
            .query(Boolean.class)
            .single();
    if (acted) {
      throw Intake.refused("acted-on");
    }
    jdbc.sql(
            """
            delete from protection.lead_person p using protection.lead_person o
             where o.id = p.copied_from and o.lead_id = ? and p.lead_id = ?
            """)
        .params(merged, kept)
        .update();
    jdbc.sql("update protection.lead set state = 'open', merged_into = null where id = ?")
        .param(merged)
        .update();
    jdbc.sql("update protection.lead_merge set undone_at = ?, undone_by = ? where id = ?")
        .params(now(), by, merger)
        .update();
    Lead again = leads.find(merged).orElseThrow();
    terms
        .of(again.pack(), again.source(), again.receivedOn())
        .ifPresent(
            term ->
                intake.begin(merged, again.number(), again.unit(), again.receivedOn(), term, by));
    closing.note(by, "lead-merger-undone", merged, Map.of("from", kept));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
