package org.dandang.policy.draft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.ledger.Ledger;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.pack.InForce;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The register of drafts. Who proposes one never puts it in force. */
@Component
public class Drafts {
  private static final int LONGEST = 2_000_000;

  private final Packs packs;
  private final Reviewing reviewing;
  private final InForce inForce;
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final ZoneId zone;
  private final TransactionTemplate transaction;

  Drafts(
      Packs packs,
      Reviewing reviewing,
      InForce inForce,
      JdbcClient jdbc,
      Ledger ledger,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone,
      TransactionTemplate transaction) {
    this.packs = packs;
    this.reviewing = reviewing;
    this.inForce = inForce;
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.zone = zone;
    this.transaction = transaction;
  }

  /** The same over another folder of packs. */
  public Drafts over(Packs others) {
    return new Drafts(others, reviewing, inForce, jdbc, ledger, clock, zone, transaction);
  }

  private Pack pack(String id) {
    return packs.usable(id);
  }

  /** Begins a draft from the table in force on a day. */
  public Draft begin(String packId, LocalDate asOf, String title, String actor) {
    PolicyVersion version = PolicyVersion.of(pack(packId), asOf);
    Long id =
        transaction.execute(
            status -> {
              OffsetDateTime now = OffsetDateTime.now(clock);
              long number =
                  jdbc.sql(
                          """
                          insert into policy.draft (pack, based_on, title, model, created_at, created_by, changed_at, changed_by)
                          values (?, ?, ?, ?, ?, ?, ?, ?) returning id
                          """)
                      .params(
                          packId,
                          InForce.fileName(version.table()),
                          title.isBlank() ? InForce.fileName(version.table()) : title.strip(),
                          new String(version.model(), StandardCharsets.UTF_8),
                          now,
                          actor,
                          now,
                          actor)
                      .query(Long.class)
                      .single();
              told(actor, "draft-begun", number, packId);
              return number;
            });
    return get(Objects.requireNonNull(id));
  }

  public Optional<Draft> find(long id) {
    return jdbc.sql("select * from policy.draft where id = ?")
        .param(id)
        .query(Drafts::draft)
        .optional();
  }

  private Draft get(long id) {
    return find(id).orElseThrow(() -> new PolicyProblem("no-such-draft", Long.toString(id)));
  }

  /** A pack's drafts, newest first. */
  public List<Draft> of(String pack) {
    return jdbc.sql("select * from policy.draft where pack = ? order by id desc limit 200")
        .param(pack)
        .query(Drafts::draft)
        .list();
  }

  /**
   * Saves a draft.
   *
   * @param edition the edition that was read; another one was saved meanwhile if it is no longer it
   * @throws PolicyProblem when somebody else saved it, or it is no longer open; nothing is lost
   */
  public Draft save(long id, String model, int edition, String actor) {
    if (model.length() > LONGEST) {
      throw new PolicyProblem("draft-too-long", LONGEST);
    }
    transaction.executeWithoutResult(
        status -> {
          int changed =
              jdbc.sql(
                      """
                      update policy.draft set model = ?, edition = edition + 1, changed_at = ?, changed_by = ?
                       where id = ? and edition = ? and state = 'draft'
                      """)
                  .params(model, OffsetDateTime.now(clock), actor, id, edition)
                  .update();
          Draft now = get(id);
          if (changed == 0) {
            throw now.isOpen()
                ? new PolicyProblem("draft-changed", now.changedBy(), now.edition())
                : new PolicyProblem("draft-closed");
          }
          told(actor, "draft-saved", id, now.pack());
        });
    return get(id);
  }

  /** What checking it finds, were it to hold from a day. */
  public Review review(Draft draft, LocalDate from) {
    return reviewing.review(pack(draft.pack()), draft, from);
  }

  /**
   * Proposes a draft to be put in force by another officer.
   *
   * @throws PolicyProblem when it does not pass its review, or the day has passed or is taken
   */
  public Draft propose(long id, LocalDate from, String reasons, String actor) {
    Draft draft = get(id);
    if (!draft.isOpen()) {
      throw new PolicyProblem("draft-closed");
    }
    if (reasons.isBlank()) {
      throw new PolicyProblem("draft-reasons");
    }
    checkDate(draft, from);
    if (!review(draft, from).passes()) {
      throw new PolicyProblem("draft-not-passed");
    }
    transaction.executeWithoutResult(
        status -> {
          int changed =
              jdbc.sql(
                      """
                      update policy.draft set state = 'proposed', from_date = ?, proposed_at = ?, proposed_by = ?, reasons = ?
                       where id = ? and edition = ? and state = 'draft'
                      """)
                  .params(
                      from, OffsetDateTime.now(clock), actor, reasons.strip(), id, draft.edition())
                  .update();
          if (changed == 0) {
            throw new PolicyProblem("draft-changed", get(id).changedBy(), get(id).edition());
          }
          told(actor, "draft-proposed", id, draft.pack());
        });
    return get(id);
  }

  private void checkDate(Draft draft, LocalDate from) {
    LocalDate today = LocalDate.now(clock.withZone(zone));
    if (from.isBefore(today)) {
      throw new PolicyProblem("draft-date-passed", from, today);
    }
    Pack pack = pack(draft.pack());
    if (!pack.inForce().covers(from)) {
      throw new PolicyProblem("not-in-force", pack.id(), from);
    }
    pack.tables().stream()
        .filter(table -> !table.from().isBefore(from))
        .findFirst()
        .ifPresent(
            table -> {
              throw new PolicyProblem("draft-date-taken", InForce.fileName(table));
            });
  }

  /** Takes a proposal back, or ends a draft; only who proposed it takes a proposal back. */
  public void withdraw(long id, String actor) {
    transaction.executeWithoutResult(
        status -> {
          Draft draft = locked(id);
          if (draft.state() == Draft.State.PROPOSED && !actor.equals(draft.proposedBy())) {
            throw new PolicyProblem("draft-not-yours");
          }
          if (draft.state() != Draft.State.PROPOSED && draft.state() != Draft.State.DRAFT) {
            throw new PolicyProblem("draft-closed");
          }
          jdbc.sql("update policy.draft set state = 'withdrawn' where id = ?").param(id).update();
          told(actor, "draft-withdrawn", id, draft.pack());
        });
  }

  /** Refuses a proposal, with reasons; never by who proposed it. */
  public void refuse(long id, String answer, String actor) {
    if (answer.isBlank()) {
      throw new PolicyProblem("draft-reasons");
    }
    transaction.executeWithoutResult(
        status -> {
          Draft draft = ofAnother(id, actor);
          decide(id, "refused", null, answer, actor);
          told(actor, "draft-refused", id, draft.pack());
        });
  }

  /**
   * Puts a proposal in force: it is reviewed once more, its file is written beside the others, its
   * hash recorded. Either all of it happens or nothing.
   *
   * @throws PolicyProblem when the same person proposed it, it no longer passes, or the file cannot
   *     be written
   */
  public Draft putInForce(long id, String answer, String actor) {
    Path[] written = new Path[1];
    try {
      transaction.executeWithoutResult(
          status -> {
            Draft draft = ofAnother(id, actor);
            LocalDate from = Objects.requireNonNull(draft.from());
            checkDate(draft, from);
            if (!review(draft, from).passes()) {
              throw new PolicyProblem("draft-not-passed");
            }
            Pack pack = pack(draft.pack());
            String file = pack.decision() + "." + from + ".dmn";
            decide(id, "in-force", file, answer, actor);
            inForce.record(pack.id(), file, from, InForce.hash(draft.model()), actor);
            told(actor, "table-put-in-force", id, pack.id());
            written[0] = write(pack, file, draft.model());
          });
    } catch (RuntimeException e) {
      remove(written[0]);
      throw e;
    } finally {
      packs.lookAgain();
    }
    return get(id);
  }

  private static Path write(Pack pack, String file, String model) {
    Path place = pack.folder().resolve(file);
    Path partial = pack.folder().resolve(file + ".part");
    try {
      Files.writeString(partial, model, StandardCharsets.UTF_8);
      if (Files.exists(place)) {
        throw new FileAlreadyExistsException(place.toString());
      }
      return Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      PolicyProblem problem =
          new PolicyProblem("draft-not-written", file, String.valueOf(e.getMessage()));
      try {
        remove(partial);
      } catch (UncheckedIOException left) {
        problem.addSuppressed(left);
      }
      throw problem;
    }
  }

  private static void remove(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void decide(long id, String state, @Nullable String file, String answer, String actor) {
    jdbc.sql(
            "update policy.draft set state = ?, file = ?, answer = ?, decided_at = ?, decided_by = ? where id = ?")
        .param(state)
        .param(file)
        .param(answer.strip())
        .param(OffsetDateTime.now(clock))
        .param(actor)
        .param(id)
        .update();
  }

  private Draft ofAnother(long id, String actor) {
    Draft draft = locked(id);
    if (draft.state() != Draft.State.PROPOSED) {
      throw new PolicyProblem("draft-not-proposed");
    }
    if (actor.equals(draft.proposedBy())) {
      throw new PolicyProblem("draft-two-people");
    }
    return draft;
  }

  private Draft locked(long id) {
    return jdbc.sql("select * from policy.draft where id = ? for update")
        .param(id)
        .query(Drafts::draft)
        .optional()
        .orElseThrow(() -> new PolicyProblem("no-such-draft", Long.toString(id)));
  }

  private void told(String actor, String action, long id, String pack) {
    ledger.append(actor, action, "draft", Long.toString(id), Map.of("pack", pack));
  }

  private static Draft draft(ResultSet row, int number) throws SQLException {
    return new Draft(
        row.getLong("id"),
        row.getString("pack"),
        row.getString("based_on"),
        row.getString("title"),
        row.getString("model"),
        row.getInt("edition"),
        Draft.State.of(row.getString("state")),
        row.getObject("from_date", LocalDate.class),
        row.getString("file"),
        row.getObject("created_at", OffsetDateTime.class),
        row.getString("created_by"),
        row.getObject("changed_at", OffsetDateTime.class),
        row.getString("changed_by"),
        row.getObject("proposed_at", OffsetDateTime.class),
        row.getString("proposed_by"),
        row.getString("reasons"),
        row.getObject("decided_at", OffsetDateTime.class),
        row.getString("decided_by"),
        row.getString("answer"));
  }
}
