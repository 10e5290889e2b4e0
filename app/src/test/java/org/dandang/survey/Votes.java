package org.dandang.survey;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.MovedClock;
import org.dandang.survey.ballot.BlindVoter;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Officials and votes for tests. */
final class Votes {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Electorates electorates;
  private final Opening opening;
  private final Collecting collecting;
  private final Casting casting;
  private final Clock clock;

  Votes(
      JdbcClient jdbc,
      Surveys surveys,
      Electorates electorates,
      Opening opening,
      Collecting collecting,
      Casting casting,
      Clock clock) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.electorates = electorates;
    this.opening = opening;
    this.collecting = collecting;
    this.casting = casting;
    this.clock = clock;
  }

  /** The clock of these tests. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Moved {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.running();
    }
  }

  /** New officials, by their keys. */
  List<String> officials(int number) {
    String series = "v" + COUNT.incrementAndGet() + "-";
    jdbc.sql(
            """
            with new as (
              insert into official.official (source, key) select 'test', :series || n from generate_series(1, :number) n returning id, key)
            insert into official.identity (official_id, name, sex, recorded_at, recorded_by)
            select id, '选民' || key, 1, now(), 'test' from new
            """)
        .param("series", series)
        .param("number", number)
        .update();
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= number; i++) {
      keys.add(series + i);
    }
    return keys;
  }

  /** Their numbers, in the order of an electorate's rows. */
  List<Long> voters(long survey) {
    return jdbc.sql("select official_id from survey.voter where survey_id = ? order by official_id")
        .param(survey)
        .query(Long.class)
        .list();
  }

  /** A draft with a filled electorate that closes in an hour. */
  long draft(
      String pack, boolean secret, Map<String, List<String>> items, List<String> electorate) {
    long id = surveys.begin(pack, "测试 " + pack, null, secret, "test");
    surveys.change(id, "测试 " + pack, secret, items, null, surveys.now().plusHours(1), "test");
    electorates.addNamed(id, String.join("\n", electorate), false, "test");
    return id;
  }

  long open(String pack, boolean secret, Map<String, List<String>> items, List<String> electorate) {
    long id = draft(pack, secret, items, electorate);
    opening.open(id, "test");
    return id;
  }

  /** A voter's browser with a collected ballot. */
  BlindVoter collected(long survey, long official) {
    String group = electorates.find(survey, official).orElseThrow().group();
    return new BlindVoter(collecting.key(survey, group).orElseThrow())
        .collect(blinded -> collecting.collect(survey, official, blinded));
  }

  Casting.Cast cast(
      long survey, long official, BlindVoter voter, Map<String, List<String>> fields) {
    String group = electorates.find(survey, official).orElseThrow().group();
    return casting.cast(survey, voter.request(group, fields));
  }

  Instant now() {
    return clock.instant();
  }
}
