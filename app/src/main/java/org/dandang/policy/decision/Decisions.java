package org.dandang.policy.decision;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.engine.InvalidModelException;
import org.dandang.platform.ledger.Ledger;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.decision.Decision.FactUsed;
import org.dandang.policy.decision.Decision.FigureUsed;
import org.dandang.policy.decision.Replay.Change;
import org.dandang.policy.decision.Replay.Input;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.fact.Source;
import org.dandang.policy.pack.InForce;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.OutcomeKind;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Prepares decisions about one subject, keeps them, and makes them again. */
@Component
public class Decisions {
  private final Packs packs;
  private final Models models;
  private final InForce inForce;
  private final Facts facts;
  private final DecisionColumns columns;
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Decisions(
      Packs packs,
      Models models,
      InForce inForce,
      Facts facts,
      DecisionColumns columns,
      JdbcClient jdbc,
      Ledger ledger,
      Clock clock,
      TransactionTemplate transaction) {
    this.packs = packs;
    this.models = models;
    this.inForce = inForce;
    this.facts = facts;
    this.columns = columns;
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** The same over another folder of packs. */
  public Decisions over(Packs others) {
    return new Decisions(others, models, inForce, facts, columns, jdbc, ledger, clock, transaction);
  }

  /**
   * What a policy gives one subject on a day; nothing is kept.
   *
   * @throws PolicyProblem when the pack is not in force on that day
   * @throws IllegalArgumentException when there is no such subject
   */
  public Decision prepare(
      Pack pack, LocalDate asOf, long subject, @Nullable Long slate, String actor) {
    return prepare(inForce.version(pack, asOf, actor), subject, slate, actor);
  }

  private Decision prepare(
      PolicyVersion version, long subject, @Nullable Long slate, String actor) {
    Pack pack = version.pack();
    LocalDate asOf = version.asOf();
    Facts.Sourced known = facts.sourced(pack.subject(), subject, pack.facts(), asOf, slate);
    Map<String, @Nullable Object> values = known.values();
    Map<String, FactUsed> used = new LinkedHashMap<>();
    values.forEach(
        (id, value) ->
            used.put(
                id,
                new FactUsed(
                    value,
                    facts.catalogue().get(id).definition(),
                    known.sources().getOrDefault(id, List.of()))));
    return decide(version, subject, slate, values, used, actor);
  }

  /**
   * What a policy gives for facts told by somebody else, which rest on no register.
   *
   * @param values by fact; those left out are missing
   */
  public Decision prepare(
      Pack pack, LocalDate asOf, Map<String, ? extends @Nullable Object> values, String actor) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    Map<String, FactUsed> used = new LinkedHashMap<>();
    for (String id : pack.facts()) {
      told.put(id, values.get(id));
      used.put(id, new FactUsed(values.get(id), facts.catalogue().get(id).definition(), List.of()));
    }
    return decide(inForce.version(pack, asOf, actor), 0, null, told, used, actor);
  }

  private Decision decide(
      PolicyVersion version,
      long subject,
      @Nullable Long slate,
      Map<String, @Nullable Object> values,
      Map<String, FactUsed> used,
      String actor) {
    Pack pack = version.pack();
    DecisionModel model = models.of(version);
    Map<String, @Nullable Object> figures = version.figuresFor(values);
    Map<String, FigureUsed> figuresUsed = new LinkedHashMap<>();
    figures.forEach(
        (id, value) -> figuresUsed.put(id, new FigureUsed(value, version.clauseOf(id, values))));
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>(values);
    inputs.putAll(figures);
    Evaluation evaluation = model.evaluate(pack.decision(), inputs);
    Evaluation.@Nullable Hit hit =
        evaluation.decided().isEmpty() ? null : evaluation.decided().getFirst();
    String outcome = evaluation.value() == null ? null : String.valueOf(evaluation.value());
    return new Decision(
        null,
        pack.subject(),
        subject,
        pack.id(),
        version.name(),
        version.table().name(),
        version.tableHash(),
        version.asOf(),
        slate,
        outcome,
        outcome == null
            ? OutcomeKind.PERSON_DECIDES
            : pack.outcomes().getOrDefault(outcome, OutcomeKind.PERSON_DECIDES),
        hit == null ? null : hit.rule(),
        hit == null ? 0 : hit.row(),
        hit == null
            ? null
            : model
                .table(pack.decision())
                .map(table -> table.annotation(table.row(hit.row()), "clause"))
                .filter(clause -> !clause.isEmpty())
                .orElse(null),
        used,
        figuresUsed,
        evaluation.missing(),
        evaluation.problems(),
        OffsetDateTime.now(clock),
        actor);
  }

  /** Prepares a decision and keeps it, for ever as it is. */
  public Decision keep(
      Pack pack, LocalDate asOf, long subject, @Nullable Long slate, String actor) {
    Decision prepared = prepare(pack, asOf, subject, slate, actor);
    Long number =
        transaction.execute(
            status -> {
              long id = insert(prepared);
              ledger.append(
                  actor,
                  "decision-prepared",
                  prepared.subjectKind(),
                  Long.toString(subject),
                  Map.of("decision", id, "pack", prepared.pack(), "version", prepared.version()));
              return id;
            });
    return prepared.kept(Objects.requireNonNull(number));
  }

  private long insert(Decision decision) {
    return jdbc.sql(
            """
            insert into policy.decision (subject_kind, subject_id, pack, version, table_file, table_hash,
              as_of, slate_id, outcome, kind, rule, row_number, clause, facts, figures, missing, problems,
              prepared_at, prepared_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?, ?, ?, ?) returning id
            """)
        .param(decision.subjectKind())
        .param(decision.subject())
        .param(decision.pack())
        .param(decision.version())
        .param(decision.tableFile())
        .param(decision.tableHash())
        .param(decision.asOf())
        .param(decision.slate())
        .param(decision.outcome())
        .param(decision.kind().word())
        .param(decision.rule())
        .param(decision.row())
        .param(decision.clause())
        .param(columns.facts(decision.facts()))
        .param(columns.figures(decision.figures()))
        .param(decision.missing().toArray(String[]::new))
        .param(decision.problems().toArray(String[]::new))
        .param(decision.preparedAt())
        .param(decision.preparedBy())
        .query(Long.class)
        .single();
  }

  /** A kept decision. */
  public Optional<Decision> find(long id) {
    return jdbc.sql("select * from policy.decision where id = ?")
        .param(id)
        .query((row, number) -> decision(row))
        .optional();
  }

  /** The kept decisions about one subject, newest first. */
  public List<Decision> of(String subjectKind, long subject, int atMost) {
    return jdbc.sql(
            "select * from policy.decision where subject_kind = ? and subject_id = ? order by id desc limit ?")
        .params(subjectKind, subject, atMost)
        .query((row, number) -> decision(row))
        .list();
  }

  private Decision decision(ResultSet row) throws SQLException {
    return new Decision(
        row.getLong("id"),
        row.getString("subject_kind"),
        row.getLong("subject_id"),
        row.getString("pack"),
        row.getString("version"),
        row.getString("table_file"),
        row.getString("table_hash"),
        row.getObject("as_of", LocalDate.class),
        row.getObject("slate_id", Long.class),
        row.getString("outcome"),
        OutcomeKind.of(row.getString("kind")).orElseThrow(),
        row.getString("rule"),
        row.getInt("row_number"),
        row.getString("clause"),
        columns.facts(row.getString("facts")),
        columns.figures(row.getString("figures")),
        List.of((String[]) row.getArray("missing").getArray()),
        List.of((String[]) row.getArray("problems").getArray()),
        row.getObject("prepared_at", OffsetDateTime.class),
        row.getString("prepared_by"));
  }

  /**
   * Makes a kept decision again: the same question of the registers, the pack and the definitions
   * as they are now.
   *
   * @throws PolicyProblem when there is no decision of that number
   */
  public Replay replay(long id) {
    Decision then =
        find(id).orElseThrow(() -> new PolicyProblem("no-such-decision", Long.toString(id)));
    Decision now;
    try {
      Pack pack = packs.find(then.pack()).orElse(null);
      if (pack == null) {
        return new Replay(then, null, List.of(new Change(Input.PACK, then.pack(), null, null)));
      }
      now =
          prepare(
              PolicyVersion.of(pack, then.asOf()), then.subject(), then.slate(), then.preparedBy());
    } catch (PolicyProblem | InvalidModelException e) {
      return new Replay(
          then, null, List.of(new Change(Input.PACK, then.pack(), then.version(), null)));
    } catch (IllegalArgumentException e) {
      return new Replay(
          then,
          null,
          List.of(
              new Change(Input.SUBJECT, then.subjectKind() + " " + then.subject(), null, null)));
    }
    return new Replay(then, now, changes(then, now));
  }

  private static List<Change> changes(Decision then, Decision now) {
    List<Change> changes = new ArrayList<>();
    if (!then.tableHash().equals(now.tableHash())) {
      changes.add(
          new Change(
              Input.TABLE,
              then.tableFile(),
              then.tableHash().substring(0, 12),
              now.tableFile() + " " + now.tableHash().substring(0, 12)));
    }
    then.figures()
        .forEach(
            (id, was) -> {
              FigureUsed is = now.figures().getOrDefault(id, new FigureUsed(null, null));
              if (!same(was.value(), is.value())) {
                changes.add(new Change(Input.FIGURE, id, text(was.value()), text(is.value())));
              }
            });
    now.figures()
        .forEach(
            (id, is) -> {
              if (!then.figures().containsKey(id)) {
                changes.add(new Change(Input.FIGURE, id, null, text(is.value())));
              }
            });
    then.facts()
        .forEach(
            (id, was) -> {
              FactUsed is = now.facts().get(id);
              if (is == null) {
                changes.add(new Change(Input.VALUE, id, text(was.value()), null));
              } else if (!same(was.value(), is.value())) {
                changes.add(new Change(Input.VALUE, id, text(was.value()), text(is.value())));
              } else if (!was.definition().equals(is.definition())) {
                changes.add(new Change(Input.DEFINITION, id, was.definition(), is.definition()));
              } else if (!was.sources().equals(is.sources())) {
                changes.add(new Change(Input.SOURCES, id, without(was, is), without(is, was)));
              }
            });
    now.facts()
        .forEach(
            (id, is) -> {
              if (!then.facts().containsKey(id)) {
                changes.add(new Change(Input.VALUE, id, null, text(is.value())));
              }
            });
    return changes;
  }

  /** The rows one rests on and the other does not. */
  private static String without(FactUsed one, FactUsed other) {
    return String.join(
        ", ",
        one.sources().stream()
            .filter(source -> !other.sources().contains(source))
            .map(Source::toString)
            .toList());
  }

  private static boolean same(@Nullable Object then, @Nullable Object now) {
    if (then instanceof java.math.BigDecimal was && now instanceof java.math.BigDecimal is) {
      return was.compareTo(is) == 0;
    }
    return Objects.equals(then, now);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof java.math.BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : value == null ? null : value.toString();
  }
}
