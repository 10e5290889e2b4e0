package org.dandang.survey;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dandang.platform.web.Page;
import org.dandang.survey.count.Count;
import org.dandang.survey.count.Counts;
import org.dandang.survey.count.Result;
import org.dandang.survey.count.Turnout;
import org.dandang.survey.instrument.Question;

/** A count in the reader's words: tables that the page shows and the workbook holds. */
final class ResultWords {
  private final Page page;

  ResultWords(Page page) {
    this.page = page;
  }

  List<ResultTable> tables(Counts counts) {
    return counts.questions().stream().map(count -> table(count, counts.turnout())).toList();
  }

  private ResultTable table(Count count, Turnout turnout) {
    String title = count.one().question().title().in(page.tag());
    String whole = count.one().about().isEmpty() ? title : count.one().about() + " · " + title;
    String key = count.one().key();
    return switch (count.result()) {
      case Result.Options options -> {
        List<ResultTable.Line> lines = new ArrayList<>();
        options
            .options()
            .forEach(
                o ->
                    lines.add(
                        line(
                            o.option().title().in(page.tag()),
                            o.option().id(),
                            o.votes(),
                            count.answered())));
        boolean sides =
            has(options, Question.Side.POSITIVE) && has(options, Question.Side.NEGATIVE);
        yield new ResultTable(
            key,
            whole,
            heads("survey.head.option", "survey.head.votes", "survey.head.of-answered"),
            lines,
            sides && count.answered() > 0
                ? page.word(
                    "survey.sides",
                    share(options.positive(), count.answered()),
                    share(options.negative(), count.answered()),
                    page.number(count.answered()))
                : "",
            "",
            false);
      }
      case Result.Steps steps ->
          new ResultTable(
              key,
              whole,
              heads("survey.head.step", "survey.head.votes", "survey.head.of-answered"),
              steps.steps().stream()
                  .map(s -> line(s.step() + "", s.step() + "", s.votes(), count.answered()))
                  .toList(),
              steps.mean() == null
                  ? ""
                  : page.word("survey.mean", number(steps.mean()), page.number(count.answered())),
              "",
              false);
      case Result.Order order ->
          new ResultTable(
              key,
              whole,
              heads(
                  "survey.head.item",
                  "survey.head.points",
                  "survey.head.first",
                  "survey.head.ranked"),
              order.items().stream()
                  .map(
                      i ->
                          new ResultTable.Line(
                              i.text(), null, List.of(i.points(), i.first(), i.ranked())))
                  .toList(),
              "",
              "",
              false);
      case Result.People people -> people(key, whole, people, turnout);
      case Result.Vote vote -> vote(key, whole, vote, turnout);
      case Result.Said said ->
          new ResultTable(
              key,
              whole,
              heads("survey.head.words", "survey.head.times"),
              said.texts().entrySet().stream()
                  .sorted((a, b) -> a.getKey().compareTo(b.getKey()))
                  .map(text -> new ResultTable.Line(text.getKey(), null, List.of(text.getValue())))
                  .toList(),
              "",
              "",
              false);
    };
  }

  private static boolean has(Result.Options options, Question.Side side) {
    return options.options().stream().anyMatch(o -> o.option().side() == side);
  }

  private ResultTable people(String key, String title, Result.People people, Turnout turnout) {
    List<ResultTable.Line> lines =
        people.people().stream()
            .filter(p -> p.votes() > 0 || p.item() > 0)
            .map(
                p ->
                    new ResultTable.Line(
                        p.name(),
                        p.item() > 0 ? "#" + p.item() : "=" + p.name(),
                        List.of(
                            p.votes(),
                            share(p.votes(), turnout.present()),
                            share(p.votes(), turnout.due()))))
            .toList();
    boolean tied = !people.tied().isEmpty();
    String verdict =
        people.places() == 0
            ? ""
            : tied
                ? page.word(
                    "survey.people.tied",
                    people.places(),
                    people.through().isEmpty() ? "–" : String.join("、", people.through()),
                    String.join("、", people.tied()))
                : page.word(
                    "survey.people.through",
                    people.places(),
                    people.through().isEmpty() ? "–" : String.join("、", people.through()));
    return new ResultTable(
        key,
        title,
        heads(
            "survey.head.person",
            "survey.head.votes",
            "survey.head.of-present",
            "survey.head.of-due"),
        lines,
        verdict,
        tied ? "person-decides" : "",
        tied);
  }

  private ResultTable vote(String key, String title, Result.Vote vote, Turnout turnout) {
    List<ResultTable.Line> lines =
        List.of(
            voices("for", vote.forIt(), turnout),
            voices("against", vote.against(), turnout),
            voices("abstain", vote.abstaining(), turnout));
    Result.Decision decision = vote.decision();
    String kind =
        decision == null
            ? ""
            : switch (decision) {
              case CARRIED -> "met";
              case NOT_CARRIED, NO_QUORUM -> "not-met";
              case TIED -> "person-decides";
            };
    String verdict =
        decision == null || vote.majority() == null
            ? ""
            : page.word("survey.decision." + decision.word())
                + page.word(
                    "survey.decision.of." + vote.majority().of().name().toLowerCase(Locale.ROOT),
                    page.number(vote.forIt()),
                    page.number(vote.whole()),
                    share(vote.forIt(), vote.whole()));
    return new ResultTable(
        key,
        title,
        heads(
            "survey.head.voice",
            "survey.head.votes",
            "survey.head.of-present",
            "survey.head.of-due"),
        lines,
        verdict,
        kind,
        decision == Result.Decision.TIED);
  }

  private ResultTable.Line voices(String voice, long votes, Turnout turnout) {
    return new ResultTable.Line(
        page.word("survey.voice." + voice),
        voice,
        List.of(votes, share(votes, turnout.present()), share(votes, turnout.due())));
  }

  private ResultTable.Line line(String name, String part, long votes, long answered) {
    return new ResultTable.Line(name, part, List.of(votes, share(votes, answered)));
  }

  private List<String> heads(String... keys) {
    List<String> heads = new ArrayList<>();
    for (String key : keys) {
      heads.add(page.word(key));
    }
    return heads;
  }

  private String share(long part, long whole) {
    return whole == 0 ? "–" : page.percent((double) part / whole);
  }

  private static String number(BigDecimal mean) {
    return mean.toPlainString();
  }
}
