package org.dandang.survey;

import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.ledger.Ledger;
import org.dandang.survey.ballot.Pool;
import org.dandang.survey.ballot.SecretBallot;
import org.dandang.survey.ballot.TokenKey;
import org.dandang.survey.count.AnswerRefused;
import org.dandang.survey.count.Answering;
import org.dandang.survey.instrument.Asked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes ballots: secret ones from nobody in particular, named ones from a voter. */
@Component
public class Casting {
  /** Bytes of a request besides the answers of the ballot. */
  static final int AROUND = 1_024;

  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Electorates electorates;
  private final Collecting collecting;
  private final Pool pool;
  private final Ledger ledger;
  private final JsonMapper json;
  private final Clock clock;

  Casting(
      JdbcClient jdbc,
      Surveys surveys,
      Electorates electorates,
      Collecting collecting,
      Pool pool,
      Ledger ledger,
      JsonMapper json,
      Clock clock) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.electorates = electorates;
    this.collecting = collecting;
    this.pool = pool;
    this.ledger = ledger;
    this.json = json;
    this.clock = clock;
  }

  /** What became of a secret ballot. */
  public sealed interface Cast {
    /**
     * It lies in the pool.
     *
     * @param again whether it did already
     */
    record Taken(String receipt, boolean again) implements Cast {}

    /**
     * Nothing was changed.
     *
     * @param reason ends the message key {@code survey.cast.}
     * @param answer what is wrong with an answer; null when it is something else
     */
    record Refused(String reason, @Nullable AnswerRefused answer) implements Cast {}
  }

  /** Bytes a request with a ballot has; every one is filled up to it. */
  public int width(Asked asked) {
    return 3 * new Answering(asked).longest() + AROUND;
  }

  /** Bytes a request for that survey may have; 0 when there is none that takes any. */
  public int width(long survey) {
    return surveys
        .find(survey)
        .filter(known -> known.secret() && known.takesBallots(clock.instant()))
        .map(known -> width(surveys.asked(known)))
        .orElse(0);
  }

  /**
   * Takes a secret ballot: JSON with {@code group}, {@code token}, {@code signature} in base64url
   * and {@code fields}, by name the values of the form. Told nothing of who sends it, and keeps
   * nothing of when.
   */
  @Transactional
  public Cast cast(long id, byte[] request) {
    Survey survey = surveys.find(id).orElse(null);
    if (survey == null || !survey.secret() || survey.pool() == null) {
      return new Cast.Refused("not-open", null);
    }
    Asked asked = surveys.asked(survey);
    byte[] token;
    byte[] signature;
    String group;
    Map<String, List<String>> fields = new LinkedHashMap<>();
    try {
      JsonNode sent = json.readTree(request);
      group = sent.path("group").asString("");
      token = Base64.getUrlDecoder().decode(sent.path("token").asString(""));
      signature = Base64.getUrlDecoder().decode(sent.path("signature").asString(""));
      sent.path("fields")
          .properties()
          .forEach(
              field ->
                  fields.put(
                      field.getKey(),
                      field.getValue().valueStream().map(value -> value.asString("")).toList()));
    } catch (JacksonException | IllegalArgumentException e) {
      return new Cast.Refused("not-readable", null);
    }
    Optional<TokenKey> key = collecting.key(id, group);
    if (key.isEmpty() || !key.get().signed(token, signature)) {
      return new Cast.Refused("forged", null);
    }
    SecretBallot ballot;
    try {
      ballot =
          new SecretBallot(
              HexFormat.of().formatHex(token), group, new Answering(asked).read(fields));
    } catch (AnswerRefused refused) {
      return new Cast.Refused("answer", refused);
    }
    Collecting.lockShared(jdbc, id);
    if (!surveys.find(id).map(known -> known.takesBallots(clock.instant())).orElse(false)) {
      return new Cast.Refused("closed", null);
    }
    return switch (pool.add(
        new Pool.Of(id, survey.pool(), new Answering(asked).longest()), ballot)) {
      case STORED -> new Cast.Taken(ballot.receipt(), false);
      case ALREADY -> new Cast.Taken(ballot.receipt(), true);
      case OTHER -> new Cast.Refused("used", null);
    };
  }

  /**
   * Takes a ballot with a name; a later one takes its place until the vote is closed.
   *
   * @throws SurveyProblem when this voter has none to cast
   * @throws AnswerRefused when an answer is none
   */
  @Transactional
  public void castNamed(long id, long official, Map<String, List<String>> fields, String actor) {
    Voter voter = electorates.find(id, official).orElseThrow(() -> new SurveyProblem("not-there"));
    Survey before = surveys.find(id).orElseThrow(() -> new SurveyProblem("not-there"));
    if (before.secret()) {
      throw new SurveyProblem("not-there");
    }
    if (voter.recused()) {
      throw new SurveyProblem("recused");
    }
    Map<String, String> answers = new Answering(surveys.asked(before)).read(fields);
    Collecting.lockShared(jdbc, id);
    if (!surveys.find(id).map(known -> known.takesBallots(clock.instant())).orElse(false)) {
      throw new SurveyProblem("not-open");
    }
    // Two of the same voter at the same time come one after the other.
    jdbc.sql("select 1 from survey.voter where survey_id = ? and official_id = ? for update")
        .params(id, official)
        .query(row -> {});
    jdbc.sql(
            "update survey.named_ballot set superseded_at = ? where survey_id = ? and official_id ="
                + " ? and superseded_at is null")
        .params(surveys.now(), id, official)
        .update();
    jdbc.sql(
            "insert into survey.named_ballot (survey_id, official_id, answers, cast_at) values (?,"
                + " ?, cast(? as jsonb), ?)")
        .params(id, official, json.writeValueAsString(answers), surveys.now())
        .update();
    ledger.append(actor, "vote-cast", "survey", Long.toString(id), Map.of());
  }

  /** The answers a voter has given by name; none before the first ballot. */
  @SuppressWarnings("unchecked")
  Map<String, String> named(long id, long official) {
    return jdbc.sql(
            "select answers from survey.named_ballot where survey_id = ? and official_id = ? and"
                + " superseded_at is null")
        .params(id, official)
        .query(String.class)
        .optional()
        .map(text -> (Map<String, String>) json.readValue(text, Map.class))
        .orElse(Map.of());
  }
}
