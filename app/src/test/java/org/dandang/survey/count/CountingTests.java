package org.dandang.survey.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.dandang.policy.Words;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Figures;
import org.dandang.survey.instrument.Instrument;
import org.dandang.survey.instrument.Question;
import org.dandang.survey.instrument.Share;
import org.dandang.survey.instrument.Threshold;

/** Counting against a naive model, and which groups may be shown. */
class CountingTests {
  private static final Words NO_WORDS = new Words(Map.of("en", "x"));
  private static final List<String> VOICES = List.of("for", "against", "abstain", "");
  private static final List<String> PEOPLE = List.of("甲", "乙", "丙", "丁");

  private static Asked asked(Threshold majority, Threshold quorum) {
    Question motion = new Question("motion", NO_WORDS, null, false, new Question.Motion(majority));
    Question person =
        new Question("person", NO_WORDS, null, false, new Question.Recommend("people", true, 4, 2));
    return new Asked(
        new Instrument(
            Instrument.Secrecy.SECRET,
            Instrument.Published.OFFICE,
            Map.of("people", new Instrument.ItemList("people", NO_WORDS, 10)),
            Map.of(),
            null,
            quorum,
            "",
            List.of(new Instrument.Section("all", NO_WORDS, List.of(motion, person)))),
        Map.of("people", PEOPLE));
  }

  private static Figures figures(String share, String attendance) {
    return new Figures(
        List.of(
            new Figures.Figure("share", share, "1", LocalDate.EPOCH),
            new Figures.Figure("attendance", attendance, "2", LocalDate.EPOCH)));
  }

  /** A ballot: a voice and the people named. */
  record Ballot(String voice, Set<Integer> people) {}

  @Provide
  Arbitrary<List<Ballot>> ballots() {
    Arbitrary<Ballot> one =
        Combinators.combine(
                Arbitraries.of(VOICES), Arbitraries.integers().between(1, 4).set().ofMaxSize(4))
            .as(Ballot::new);
    return one.list().ofMaxSize(60);
  }

  @Property(tries = 300)
  void countsWhatANaiveModelCounts(
      @ForAll("ballots") List<Ballot> ballots,
      @ForAll @IntRange(min = 0, max = 30) int absent,
      @ForAll Threshold.Basis basis,
      @ForAll boolean more) {
    Asked asked =
        asked(
            new Threshold("share", more, basis),
            new Threshold("attendance", false, Threshold.Basis.DUE));
    Map<String, Map<String, Long>> answers = new HashMap<>();
    Answering answering = new Answering(asked);
    for (Ballot ballot : ballots) {
      Map<String, List<String>> fields = new LinkedHashMap<>();
      fields.put("a.motion", List.of(ballot.voice()));
      fields.put("a.person", ballot.people().stream().map(p -> "#" + p).toList());
      answering
          .read(fields)
          .forEach(
              (key, answer) ->
                  answers.computeIfAbsent(key, k -> new HashMap<>()).merge(answer, 1L, Long::sum));
    }
    long due = ballots.size() + absent;
    Counts counts =
        new Counting(asked, figures("1/2", "2/3"))
            .count(new Turnout(due, ballots.size(), 0, 0), answers);

    long forIt = ballots.stream().filter(b -> b.voice().equals("for")).count();
    long against = ballots.stream().filter(b -> b.voice().equals("against")).count();
    long abstain = ballots.stream().filter(b -> b.voice().equals("abstain")).count();
    boolean quorate = due > 0 && 3L * ballots.size() >= 2L * due;
    assertThat(counts.quorate()).isEqualTo(quorate);
    Result.Vote vote = (Result.Vote) counts.find("motion").orElseThrow().result();
    assertThat(List.of(vote.forIt(), vote.against(), vote.abstaining()))
        .containsExactly(forIt, against, abstain);
    long whole =
        basis == Threshold.Basis.DUE
            ? due
            : basis == Threshold.Basis.PRESENT ? ballots.size() : forIt + against;
    boolean reached = whole > 0 && (more ? 2 * forIt > whole : 2 * forIt >= whole);
    assertThat(vote.decision())
        .isEqualTo(
            !quorate
                ? Result.Decision.NO_QUORUM
                : reached
                    ? Result.Decision.CARRIED
                    : forIt == against && forIt > 0
                        ? Result.Decision.TIED
                        : Result.Decision.NOT_CARRIED);

    Map<String, Long> named = new TreeMap<>();
    for (int person = 1; person <= 4; person++) {
      int which = person;
      named.put(
          PEOPLE.get(person - 1), ballots.stream().filter(b -> b.people().contains(which)).count());
    }
    Result.People people = (Result.People) counts.find("person").orElseThrow().result();
    people.people().forEach(p -> assertThat(p.votes()).isEqualTo(named.get(p.name())));
    // Whoever goes through has more votes than anybody who does not; those tied have the same.
    long least = people.through().stream().mapToLong(named::get).min().orElse(Long.MAX_VALUE);
    named.forEach(
        (name, votes) -> {
          if (!people.through().contains(name)) {
            assertThat(votes).isLessThan(Math.max(1, least));
          }
        });
    assertThat(people.tied().stream().map(named::get).distinct().count()).isLessThanOrEqualTo(1);
    assertThat(people.through().size()).isLessThanOrEqualTo(2);
    if (!people.tied().isEmpty()) {
      assertThat(people.through().size() + people.tied().size()).isGreaterThan(2);
    }
  }

  @Property(tries = 300)
  void theSameBallotsInAnotherOrderGiveTheSameCounts(@ForAll("ballots") List<Ballot> ballots) {
    Asked asked = asked(null, null);
    List<Ballot> turned = new ArrayList<>(ballots);
    Collections.reverse(turned);
    assertThat(counted(asked, turned)).isEqualTo(counted(asked, ballots));
  }

  private static Map<String, Map<String, String>> counted(Asked asked, List<Ballot> ballots) {
    Map<String, Map<String, Long>> answers = new LinkedHashMap<>();
    for (Ballot ballot : ballots) {
      new Answering(asked)
          .read(
              Map.of(
                  "a.motion", List.of(ballot.voice()),
                  "a.person", ballot.people().stream().map(p -> "#" + p).toList()))
          .forEach(
              (key, answer) ->
                  answers
                      .computeIfAbsent(key, k -> new LinkedHashMap<>())
                      .merge(answer, 1L, Long::sum));
    }
    return new Counting(asked, figures("1/2", "1/2"))
        .count(new Turnout(100, ballots.size(), 0, 0), answers)
        .figures();
  }

  @Property(tries = 500)
  void noSmallGroupFollowsFromThoseThatAreShown(
      @ForAll List<@IntRange(min = 0, max = 20) Integer> sizes,
      @ForAll @IntRange(min = 0, max = 8) int rest,
      @ForAll @IntRange(min = 1, max = 9) int smallest) {
    Map<String, Long> groups = new TreeMap<>();
    for (int i = 0; i < sizes.size(); i++) {
      groups.put("g" + i, (long) sizes.get(i));
    }
    Set<String> shown = Disclosure.of(groups, rest, smallest);
    shown.forEach(group -> assertThat(groups.get(group)).isGreaterThanOrEqualTo(smallest));
    long hidden =
        rest
            + groups.entrySet().stream()
                .filter(group -> !shown.contains(group.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    // What follows by subtraction is nobody, or enough; or nothing is shown at all.
    assertThat(hidden == 0 || hidden >= smallest || shown.isEmpty()).isTrue();
  }

  @Example
  void twoThirdsAreComparedExactly() {
    Share share = Share.of("2/3").orElseThrow();
    assertThat(share.isReachedBy(2, 3, false)).isTrue();
    assertThat(share.isReachedBy(2, 3, true)).isFalse();
    assertThat(share.isReachedBy(666_666_666L, 1_000_000_000L, false)).isFalse();
    assertThat(share.isReachedBy(0, 0, false)).isFalse();
    assertThat(Share.of("0.6").orElseThrow().isReachedBy(6, 10, false)).isTrue();
    for (String wrong : List.of("3/2", "1.1", "-0.1", "a", "1/0", "1e999999999", "")) {
      assertThat(Share.of(wrong)).as(wrong).isEmpty();
    }
  }
}
