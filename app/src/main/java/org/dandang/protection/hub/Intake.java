package org.dandang.protection.hub;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.dandang.platform.access.Grants;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.custody.Custody;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.NewDeadline;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wordings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Takes leads in, each once, whichever way it comes. */
@Component
public class Intake {
  static final String OWNER = "lead";
  private static final List<Integer> REMIND_BEFORE = List.of(1, 5);

  private final JdbcClient jdbc;
  private final LeadTerms terms;
  private final LeadAccess access;
  private final Custody custody;
  private final Deadlines deadlines;
  private final Grants grants;
  private final Wordings wordings;
  private final Ledger ledger;
  private final OfficeCalendar office;
  private final JsonMapper json;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Intake(
      JdbcClient jdbc,
      LeadTerms terms,
      LeadAccess access,
      Custody custody,
      Deadlines deadlines,
      Grants grants,
      Wordings wordings,
      Ledger ledger,
      OfficeCalendar office,
      JsonMapper json,
      Clock clock,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.terms = terms;
    this.access = access;
    this.custody = custody;
    this.deadlines = deadlines;
    this.grants = grants;
    this.wordings = wordings;
    this.ledger = ledger;
    this.office = office;
    this.json = json;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** A lead that came in; repeated: it had come in before and nothing was done now. */
  public record In(long id, String number, boolean repeated) {}

  private record Known(String hash, Long lead) {}

  /**
   * Takes a lead in.
   *
   * @param client number given by whoever sends it; sent again with it, it is not taken in again
   * @param channel {@code form}, {@code workbook}, {@code interface}
   * @throws Refused when the account may not, the number was used for another lead, or the pack
   *     sets no term for the source
   * @throws org.dandang.platform.custody.CustodyProblem when who reported cannot be sealed; then
   *     nothing is kept
   */
  public In take(UUID client, NewLead lead, String channel, SignedIn by) {
    return Objects.requireNonNull(
        Sights.everything(() -> transaction.execute(status -> taken(client, lead, channel, by))));
  }

  private In taken(UUID client, NewLead lead, String channel, SignedIn by) {
    if (!access.mayTakeIn(by, lead.unit())) {
      throw refused("unit");
    }
    String hash = hash(lead.said());
    int first =
        jdbc.sql(
                "insert into protection.lead_command (client, hash, at, by) values (?, ?, ?, ?) on"
                    + " conflict do nothing")
            .params(client, hash, now(), by.signInName())
            .update();
    if (first == 0) {
      return again(client, hash, by);
    }
    if (!lead.problems(office.today()).isEmpty()) {
      throw refused("wrong");
    }
    LeadTerms.Held term =
        terms
            .of(lead.pack(), lead.source(), lead.receivedOn())
            .orElseThrow(() -> refused("no-term", lead.pack(), lead.receivedOn()));
    UUID reporter = lead.reporter().isEmpty() ? null : custody.seal("reporter", lead.reporter());
    long id =
        jdbc.sql(
                """
                insert into protection.lead (source, round, reference, title, content, received_on, unit_id,
                       clue, gravity, concluded, reporter, pack, term, channel, recorded_at, recorded_by)
                values (:source, :round, :reference, :title, :content, :received, :unit, :clue, :gravity,
                       :concluded, :reporter, :pack, cast(:term as jsonb), :channel, :now, :by)
                returning id
                """)
            .param("source", lead.source().word())
            .param("round", lead.round())
            .param("reference", lead.reference())
            .param("title", lead.title())
            .param("content", lead.content())
            .param("received", lead.receivedOn())
            .param("unit", lead.unit())
            .param("clue", lead.clue())
            .param("gravity", lead.gravity())
            .param("concluded", lead.concluded())
            .param("reporter", reporter, Types.OTHER)
            .param("pack", lead.pack())
            .param("term", json.writeValueAsString(told(term)))
            .param("channel", channel)
            .param("now", now())
            .param("by", by.signInName())
            .query(Long.class)
            .single();
    people(id, lead.people());
    String number = number(id);
    begin(id, number, lead.unit(), lead.receivedOn(), term, by.signInName());
    jdbc.sql("update protection.lead_command set lead_id = ? where client = ?")
        .params(id, client)
        .update();
    grants.give(by.account(), LeadAccess.KIND, Long.toString(id), "brought", null);
    ledger.append(
        by.signInName(),
        "lead-taken-in",
        LeadAccess.KIND,
        Long.toString(id),
        Map.of(
            "source",
            lead.source().word(),
            "channel",
            channel,
            "people",
            lead.people().size(),
            "reporter-sealed",
            reporter != null));
    return new In(id, number, false);
  }

  private void people(long lead, List<NewLead.Named> people) {
    jdbc.sql(
            """
            insert into protection.lead_person (lead_id, place, name, unit_name, post)
            select :lead, n.place, n.name, n.unit, n.post
              from unnest(:names, :units, :posts) with ordinality n (name, unit, post, place)
            """)
        .param("lead", lead)
        .param("names", people.stream().map(NewLead.Named::name).toArray(String[]::new))
        .param("units", people.stream().map(NewLead.Named::unit).toArray(String[]::new))
        .param("posts", people.stream().map(NewLead.Named::post).toArray(String[]::new))
        .update();
  }

  private static Map<String, Object> told(LeadTerms.Held term) {
    return Map.of(
        "figure", term.figure(),
        "value", term.value(),
        "unit", term.unit(),
        "clause", term.clause(),
        "from", term.from().toString());
  }

  /** Begins the term of a lead and notes its last day. */
  void begin(
      long id,
      String number,
      long unit,
      java.time.LocalDate received,
      LeadTerms.Held term,
      String actor) {
    Deadline deadline =
        deadlines.begin(
            NewDeadline.of(
                    new Owner(OWNER, Long.toString(id)),
                    wordings.of("hub.deadline", number),
                    "/protection/leads/" + id,
                    term.term(),
                    received)
                .belonging(unit, List.of())
                .reminding(
                    List.of(new Recipient.OfRole(Role.DISCIPLINE_OFFICER, unit)), REMIND_BEFORE)
                .escalating(List.of(new Recipient.OfRole(Role.PERSONNEL_OFFICER, unit)), 1),
            actor);
    jdbc.sql("update protection.lead set due_on = ? where id = ?")
        .params(deadline.due(), id)
        .update();
  }

  private In again(UUID client, String hash, SignedIn by) {
    Known known =
        jdbc.sql(
                "select hash, lead_id as lead from protection.lead_command where client = ? and by"
                    + " = ?")
            .params(client, by.signInName())
            .query(Known.class)
            .optional()
            .orElseThrow(() -> refused("client-used"));
    if (!known.hash().equals(hash)) {
      throw refused("client-used");
    }
    return new In(known.lead(), number(known.lead()), true);
  }

  private String number(long id) {
    return jdbc.sql("select number from protection.lead where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Refused refused(String key, Object... values) {
    return new Refused("leads", "hub.refused." + key, values);
  }
}
