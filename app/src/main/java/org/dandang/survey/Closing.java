package org.dandang.survey;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.ledger.Ledger;
import org.dandang.survey.ballot.Pool;
import org.dandang.survey.ballot.PoolKeys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Closes votes, at their time or before it, and withdraws them. */
@Component
public class Closing {
  static final String AT_ITS_TIME = "the clock";

  private static final int SHORTEST_REASON = 4;

  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Electorates electorates;
  private final Mixing mixing;
  private final Pool pool;
  private final PoolKeys keys;
  private final Invitation invitation;
  private final Ledger ledger;
  private final TransactionTemplate transaction;

  Closing(
      JdbcClient jdbc,
      Surveys surveys,
      Electorates electorates,
      Mixing mixing,
      Pool pool,
      PoolKeys keys,
      Invitation invitation,
      Ledger ledger,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.electorates = electorates;
    this.mixing = mixing;
    this.pool = pool;
    this.keys = keys;
    this.invitation = invitation;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  /** Closes what is over, and destroys keys that a crash left behind. */
  public void closeWhatIsOver() {
    surveys.over().forEach(id -> close(id, "", AT_ITS_TIME));
    destroyLeftKeys();
  }

  /**
   * Closes a vote. A secret one without paper is mixed in the same transaction; one with paper when
   * it is counted.
   *
   * @param reason needed before its time while somebody has not voted
   */
  public void close(long id, String reason, String actor) {
    Optional<UUID> done =
        transaction.execute(
            status -> {
              Collecting.lockAlone(jdbc, id);
              Survey survey = surveys.locked(id);
              if (survey.state() != Survey.State.OPEN) {
                if (actor.equals(AT_ITS_TIME)) {
                  return Optional.<UUID>empty();
                }
                throw new SurveyProblem("not-open");
              }
              boolean early = !survey.isOver(surveys.now().toInstant());
              Electorates.Size size = electorates.size(id);
              long received = received(survey);
              if (early && received < size.due() && reason.strip().length() < SHORTEST_REASON) {
                throw new SurveyProblem("close-early", size.due() - received);
              }
              boolean mixed = survey.secret() && size.paper() == 0;
              if (mixed) {
                mixing.mix(survey);
              }
              jdbc.sql("update survey.token_key set sealed = null where survey_id = ?")
                  .param(id)
                  .update();
              end(survey, Survey.State.CLOSED, early ? reason.strip() : "", actor);
              ledger.append(
                  actor,
                  "survey-closed",
                  "survey",
                  Long.toString(id),
                  Map.of("due", size.due(), "received", received, "early", early));
              return Optional.ofNullable(mixed ? survey.pool() : null);
            });
    done.ifPresent(keys::destroy);
  }

  /**
   * Ends a draft or an open vote without a result; its ballots are gone. Whoever was told that it
   * opened is told, and why.
   *
   * @param reason why, always needed
   */
  public void withdraw(long id, String reason, String actor) {
    if (reason.strip().length() < SHORTEST_REASON) {
      throw new SurveyProblem("reason");
    }
    Optional<UUID> done =
        transaction.execute(
            status -> {
              Collecting.lockAlone(jdbc, id);
              Survey survey = surveys.locked(id);
              if (survey.state() != Survey.State.OPEN && survey.state() != Survey.State.DRAFT) {
                throw new SurveyProblem("not-open");
              }
              jdbc.sql("delete from survey.bucket where survey_id = ?").param(id).update();
              jdbc.sql("update survey.token_key set sealed = null where survey_id = ?")
                  .param(id)
                  .update();
              end(survey, Survey.State.WITHDRAWN, reason.strip(), actor);
              invitation.takeBack(survey, reason.strip(), actor);
              ledger.append(actor, "survey-withdrawn", "survey", Long.toString(id), Map.of());
              return Optional.ofNullable(survey.pool());
            });
    done.ifPresent(keys::destroy);
  }

  private void end(Survey survey, Survey.State state, String reason, String actor) {
    jdbc.sql(
            "update survey.survey set state = :state, closed_at = :at, closed_by = :by, ended_early"
                + " = nullif(:reason, '') where id = :id")
        .param("state", state.word())
        .param("at", surveys.now())
        .param("by", actor)
        .param("reason", reason)
        .param("id", survey.id())
        .update();
  }

  /** Ballots received so far, paper aside. */
  long received(Survey survey) {
    return survey.secret()
        ? pool.size(survey.id())
        : jdbc.sql(
                "select count(*) from survey.named_ballot where survey_id = ? and superseded_at is"
                    + " null")
            .param(survey.id())
            .query(Long.class)
            .single();
  }

  private void destroyLeftKeys() {
    List<UUID> kept = keys.kept();
    if (kept.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            select pool from survey.survey s
             where pool = any(:pools) and state in ('closed', 'counted', 'withdrawn')
               and not exists (select from survey.bucket b where b.survey_id = s.id)
            """)
        .param("pools", kept.toArray(UUID[]::new))
        .query(UUID.class)
        .list()
        .forEach(keys::destroy);
  }
}
