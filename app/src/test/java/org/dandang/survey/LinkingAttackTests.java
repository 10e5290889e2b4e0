package org.dandang.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dandang.DandangTest;
import org.dandang.survey.ballot.BlindVoter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The owner of the database tries to say who cast which ballot: by the order of rows, of
 * transactions and of random ids, by the write-ahead log, the ledger and the logs. Success is the
 * share of voters whose voice is guessed right. The control stores ballots as they come, and there
 * the same attack succeeds.
 */
@DandangTest
@ExtendWith(OutputCaptureExtension.class)
class LinkingAttackTests {
  private static final int VOTERS = Boolean.getBoolean("dandang.long") ? 400 : 120;
  private static final double FOR = 0.5;

  @Autowired JdbcClient jdbc;
  @Autowired Surveys surveys;
  @Autowired Electorates electorates;
  @Autowired Opening opening;
  @Autowired Collecting collecting;
  @Autowired Casting casting;
  @Autowired Closing closing;
  @Autowired Results results;
  @Autowired Clock clock;

  private Votes votes;

  @BeforeEach
  void prepare() {
    votes = new Votes(jdbc, surveys, electorates, opening, collecting, casting, clock);
    jdbc = DandangTest.Server.administrator(jdbc);
    jdbc.sql("create extension if not exists pg_walinspect").update();
  }

  /** A vote that was held, and what nobody but the voters knows: each one's voice. */
  private record Held(long survey, Map<Long, String> voices, List<String> tokens, String from) {}

  private Held hold(long seed) {
    long id =
        votes.open(
            "national/panel-vote",
            true,
            Map.of("matters", List.of("一号事项")),
            votes.officials(VOTERS));
    String from = jdbc.sql("select pg_current_wal_lsn()::text").query(String.class).single();
    List<Long> order = new ArrayList<>(votes.voters(id));
    Random random = new Random(seed);
    Collections.shuffle(order, random);
    Map<Long, String> voices = new LinkedHashMap<>();
    List<String> tokens = new ArrayList<>();
    for (long official : order) {
      String voice = random.nextDouble() < FOR ? "for" : "against";
      voices.put(official, voice);
      // The worst case: each casts at once after collecting, and nobody comes between.
      BlindVoter voter = votes.collected(id, official);
      tokens.add(HexFormat.of().formatHex(voter.token()));
      votes.cast(id, official, voter, Map.of("a.matter.1", List.of(voice)));
    }
    return new Held(id, voices, tokens, from);
  }

  /** Whoever collected first, by the transactions of the voters' rows. */
  private List<Long> inTheOrderOfCollecting(long survey) {
    return jdbc.sql(
            "select official_id from survey.voter where survey_id = ? order by xmin::text::bigint")
        .param(survey)
        .query(Long.class)
        .list();
  }

  /** Guesses that the n-th voter gave the n-th voice; the share of voters guessed right. */
  private static double success(List<Long> voters, List<String> voices, Held held) {
    assertThat(voices).hasSize(voters.size());
    int right = 0;
    for (int i = 0; i < voters.size(); i++) {
      right += voices.get(i).equals(held.voices().get(voters.get(i))) ? 1 : 0;
    }
    return (double) right / voters.size();
  }

  /** What guessing gives who knows the result and nothing else, with three standard deviations. */
  private static double chanceAndThreeSigma(Held held) {
    double share =
        (double) held.voices().values().stream().filter("for"::equals).count()
            / held.voices().size();
    double chance = share * share + (1 - share) * (1 - share);
    // A random assignment of n ballots, a share p of them one way: variance 4 p²(1-p)² / (n-1).
    double sigma = 2 * share * (1 - share) / Math.sqrt(held.voices().size() - 1.0);
    return chance + 3 * sigma;
  }

  /** Orders in which the owner can lay out the answers. */
  private Map<String, List<String>> orders(long survey) {
    Map<String, List<String>> orders = new LinkedHashMap<>();
    for (String by :
        List.of(
            "ctid", "ctid desc", "id", "id desc", "xmin::text::bigint, ctid", "md5(id::text)")) {
      orders.put(
          by,
          jdbc.sql("select answer from survey.answer where survey_id = ? order by " + by)
              .param(survey)
              .query(String.class)
              .list());
    }
    orders.put("write-ahead log", inTheOrderOfTheLog(survey));
    return orders;
  }

  /** The answers in the order in which their rows went into the write-ahead log. */
  private List<String> inTheOrderOfTheLog(long survey) {
    return jdbc.sql(
            """
            with inserted as (
              select b.start_lsn, b.relblocknumber as block, (r.description::text ~ 'off') as row_known,
                     substring(r.description from 'off:? (\\d+)')::int as slot
                from pg_get_wal_records_info((select min(start_lsn) from survey_log_from), pg_current_wal_lsn()) r
                join pg_get_wal_block_info((select min(start_lsn) from survey_log_from), pg_current_wal_lsn()) b
                  on b.start_lsn = r.start_lsn
               where b.relfilenode = pg_relation_filenode('survey.answer') and r.resource_manager in ('Heap', 'Heap2')
            )
            select a.answer from survey.answer a
              left join lateral (
                select min(i.start_lsn) as at from inserted i
                 where i.block = (a.ctid::text::point)[0]::int and (i.slot is null or i.slot = (a.ctid::text::point)[1]::int)) i on true
             where a.survey_id = ? order by i.at nulls last, (a.ctid::text::point)[1]
            """)
        .param(survey)
        .query(String.class)
        .list();
  }

  @Test
  void theOwnerOfTheDatabaseDoesNoBetterThanChance(CapturedOutput output) {
    // An order that happens to fit once is chance; one that fits in two votes is a leak.
    Map<String, Integer> fits = new LinkedHashMap<>();
    for (int round = 0; round < 2; round++) {
      Held held = hold(71 + round);
      long id = held.survey();
      logFrom(held.from());
      whileItRuns(held);
      closing.close(id, "", "test");
      results.count(id, "test");
      List<Long> voters = inTheOrderOfCollecting(id);
      assertThat(voters).containsExactlyElementsOf(held.voices().keySet());
      double limit = chanceAndThreeSigma(held);
      orders(id)
          .forEach(
              (by, voices) -> {
                if (success(voters, voices, held) > limit) {
                  fits.merge(by, 1, Integer::sum);
                }
              });
      assertThat(rowsInTheLog()).isGreaterThanOrEqualTo(VOTERS);
      nothingInPlainText(held, output);
    }
    assertThat(fits).as("orders that link").doesNotContainValue(2);
  }

  /** The log does tell where each row went: an order that is all nulls would prove nothing. */
  private long rowsInTheLog() {
    return jdbc.sql(
            """
            select count(*) from pg_get_wal_block_info((select min(start_lsn) from survey_log_from), pg_current_wal_lsn()) b
             where b.relfilenode = pg_relation_filenode('survey.answer')
            """)
        .query(Long.class)
        .single();
  }

  @Test
  void theSameAttackSucceedsWhereBallotsAreStoredAsTheyCome() {
    Held held = hold(73);
    jdbc.sql(
            "create table if not exists survey.naive (id bigint generated always as identity,"
                + " survey_id bigint, answer text, cast_at timestamptz default clock_timestamp())")
        .update();
    held.voices()
        .values()
        .forEach(
            voice ->
                jdbc.sql("insert into survey.naive (survey_id, answer) values (?, ?)")
                    .params(held.survey(), voice)
                    .update());
    List<Long> voters = inTheOrderOfCollecting(held.survey());
    for (String by : List.of("ctid", "id", "xmin::text::bigint, ctid", "cast_at")) {
      List<String> voices =
          jdbc.sql("select answer from survey.naive where survey_id = ? order by " + by)
              .param(held.survey())
              .query(String.class)
              .list();
      assertThat(success(voters, voices, held)).as(by).isGreaterThan(chanceAndThreeSigma(held));
    }
  }

  /** Before closing no table holds a token, an answer or a moment of casting. */
  private void whileItRuns(Held held) {
    assertThat(
            jdbc.sql("select count(*) from survey.answer where survey_id = ?")
                .param(held.survey())
                .query(Long.class)
                .single())
        .isZero();
    assertThat(
            jdbc.sql(
                    "select column_name from information_schema.columns where table_schema ="
                        + " 'survey' and table_name in ('bucket', 'answer', 'receipt') and"
                        + " (data_type like 'timestamp%' or is_identity = 'YES')")
                .query(String.class)
                .list())
        .isEmpty();
    // Each bucket has one length, whatever lies in it; and none holds a token.
    assertThat(
            jdbc.sql(
                    "select count(distinct length(sealed)) from survey.bucket where survey_id = ?"
                        + " and ballots <= 16")
                .param(held.survey())
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  private void logFrom(String from) {
    jdbc.sql("create table if not exists survey_log_from (start_lsn pg_lsn)").update();
    jdbc.sql("truncate survey_log_from").update();
    jdbc.sql("insert into survey_log_from values (cast(? as pg_lsn))").param(from).update();
  }

  /**
   * No token, in whatever writing, stands in a table, the write-ahead log, the ledger or our log.
   */
  private void nothingInPlainText(Held held, CapturedOutput output) {
    List<byte[]> log =
        jdbc.sql(
                """
                select block_data from pg_get_wal_block_info((select min(start_lsn) from survey_log_from), pg_current_wal_lsn())
                 where block_data is not null
                """)
            .query(byte[].class)
            .list();
    assertThat(log).isNotEmpty();
    StringBuilder bytes = new StringBuilder();
    log.forEach(block -> bytes.append(new String(block, StandardCharsets.ISO_8859_1)));
    String all = bytes.toString();
    // The search can see: the code of a counted ballot, which is public, stands in the log.
    assertThat(all).contains(results.receipts(held.survey()).getFirst());
    String ledger =
        String.join(
            "\n",
            jdbc.sql("select action || detail::text from platform.ledger_entry")
                .query(String.class)
                .list());
    for (String token : held.tokens()) {
      String raw = new String(HexFormat.of().parseHex(token), StandardCharsets.ISO_8859_1);
      assertThat(all.contains(raw) || all.contains(token)).as("token in the log").isFalse();
      assertThat(ledger).doesNotContain(token);
      assertThat(output.getAll()).doesNotContain(token);
    }
    // Before the final batch no voice is written at all.
    assertThat(output.getAll()).doesNotContain("matter.1");
  }
}
