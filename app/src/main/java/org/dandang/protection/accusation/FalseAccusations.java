package org.dandang.protection.accusation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
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
import org.dandang.platform.web.Refused;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Findings of malicious accusation. There is one way in: the end of a procedure, with a report that
 * came to "fabricated", evidence that facts were fabricated, evidence of intent, and approvals of
 * two persons. Every other report is refused here, and by the table itself.
 */
@Component
public class FalseAccusations implements DecisionRegister, OnRecord {
  static final String KIND = "false-accusation";

  /** What alone a report may have come to. */
  static final String FABRICATED = "fabricated";

  private final JdbcClient jdbc;
  private final Access access;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final Clock clock;

  FalseAccusations(
      JdbcClient jdbc,
      @Lazy Access access,
      @Lazy OfficeCalendar office,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.access = access;
    this.office = office;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The two who approved, in order. */
  record Approved(long first, long second) {}

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void foresee(Entered entered) {
    proven(entered);
  }

  /** Refuses whatever is not fabricated with proven intent. */
  private static void proven(Entered entered) {
    if (!entered.answer("report-outcome").equals(Optional.of(FABRICATED))) {
      throw refused("not-fabricated");
    }
    if (entered.documents().getOrDefault("fabrication-evidence", List.of()).isEmpty()) {
      throw refused("no-fabrication-evidence");
    }
    if (entered.documents().getOrDefault("intent-evidence", List.of()).isEmpty()
        || entered.answer("intent").isEmpty()) {
      throw refused("no-intent-evidence");
    }
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    Matter matter = entered.matter();
    proven(entered);
    int fabrication = entered.documents().getOrDefault("fabrication-evidence", List.of()).size();
    int intent = entered.documents().getOrDefault("intent-evidence", List.of()).size();
    Approved approved = approvals(matter.id());
    Figure term = Objects.requireNonNull(matter.figures().get("finding-months"));
    LocalDate starts = entered.neededDay("decided-on");
    if (starts.isAfter(office.today())) {
      throw refused("later-day", starts);
    }
    Party party = party(matter);
    long id =
        jdbc.sql(
                """
                insert into protection.false_accusation (official_id, outsider_id, unit_id, pack, matter_id, report, report_outcome,
                       fabrication_files, intent, intent_files, basis, approved_by, decided_by, approval_level, starts_on, ends_on, clause,
                       recorded_at, recorded_by)
                values (:official, :outsider, :unit, :pack, :matter, :report, :outcome, :fabrication, :intent, :files, :basis,
                        :first, :second, :level, :starts, :ends, :clause, :now, :by)
                on conflict (report, coalesce(official_id, 0), coalesce(outsider_id, 0)) do nothing returning id
                """)
            .param("official", party.isOfficial() ? party.subject() : null, java.sql.Types.BIGINT)
            .param("outsider", party.isOfficial() ? null : party.subject(), java.sql.Types.BIGINT)
            .param("unit", matter.unit())
            .param("pack", matter.procedure().pack())
            .param("matter", matter.id())
            .param("report", entered.needed("report"))
            .param("outcome", FABRICATED)
            .param("fabrication", fabrication)
            .param("intent", entered.needed("intent"))
            .param("files", intent)
            .param("basis", entered.needed("basis"))
            .param("first", approved.first())
            .param("second", approved.second())
            .param("level", level(matter))
            .param("starts", starts)
            .param("ends", starts.plusMonths(term.value().intValueExact()))
            .param("clause", term.clause())
            .param("now", OffsetDateTime.now(clock))
            .param("by", entered.actor())
            .query(Long.class)
            .optional()
            .orElseThrow(() -> refused("twice"));
    ledger.append(
        entered.actor(),
        "false-accusation-found",
        KIND,
        Long.toString(id),
        Map.of(
            "matter",
            matter.id(),
            "ends",
            starts.plusMonths(term.value().intValueExact()).toString()));
  }

  static String level(Matter matter) {
    Figure level = matter.figures().get("approval-level");
    return level == null || level.word() == null ? "" : level.word();
  }

  /** The single person a matter is about: an official or an outsider. */
  static Party party(Matter matter) {
    List<Party> persons =
        matter.parties().stream()
            .filter(party -> party.isOfficial() || party.kind().equals(Outsiders.KIND))
            .toList();
    if (persons.size() != 1) {
      throw refused("one-person");
    }
    return persons.getFirst();
  }

  /**
   * The two who approved a matter: who did the step of the kind "approve", and who decided.
   *
   * @throws Refused when these are not two
   */
  Approved approvals(long matter) {
    List<Long> done = new ArrayList<>();
    for (String step : List.of("approve", "decide")) {
      jdbc.sql(
              """
              select done_by from platform.matter_step
               where matter_id = ? and step = ? and state = 'done' order by place desc limit 1
              """)
          .params(matter, step)
          .query(Long.class)
          .optional()
          .ifPresent(done::add);
    }
    if (done.size() != 2 || done.getFirst().equals(done.getLast())) {
      throw refused("two-approvals");
    }
    return new Approved(done.getFirst(), done.getLast());
  }

  /** Sets a finding aside, in the caller's transaction; entries that rest on it go with it. */
  void setAside(long id, LocalDate on, long matter, String actor) {
    jdbc.sql(
            """
            update protection.false_accusation set set_aside_on = ?, set_aside_matter = ?
             where id = ? and set_aside_on is null
            """)
        .params(on, matter, id)
        .update();
    ledger.append(
        actor, "false-accusation-set-aside", KIND, Long.toString(id), Map.of("on", on.toString()));
  }

  private static final String SELECT =
      """
      select f.*, coalesce(o.label || ' · ' || o.key, '#' || f.outsider_id, f.official_id::text) as label
        from protection.false_accusations_on(:day) f left join official.subject o on o.subject = f.official_id
      """;

  /** Those that stand on a day, newest first. */
  List<Finding> on(LocalDate day, int from, int most) {
    return jdbc.sql(SELECT + " order by f.starts_on desc, f.id desc limit :most offset :from")
        .param("day", day)
        .param("most", most)
        .param("from", from)
        .query(FalseAccusations::finding)
        .list();
  }

  /** What a matter came to, where it stands on a day. */
  public Optional<Finding> ofMatter(long matter, LocalDate day) {
    return jdbc.sql(SELECT + " where f.matter_id = :matter")
        .param("day", day)
        .param("matter", matter)
        .query(FalseAccusations::finding)
        .optional();
  }

  /** One that stands on a day. */
  Optional<Finding> find(long id, LocalDate day) {
    return jdbc.sql(SELECT + " where f.id = :id")
        .param("day", day)
        .param("id", id)
        .query(FalseAccusations::finding)
        .optional();
  }

  private static Finding finding(ResultSet row, int number) throws SQLException {
    return new Finding(
        row.getLong("id"),
        row.getObject("official_id", Long.class),
        row.getObject("outsider_id", Long.class),
        row.getString("label"),
        row.getLong("unit_id"),
        row.getString("pack"),
        row.getLong("matter_id"),
        row.getString("report"),
        row.getString("intent"),
        row.getString("basis"),
        row.getString("approval_level"),
        row.getObject("starts_on", LocalDate.class),
        row.getObject("ends_on", LocalDate.class),
        row.getString("clause"));
  }

  /** By number; one that stands today, in a unit where the account is a discipline officer. */
  @Override
  public Optional<Long> find(String text, SignedIn account) {
    if (!text.strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return org.dandang.platform.storage.Sights.everything(
        () ->
            find(Long.parseLong(text.strip()), office.today())
                .filter(one -> access.holds(account, Role.DISCIPLINE_OFFICER, one.unit()))
                .map(Finding::id));
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    ids.forEach(id -> labels.put(id, Long.toString(id)));
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return jdbc.sql("select unit_id from protection.false_accusation where id = ?")
        .param(id)
        .query(Long.class)
        .optional();
  }

  static Refused refused(String key, Object... values) {
    return new Refused("accusation", "accusation.refused." + key, values);
  }
}
