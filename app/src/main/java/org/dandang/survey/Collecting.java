package org.dandang.survey;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.sealing.Sealing;
import org.dandang.survey.ballot.TokenKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands out secret ballots: a voter shows to be in the electorate, once, and gets a signature on a
 * token that only the browser knows.
 */
@Component
public class Collecting {
  /** Who stands in the ledger: that somebody collected a ballot, not who. */
  private static final String SOMEBODY = "a voter";

  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Electorates electorates;
  private final Sealing sealing;
  private final Ledger ledger;
  private final Clock clock;

  Collecting(
      JdbcClient jdbc,
      Surveys surveys,
      Electorates electorates,
      Sealing sealing,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.electorates = electorates;
    this.sealing = sealing;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The key that signs a voter's token; empty when nothing is signed any more. */
  public Optional<TokenKey> key(long survey, String group) {
    return jdbc.sql("select modulus from survey.token_key where survey_id = ? and grp = ?")
        .params(survey, group)
        .query(String.class)
        .optional()
        .map(TokenKey::of);
  }

  /**
   * Signs a blinded token. The same one again, after an answer that was lost on its way, gives the
   * same signature; another one is refused.
   *
   * @throws SurveyProblem when this voter has none to collect
   */
  @Transactional
  public byte[] collect(long id, long official, byte[] blinded) {
    Survey survey = surveys.find(id).orElseThrow(() -> new SurveyProblem("not-there"));
    Voter voter = electorates.find(id, official).orElseThrow(() -> new SurveyProblem("not-there"));
    if (!survey.secret() || voter.paper() || voter.recused()) {
      throw new SurveyProblem(voter.recused() ? "recused" : "on-paper");
    }
    lockShared(jdbc, id);
    survey = surveys.find(id).orElseThrow(() -> new SurveyProblem("not-there"));
    if (!survey.takesBallots(clock.instant())) {
      throw new SurveyProblem("not-open");
    }
    byte[] hash = sha256(blinded);
    int collected =
        jdbc.sql(
                """
                update survey.voter set collected = :hash
                 where survey_id = :id and official_id = :official and collected is null and recused_at is null
                """)
            .param("hash", hash)
            .param("id", id)
            .param("official", official)
            .update();
    if (collected == 1) {
      ledger.append(SOMEBODY, "ballot-collected", "survey", Long.toString(id), Map.of());
    } else {
      byte[] before =
          jdbc.sql(
                  "select coalesce(collected, '') from survey.voter where survey_id = ? and"
                      + " official_id = ?")
              .params(id, official)
              .query(byte[].class)
              .single();
      if (!Arrays.equals(before, hash)) {
        throw new SurveyProblem("collected-elsewhere");
      }
    }
    return jdbc.sql(
            "select modulus, sealed from survey.token_key where survey_id = ? and grp = ? and"
                + " sealed is not null")
        .params(id, voter.group())
        .query(
            (row, number) ->
                TokenKey.of(row.getString("modulus"))
                    .sign(sealing.seal().openBytes(row.getBytes("sealed")), blinded))
        .optional()
        .orElseThrow(() -> new SurveyProblem("not-open"));
  }

  /** Whoever takes a ballot holds this; whoever closes the vote waits for all of them. */
  static void lockShared(JdbcClient jdbc, long survey) {
    jdbc.sql("select pg_advisory_xact_lock_shared(hashtext('survey.vote'), cast(:id as int))")
        .param("id", survey)
        .query(row -> {});
  }

  /** Waits until no ballot is being taken and keeps others from coming. */
  static void lockAlone(JdbcClient jdbc, long survey) {
    jdbc.sql("select pg_advisory_xact_lock(hashtext('survey.vote'), cast(:id as int))")
        .param("id", survey)
        .query(row -> {});
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
