package org.dandang.protection.accusation;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.procedure.Matter;
import org.dandang.platform.procedure.OnRecord;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.storage.Sights;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The register of persons found to have accused maliciously. An entry rests on a finding that
 * stands, has a term, and is in no list, page, export or answer from the day its term is over.
 */
@Component
class CreditEntries implements DecisionRegister, OnRecord {
  static final String KIND = "credit-entry";

  private final JdbcClient jdbc;
  private final FalseAccusations findings;
  private final Access access;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final Clock clock;

  CreditEntries(
      JdbcClient jdbc,
      FalseAccusations findings,
      @Lazy Access access,
      @Lazy OfficeCalendar office,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.findings = findings;
    this.access = access;
    this.office = office;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void foresee(Entered entered) {
    Sights.everywhere(() -> rests(entered));
  }

  /** The finding an entry rests on: it stands on the day, about the same person. */
  private Finding rests(Entered entered) {
    LocalDate listed = entered.neededDay("listed-on");
    if (listed.isAfter(office.today())) {
      throw FalseAccusations.refused("later-day", listed);
    }
    Party party = FalseAccusations.party(entered.matter());
    return findings
        .find(entered.neededOnRecord("finding"), listed)
        .filter(
            one ->
                Objects.equals(
                    party.subject(), party.isOfficial() ? one.official() : one.outsider()))
        .orElseThrow(() -> FalseAccusations.refused("no-finding"));
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    Matter matter = entered.matter();
    Finding finding = rests(entered);
    LocalDate listed = entered.neededDay("listed-on");
    FalseAccusations.Approved approved = findings.approvals(matter.id());
    Figure term = Objects.requireNonNull(matter.figures().get("entry-months"));
    LocalDate ends = listed.plusMonths(term.value().intValueExact());
    long entry =
        jdbc.sql(
                """
                insert into protection.credit_entry (finding_id, official_id, outsider_id, unit_id, pack, matter_id, basis, approved_by,
                       decided_by, listed_on, ends_on, clause, recorded_at, recorded_by)
                values (:finding, :official, :outsider, :unit, :pack, :matter, :basis, :first, :second, :listed, :ends, :clause, :now, :by)
                on conflict (finding_id) where removed_on is null do nothing returning id
                """)
            .param("finding", finding.id())
            .param("official", finding.official(), java.sql.Types.BIGINT)
            .param("outsider", finding.outsider(), java.sql.Types.BIGINT)
            .param("unit", matter.unit())
            .param("pack", matter.procedure().pack())
            .param("matter", matter.id())
            .param("basis", entered.needed("basis"))
            .param("first", approved.first())
            .param("second", approved.second())
            .param("listed", listed)
            .param("ends", ends.isAfter(finding.ends()) ? finding.ends() : ends)
            .param("clause", term.clause())
            .param("now", OffsetDateTime.now(clock))
            .param("by", entered.actor())
            .query(Long.class)
            .optional()
            .orElseThrow(() -> FalseAccusations.refused("entered-already"));
    ledger.append(
        entered.actor(),
        "credit-entry-made",
        KIND,
        Long.toString(entry),
        Map.of("finding", finding.id(), "ends", ends.toString()));
  }

  /**
   * Takes an entry off on appeal, in the caller's transaction.
   *
   * @throws org.dandang.platform.web.Refused when it does not stand on that day
   */
  void remove(long id, LocalDate on, String ground, long matter, String actor) {
    int removed =
        jdbc.sql(
                """
                update protection.credit_entry set removed_on = :on, removed_ground = :ground, removed_matter = :matter
                 where id = :id and removed_on is null and listed_on <= :on and ends_on > :on
                """)
            .param("on", on)
            .param("ground", ground)
            .param("matter", matter)
            .param("id", id)
            .update();
    if (removed == 0) {
      throw FalseAccusations.refused("no-entry");
    }
    ledger.append(
        actor,
        "credit-entry-removed",
        KIND,
        Long.toString(id),
        Map.of("on", on.toString(), "ground", ground));
  }

  private static final String SELECT =
      """
      select e.id, e.finding_id as finding, e.official_id as official, e.outsider_id as outsider,
             coalesce(o.label || ' · ' || o.key, '#' || e.outsider_id, e.official_id::text) as label,
             e.unit_id as unit, e.basis, e.listed_on as listed, e.ends_on as ends, e.clause, e.matter_id as matter
        from protection.credit_entries_on(:day) e left join official.subject o on o.subject = e.official_id
      """;

  /** Those that stand on a day, newest first. */
  List<Entry> on(LocalDate day, int from, int most) {
    return jdbc.sql(SELECT + " order by e.listed_on desc, e.id desc limit :most offset :from")
        .param("day", day)
        .param("most", most)
        .param("from", from)
        .query(Entry.class)
        .list();
  }

  /** One that stands on a day. */
  Optional<Entry> find(long id, LocalDate day) {
    return jdbc.sql(SELECT + " where e.id = :id")
        .param("day", day)
        .param("id", id)
        .query(Entry.class)
        .optional();
  }

  /** The own entries of an official that stand on a day. */
  List<Entry> of(long official, LocalDate day) {
    return jdbc.sql(SELECT + " where e.official_id = :official order by e.id")
        .param("day", day)
        .param("official", official)
        .query(Entry.class)
        .list();
  }

  /** By number; one that stands today, the own or one of a discipline officer's unit. */
  @Override
  public Optional<Long> find(String text, SignedIn account) {
    if (!text.strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return Sights.everything(
        () ->
            find(Long.parseLong(text.strip()), office.today())
                .filter(
                    one ->
                        (one.official() != null && one.official().equals(account.official()))
                            || access.holds(account, Role.DISCIPLINE_OFFICER, one.unit()))
                .map(Entry::id));
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    ids.forEach(id -> labels.put(id, Long.toString(id)));
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return jdbc.sql("select unit_id from protection.credit_entry where id = ?")
        .param(id)
        .query(Long.class)
        .optional();
  }
}
