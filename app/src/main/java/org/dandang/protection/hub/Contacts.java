package org.dandang.protection.hub;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.dandang.policy.decision.Decision;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How an official is asked about a lead: policy proposes the least intrusive means with its
 * reasons, a person chooses. A letter of inquiry needs a stated reason here and an approval in its
 * own procedure.
 */
@Component
public class Contacts {
  static final String POLICY = "shandong/least-intrusive-means";
  private static final int LONGEST = 2_000;

  private final JdbcClient jdbc;
  private final Leads leads;
  private final LeadAccess access;
  private final LeadSettling closing;
  private final Packs packs;
  private final Decisions decisions;
  private final Cases cases;
  private final OfficeCalendar office;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Contacts(
      JdbcClient jdbc,
      Leads leads,
      LeadAccess access,
      LeadSettling closing,
      Packs packs,
      Decisions decisions,
      Cases cases,
      OfficeCalendar office,
      Clock clock,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.leads = leads;
    this.access = access;
    this.closing = closing;
    this.packs = packs;
    this.decisions = decisions;
    this.cases = cases;
    this.office = office;
    this.clock = clock;
    this.transaction = transaction;
  }

  /**
   * What policy proposes.
   *
   * @param means null: a person decides without a proposal
   * @param rule in the words of the pack
   * @param clause number and text of the clause it cites; empty for none
   */
  public record Proposal(
      @Nullable Means means, @Nullable String ruleId, String rule, String clause, String pack) {
    public String word() {
      return means == null ? "person-decides" : means.word();
    }
  }

  /** What was written of a means for a person of a lead, to be there again where it is refused. */
  public record Given(long person, String means, String reasons) {}

  /** A contact that was chosen; state is the state of its matter where it has one. */
  public record Contact(
      long id,
      long person,
      String proposed,
      Means means,
      String reasons,
      @Nullable Long matter,
      @Nullable String state,
      LocalDate chosenOn,
      String chosenBy,
      @Nullable LocalDate doneOn,
      @Nullable String noted) {}

  Proposal propose(long person, SignedIn account, Locale language) {
    Pack pack = packs.find(POLICY).orElseThrow(NotHere::new);
    Decision decision =
        Sights.everything(
            () -> decisions.prepare(pack, office.today(), person, null, account.signInName()));
    return proposal(pack, decision, language);
  }

  private static Proposal proposal(Pack pack, Decision decision, Locale language) {
    String tag = language.toLanguageTag();
    String rule = decision.rule();
    String word =
        rule == null || pack.messages().get(tag) == null
            ? ""
            : Objects.requireNonNull(pack.messages().get(tag)).getProperty("rule." + rule, rule);
    Clause clause = decision.clause() == null ? null : pack.clauses().get(decision.clause());
    return new Proposal(
        decision.outcome() == null ? null : Means.find(decision.outcome()).orElse(null),
        rule,
        word,
        clause == null ? "" : clause.number() + "　" + clause.text().in(tag),
        pack.id());
  }

  List<Contact> of(long lead) {
    return Sights.everything(
        () ->
            jdbc.sql(
                    """
                    select c.*, m.state as matter_state from protection.lead_contact c
                      join protection.lead_person p on p.id = c.person_id
                      left join platform.matter m on m.id = c.matter_id
                     where p.lead_id = ? order by c.id
                    """)
                .param(lead)
                .query((row, number) -> contact(row))
                .list());
  }

  private static Contact contact(ResultSet row) throws SQLException {
    return new Contact(
        row.getLong("id"),
        row.getLong("person_id"),
        row.getString("proposed"),
        Means.find(row.getString("means")).orElseThrow(),
        row.getString("reasons"),
        row.getObject("matter_id", Long.class),
        row.getString("matter_state"),
        row.getObject("chosen_on", LocalDate.class),
        row.getString("chosen_by"),
        row.getObject("done_on", LocalDate.class),
        row.getString("noted"));
  }

  /**
   * Chooses a means; where it follows a procedure its matter is drafted.
   *
   * @return path at which it is gone on with
   */
  String choose(UUID client, long person, Means means, String reasons, SignedIn by) {
    Lead lead = leads.ofPerson(person).orElseThrow(NotHere::new);
    access.need(by, Action.CHANGE, lead.id());
    Lead.Person one = lead.person(person).orElseThrow(NotHere::new);
    if (!lead.isOpen() || one.isSettled()) {
      throw Intake.refused("not-open");
    }
    Long official = one.official();
    if (official == null) {
      throw Intake.refused("not-linked");
    }
    Proposal proposal = propose(person, by, Locale.SIMPLIFIED_CHINESE);
    String said = reasons.strip();
    if (said.length() > LONGEST) {
      throw Intake.refused("reason");
    }
    if (said.isEmpty()
        && (means == Means.INQUIRY_LETTER || !means.word().equals(proposal.word()))) {
      throw Intake.refused(means == Means.INQUIRY_LETTER ? "letter-reason" : "other-means-reason");
    }
    return Objects.requireNonNull(
        Sights.everything(
            () ->
                transaction.execute(
                    status -> chosen(client, lead, one, official, means, said, proposal, by))));
  }

  private String chosen(
      UUID client,
      Lead lead,
      Lead.Person person,
      long official,
      Means means,
      String reasons,
      Proposal proposal,
      SignedIn by) {
    int first =
        jdbc.sql(
                "insert into protection.lead_command (client, hash, lead_id, at, by) values (?, ?,"
                    + " ?, ?, ?) on conflict do nothing")
            .params(
                client,
                Intake.hash("contact " + person.id() + " " + means + " " + reasons),
                lead.id(),
                now(),
                by.signInName())
            .update();
    if (first == 0) {
      return lead.path();
    }
    Pack pack = packs.find(POLICY).orElseThrow(NotHere::new);
    Long decision = decisions.keep(pack, office.today(), person.id(), null, by.signInName()).id();
    Long matter =
        means
            .pack()
            .map(id -> drafted(client, id, means, lead, official, reasons, by))
            .orElse(null);
    jdbc.sql(
            """
            insert into protection.lead_contact (person_id, proposed, rule, decision, means, reasons, matter_id, chosen_on, chosen_at, chosen_by)
            values (:person, :proposed, :rule, :decision, :means, :reasons, :matter, :today, :now, :by)
            """)
        .param("person", person.id())
        .param("proposed", proposal.word())
        .param("rule", proposal.ruleId(), Types.VARCHAR)
        .param("decision", decision, Types.BIGINT)
        .param("means", means.word())
        .param("reasons", reasons)
        .param("matter", matter, Types.BIGINT)
        .param("today", office.today())
        .param("now", now())
        .param("by", by.signInName())
        .update();
    closing.note(
        by.signInName(),
        "lead-contact-chosen",
        lead.id(),
        Map.of("person", person.id(), "means", means.word(), "proposed", proposal.word()));
    return matter == null ? lead.path() : "/matters/" + matter;
  }

  private long drafted(
      UUID client,
      String pack,
      Means means,
      Lead lead,
      long official,
      String reasons,
      SignedIn by) {
    Map<String, String> answers =
        means == Means.INQUIRY_LETTER
            ? Map.of(
                "source",
                letterSource(lead.source()),
                "matter",
                lead.title(),
                "why-letter",
                reasons)
            : Map.of("lead", lead.number(), "matter", lead.title());
    return cases
        .draft(
            new Command(client, by),
            new Beginning(
                pack, unitOf(official, lead.unit()), List.of(Party.official(official)), answers))
        .matter();
  }

  private static String letterSource(Source source) {
    return switch (source) {
      case INSPECTION -> "inspection";
      case AUDIT -> "audit";
      case ENVIRONMENT, POVERTY, PETITION, OTHER -> "report";
    };
  }

  /** The unit in which an official serves; the lead's own where none is on record. */
  private long unitOf(long official, long otherwise) {
    return jdbc.sql(
            "select c.unit_id from official.counted_posts(?, ?) c order by c.unit_id limit 1")
        .params(official, office.today())
        .query(Long.class)
        .optional()
        .orElse(otherwise);
  }

  /** Drafts the matter in which a lead is closed for one official; its path. */
  String close(UUID client, long person, SignedIn by) {
    Lead lead = leads.ofPerson(person).orElseThrow(NotHere::new);
    access.need(by, Action.CHANGE, lead.id());
    Lead.Person one = lead.person(person).orElseThrow(NotHere::new);
    Long official = one.official();
    if (!lead.isOpen() || one.isSettled()) {
      throw Intake.refused("not-open");
    }
    if (official == null) {
      throw Intake.refused("not-linked");
    }
    return "/matters/"
        + Sights.everything(
            () ->
                cases
                    .draft(
                        new Command(client, by),
                        new Beginning(
                            lead.pack(),
                            lead.unit(),
                            List.of(Party.official(official)),
                            Map.of("lead", lead.number())))
                    .matter());
  }

  /** Notes what a talk or a check came to. */
  void note(long contact, String text, SignedIn by) {
    Long lead =
        Sights.everything(
            () ->
                jdbc.sql(
                        """
                        select p.lead_id from protection.lead_contact c join protection.lead_person p on p.id = c.person_id
                         where c.id = ? and c.means in ('talk', 'check')
                        """)
                    .param(contact)
                    .query(Long.class)
                    .optional()
                    .orElseThrow(NotHere::new));
    access.need(by, Action.CHANGE, lead);
    if (text.isBlank() || text.length() > LONGEST) {
      throw Intake.refused("note");
    }
    Sights.everywhere(
        () ->
            transaction.executeWithoutResult(
                status -> {
                  int done =
                      jdbc.sql(
                              "update protection.lead_contact set noted = ?, done_on = ? where id ="
                                  + " ? and done_on is null")
                          .params(text.strip(), office.today(), contact)
                          .update();
                  if (done == 0) {
                    throw Intake.refused("noted-already");
                  }
                  closing.note(
                      by.signInName(), "lead-contact-noted", lead, Map.of("contact", contact));
                }));
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
