package org.dandang.survey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.dandang.survey.ballot.Pool;
import org.dandang.survey.ballot.SecretBallot;
import org.dandang.survey.count.Answering;
import org.dandang.survey.count.Disclosure;
import org.dandang.survey.instrument.Asked;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Empties the box of a secret vote: all ballots of one transaction are torn into single answers and
 * written in the order of random values, apart from the codes that tell they are counted.
 */
@Component
class Mixing {
  private static final int AT_ONCE = 20_000;

  private final JdbcClient jdbc;
  private final Pool pool;
  private final Surveys surveys;
  private final PaperBallots paper;

  Mixing(JdbcClient jdbc, Pool pool, Surveys surveys, PaperBallots paper) {
    this.jdbc = jdbc;
    this.pool = pool;
    this.surveys = surveys;
    this.paper = paper;
  }

  private record Answer(UUID id, String question, @Nullable String group, String text) {}

  private record Loose(String group, Map<String, String> answers) {}

  /** Does so; what the pool and the paper batches held is gone when the transaction commits. */
  @Transactional(propagation = Propagation.MANDATORY)
  void mix(Survey survey) {
    UUID key = survey.pool();
    if (key == null) {
      throw new IllegalStateException("no pool");
    }
    Asked asked = surveys.asked(survey);
    List<SecretBallot> electronic =
        pool.empty(new Pool.Of(survey.id(), key, new Answering(asked).longest()));
    List<Loose> ballots = new ArrayList<>();
    electronic.forEach(ballot -> ballots.add(new Loose(ballot.group(), ballot.answers())));
    paper
        .settled(survey.id())
        .forEach(sheet -> ballots.add(new Loose(sheet.group(), sheet.answers())));
    int smallest = surveys.figures(survey, asked).smallestGroup(asked.instrument());
    receipts(survey.id(), electronic);
    if (ballots.size() >= smallest) {
      answers(survey.id(), ballots, smallest);
    }
  }

  private void receipts(long survey, List<SecretBallot> ballots) {
    jdbc.sql(
            "insert into survey.receipt (survey_id, code) select :survey, code from"
                + " unnest(cast(:codes as text[])) as code")
        .param("survey", survey)
        .param("codes", ballots.stream().map(SecretBallot::receipt).sorted().toArray(String[]::new))
        .update();
  }

  private void answers(long survey, List<Loose> ballots, int smallest) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    ballots.forEach(ballot -> sizes.merge(ballot.group(), 1L, Long::sum));
    Long rest = sizes.remove("");
    Set<String> shown = Disclosure.of(sizes, rest == null ? 0 : rest, smallest);
    List<Answer> answers = new ArrayList<>();
    for (Loose ballot : ballots) {
      String group = shown.contains(ballot.group()) ? ballot.group() : null;
      ballot
          .answers()
          .forEach(
              (question, text) ->
                  answers.add(new Answer(UUID.randomUUID(), question, group, text)));
    }
    answers.sort(Comparator.comparing(answer -> answer.id().toString()));
    for (int from = 0; from < answers.size(); from += AT_ONCE) {
      List<Answer> part = answers.subList(from, Math.min(answers.size(), from + AT_ONCE));
      jdbc.sql(
              """
              insert into survey.answer (id, survey_id, question, grp, answer)
              select id, :survey, question, grp, answer
                from unnest(cast(:ids as uuid[]), cast(:questions as text[]), cast(:groups as text[]), cast(:answers as text[]))
                  as a (id, question, grp, answer)
              """)
          .param("survey", survey)
          .param("ids", part.stream().map(Answer::id).toArray(UUID[]::new))
          .param("questions", part.stream().map(Answer::question).toArray(String[]::new))
          .param("groups", part.stream().map(Answer::group).toArray(String[]::new))
          .param("answers", part.stream().map(Answer::text).toArray(String[]::new))
          .update();
    }
  }
}
