package org.dandang.survey.ballot;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ballots that were received and are not counted yet. They survive a crash, and tell neither order
 * nor time: each lies in an encrypted bucket that is rewritten as a whole with every ballot.
 */
@Component
public class Pool {
  /** Ballots a bucket holds on the average when everybody has voted. */
  private static final int USUAL = 8;

  /** Bytes a ballot needs besides its answers. */
  private static final int AROUND = 160;

  private final JdbcClient jdbc;
  private final PoolKeys keys;
  private final JsonMapper json;

  Pool(JdbcClient jdbc, PoolKeys keys, JsonMapper json) {
    this.jdbc = jdbc;
    this.keys = keys;
    this.json = json;
  }

  /**
   * A survey's pool.
   *
   * @param longest bytes the answers of a ballot take at most
   */
  public record Of(long survey, UUID pool, int longest) {}

  /** What became of a ballot. */
  public enum Added {
    STORED,
    /** The same ballot lies there already; nothing was changed. */
    ALREADY,
    /** Another ballot lies there under the same token; nothing was changed. */
    OTHER
  }

  /** Lays out empty buckets for an electorate. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void prepare(Of of, int electorate) {
    PoolCipher cipher = cipher(of);
    int buckets = Math.max(1, (electorate + USUAL - 1) / USUAL);
    for (int number = 0; number < buckets; number++) {
      jdbc.sql("insert into survey.bucket (survey_id, number, ballots, sealed) values (?, ?, 0, ?)")
          .params(of.survey(), number, cipher.seal(number, List.of()))
          .update();
    }
  }

  /** Puts a ballot in; the caller has seen to it that its token is good and the vote is open. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Added add(Of of, SecretBallot ballot) {
    PoolCipher cipher = cipher(of);
    int buckets =
        jdbc.sql("select count(*) from survey.bucket where survey_id = ?")
            .param(of.survey())
            .query(Integer.class)
            .single();
    int number = cipher.bucket(HexFormat.of().parseHex(ballot.token()), buckets);
    byte[] sealed =
        jdbc.sql("select sealed from survey.bucket where survey_id = ? and number = ? for update")
            .params(of.survey(), number)
            .query(byte[].class)
            .single();
    List<byte[]> ballots = cipher.open(number, sealed);
    for (byte[] other : ballots) {
      SecretBallot known = json.readValue(other, SecretBallot.class);
      if (known.token().equals(ballot.token())) {
        return known.equals(ballot) ? Added.ALREADY : Added.OTHER;
      }
    }
    ballots.add(json.writeValueAsBytes(ballot));
    jdbc.sql("update survey.bucket set ballots = ?, sealed = ? where survey_id = ? and number = ?")
        .params(ballots.size(), cipher.seal(number, ballots), of.survey(), number)
        .update();
    return Added.STORED;
  }

  /** How many ballots lie in a pool. */
  public long size(long survey) {
    return jdbc.sql("select coalesce(sum(ballots), 0) from survey.bucket where survey_id = ?")
        .param(survey)
        .query(Long.class)
        .single();
  }

  /** Takes all ballots out, for good once the transaction commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<SecretBallot> empty(Of of) {
    PoolCipher cipher = cipher(of);
    List<SecretBallot> ballots = new ArrayList<>();
    jdbc.sql("select number, sealed from survey.bucket where survey_id = ?")
        .param(of.survey())
        .query(
            row -> {
              for (byte[] one : cipher.open(row.getInt("number"), row.getBytes("sealed"))) {
                ballots.add(json.readValue(one, SecretBallot.class));
              }
            });
    jdbc.sql("delete from survey.bucket where survey_id = ?").param(of.survey()).update();
    return ballots;
  }

  private PoolCipher cipher(Of of) {
    return new PoolCipher(of.pool(), keys.of(of.pool()), of.longest() + AROUND);
  }
}
