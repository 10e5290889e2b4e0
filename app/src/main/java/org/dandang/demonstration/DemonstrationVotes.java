package org.dandang.demonstration;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dandang.survey.Casting;
import org.dandang.survey.Closing;
import org.dandang.survey.Electorates;
import org.dandang.survey.InventedVoters;
import org.dandang.survey.Opening;
import org.dandang.survey.Results;
import org.dandang.survey.Surveys;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Votes of the demonstration, held as an office holds them: one counted, two that are open. */
@Component
public class DemonstrationVotes {
  private static final String ACTOR = "demonstration";
  private static final int ELECTORATE = 40;

  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Electorates electorates;
  private final Opening opening;
  private final InventedVoters voters;
  private final Casting casting;
  private final Closing closing;
  private final Results results;
  private final Clock clock;

  DemonstrationVotes(
      JdbcClient jdbc,
      Surveys surveys,
      Electorates electorates,
      Opening opening,
      InventedVoters voters,
      Casting casting,
      Closing closing,
      Results results,
      Clock clock) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.electorates = electorates;
    this.opening = opening;
    this.voters = voters;
    this.casting = casting;
    this.closing = closing;
    this.results = results;
    this.clock = clock;
  }

  /** Somebody who takes part. */
  private record Somebody(long id, String key, String name) {}

  /**
   * Holds them, where there are none yet.
   *
   * @param official who is among the voters and has not voted
   */
  public void hold(long official) {
    if (jdbc.sql("select exists (select from survey.survey)").query(Boolean.class).single()) {
      return;
    }
    List<Somebody> people =
        jdbc.sql(
                """
                select i.official_id as id, o.key, i.name
                  from official.current_identity i join official.official o on o.id = i.official_id
                 where o.source = :source and i.status = 'serving' and i.official_id <> :official
                 order by (select min(p.post_level) from official.current_posting p
                            where p.official_id = i.official_id and p.ends_on is null) nulls last, i.official_id
                 limit :most
                """)
            .param("source", Demonstration.SOURCE)
            .param("official", official)
            .param("most", ELECTORATE + 6)
            .query(Somebody.class)
            .list();
    String own =
        jdbc.sql("select key from official.official where id = ?")
            .param(official)
            .query(String.class)
            .single();
    if (people.size() > ELECTORATE) {
      bothSides(people);
      recommendation(people, own);
      panel(people, own);
    }
  }

  private long open(
      String pack,
      String title,
      boolean secret,
      Map<String, List<String>> items,
      List<String> electorate) {
    long id = surveys.begin(pack, title, null, secret, ACTOR);
    surveys.change(id, title, secret, items, null, OffsetDateTime.now(clock).plusDays(14), ACTOR);
    electorates.addNamed(id, String.join("\n", electorate), false, ACTOR);
    opening.open(id, ACTOR);
    return id;
  }

  /** Both sides of six people, counted. */
  private void bothSides(List<Somebody> people) {
    List<String> surveyed =
        people.subList(ELECTORATE, people.size()).stream().map(Somebody::name).distinct().toList();
    List<Somebody> asked = people.subList(0, ELECTORATE);
    long id =
        open(
            "national/positive-negative-survey",
            "市直单位领导班子成员正反向测评",
            true,
            Map.of("people", surveyed),
            asked.stream()
                .map(
                    one ->
                        one.key() + (asked.indexOf(one) < ELECTORATE / 2 ? ",leaders" : ",others"))
                .toList());
    Random random = new Random(31);
    List<String> strengths = List.of("firm", "responsible", "effective", "close", "clean");
    List<String> weaknesses = List.of("wavering", "shirking", "idle", "distant", "improper");
    for (Somebody voter : asked.subList(0, ELECTORATE - 3)) {
      Map<String, List<String>> fields = new LinkedHashMap<>();
      for (int person = 1; person <= surveyed.size(); person++) {
        some(random, strengths, 0.72 - 0.08 * person, fields, "a.strengths." + person);
        some(random, weaknesses, 0.05 + 0.05 * person, fields, "a.weaknesses." + person);
      }
      voters.vote(id, voter.id(), fields);
    }
    closing.close(id, "测评会议结束", ACTOR);
    results.count(id, ACTOR);
  }

  private static void some(
      Random random,
      List<String> options,
      double share,
      Map<String, List<String>> fields,
      String field) {
    List<String> chosen = new ArrayList<>();
    for (String option : options) {
      if (random.nextDouble() < share) {
        chosen.add(option);
      }
    }
    if (!chosen.isEmpty()) {
      fields.put(field, chosen);
    }
  }

  /** A recommendation that is open; half have voted. */
  private void recommendation(List<Somebody> people, String own) {
    List<Somebody> candidates = people.subList(ELECTORATE, people.size());
    List<Somebody> asked = people.subList(0, ELECTORATE - 10);
    List<String> electorate = new ArrayList<>(asked.stream().map(Somebody::key).toList());
    electorate.add(own);
    long id =
        open(
            "national/democratic-recommendation",
            "推荐县（市、区）正职人选",
            true,
            Map.of(
                "posts", List.of("县（市、区）长", "市直部门正职"),
                "candidates", candidates.stream().map(Somebody::name).distinct().toList()),
            electorate);
    Random random = new Random(37);
    for (Somebody voter : asked.subList(0, asked.size() / 2)) {
      voters.vote(
          id,
          voter.id(),
          Map.of(
              "a.person.1", List.of("#" + (1 + random.nextInt(3))),
              "a.person.2", List.of("#" + (1 + random.nextInt(4)))));
    }
  }

  /** A vote of a panel by name, open. */
  private void panel(List<Somebody> people, String own) {
    List<Somebody> asked = people.subList(0, 8);
    List<String> electorate = new ArrayList<>(asked.stream().map(Somebody::key).toList());
    electorate.add(own);
    long id =
        open(
            "national/panel-vote",
            "表彰事项表决",
            false,
            Map.of("matters", List.of("授予抗洪先进集体称号", "嘉奖驻村工作队")),
            electorate);
    for (Somebody voter : asked.subList(0, 5)) {
      casting.castNamed(
          id,
          voter.id(),
          Map.of("a.matter.1", List.of("for"), "a.matter.2", List.of("for")),
          ACTOR);
    }
  }
}
