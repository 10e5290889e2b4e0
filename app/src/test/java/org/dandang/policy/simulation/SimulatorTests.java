package org.dandang.policy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.simulation.Comparison.Group;
import org.dandang.policy.simulation.Comparison.Transition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The front-line priority pack over hundred officials made by hand. */
class SimulatorTests {
  private final FactCatalogue catalogue = FactCatalogue.ofTheProgram();
  private Connection connection;
  private PolicyVersion version;

  /**
   * All serve, are competent and long enough at their level. Of 60 women the front-line months run
   * 1 to 60, of 40 men 21 to 60; nobody is there now. Nine of the men are 29 years old.
   */
  @BeforeEach
  void aHundredOfficials() throws Exception {
    version =
        PolicyVersion.of(
            new Packs(Path.of(System.getProperty("dandang.home"), "packs"))
                .find("guizhou/front-line-priority")
                .orElseThrow(),
            LocalDate.of(2026, 6, 30));
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table facts as select range::bigint as subject, true as serving, 'competent' as "last-annual-grade",
            60::bigint as "months-at-post-level", (range % 60 + 1 + case when range >= 60 then 20 else 0 end)::bigint as "front-line-months",
            false as "on-front-line-now", 0::bigint as "hardship-class",
            case when range < 60 then 'female' else 'male' end as sex, '汉族' as "ethnic-group",
            case when range < 91 then 40 else 29 end::bigint as age,
            case when range % 2 = 0 then 'county' end as "unit-level-of-post", '甲县' as "place-of-post"
            from range(100)
          """);
    }
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  @Test
  void nothingChangedChangesNobody() {
    Comparison comparison = simulator().compare(version);

    assertThat(comparison.changed()).isZero();
    assertThat(comparison.interpreted()).isFalse();
    assertThat(comparison.outcomes()).allMatch(o -> o.before() == o.after());
    assertThat(comparison.rules()).allMatch(r -> r.before() == r.after());
    assertThat(simulator().changed(version, null, 0, 50)).isEmpty();
  }

  @Test
  void fewerMonthsRequiredLetThoseInThatManyMonths() {
    Comparison comparison = simulator().compare(with("required-front-line-months=21"));

    // 24 months are required; 21 to 23 are those of three women and three men.
    assertThat(comparison.changed()).isEqualTo(6);
    assertThat(comparison.transitions()).contains(new Transition("ordinary", "priority", 6, 6));
  }

  @Test
  void theTransitionsSumToThePopulation() {
    Comparison comparison = simulator().compare(with("required-front-line-months=40"));

    assertThat(comparison.subjects()).isEqualTo(100);
    assertThat(comparison.transitions().stream().mapToLong(Transition::subjects).sum())
        .isEqualTo(100);
    assertThat(comparison.rules().stream().mapToLong(Comparison.RuleCount::after).sum())
        .isEqualTo(100);
    assertThat(comparison.outcomes().stream().mapToLong(Comparison.OutcomeCount::before).sum())
        .isEqualTo(100);
  }

  @Test
  void whoChangesIsNamedWithBothRulesAndTheFigureThatMadeIt() {
    PolicyVersion after = with("required-front-line-months=21", "long-front-line-months=70");
    List<Changed> changed =
        simulator().changed(after, new Transition("ordinary", "priority", 0, 0), 0, 50);

    assertThat(changed).extracting(Changed::subject).containsExactly(20L, 21L, 22L, 60L, 61L, 62L);
    assertThat(changed.getFirst().before().rule()).isEqualTo("front-line-too-short");
    assertThat(changed.getFirst().after().clause()).isEqualTo("2");
    assertThat(changed)
        .allSatisfy(
            one ->
                assertThat(one.causes())
                    .extracting(cause -> ((Changed.Cause.Figure) cause).name())
                    .containsExactly("required-front-line-months"));
  }

  @Test
  void thePagesOfWhoChangesFollowOnEachOther() {
    PolicyVersion after = with("required-front-line-months=21");
    Simulator simulator = simulator();

    assertThat(simulator.changed(after, null, 0, 4)).hasSize(4);
    assertThat(simulator.changed(after, null, 4, 4))
        .extracting(Changed::subject)
        .containsExactly(61L, 62L);
  }

  @Test
  void theRateOfAGroupIsThatOfTheFavouredAmongThoseTheTableSpeaksOf() {
    Comparison comparison = simulator().compare(with("required-front-line-months=21"));

    // 24 months and more: 37 of 60 women, 37 of 40 men; 21 and more: 40 of 60 and all 40.
    Group women = group(comparison, "sex", "female");
    assertThat(women.shares().before().favourable()).isEqualTo(37);
    assertThat(women.shares().before().ratio()).isEqualTo((37 / 60.0) / (37 / 40.0));
    assertThat(women.shares().after().favourable()).isEqualTo(40);
    assertThat(women.shares().after().rate()).isEqualTo(40 / 60.0);
    assertThat(women.shares().after().isBelowThreshold()).isTrue();
    assertThat(women.shares().after().probability()).isLessThan(0.001);
    assertThat(group(comparison, "sex", "male").shares().after().ratio()).isEqualTo(1);
  }

  @Test
  void aGroupOfNineIsWithheldAndSoIsTheOneItWouldFollowFrom() {
    Comparison comparison = simulator().compare(version);

    assertThat(comparison.groupings().stream().map(g -> g.by().fact().id()))
        .containsExactly("sex", "ethnic-group", "age", "unit-level-of-post", "place-of-post");
    assertThat(group(comparison, "age", "0").shares()).isNull();
    assertThat(group(comparison, "age", "3").shares()).isNull();
  }

  @Test
  void thoseOfWhomNothingIsOnRecordAreAGroupOfTheirOwn() {
    Group missing = group(simulator().compare(version), "unit-level-of-post", null);

    assertThat(missing.shares().people()).isEqualTo(50);
  }

  @Test
  void aTableThatDoesNotCompileIsAskedOneByOneWithTheSameResult() {
    String table = new String(version.model(), StandardCharsets.UTF_8);
    PolicyVersion compiled = with("required-front-line-months=21");
    PolicyVersion interpreted =
        compiled.withTable(
            version.table(),
            table
                .replaceFirst(
                    "<text>front-line-months</text>", "<text>exp(0) * front-line-months</text>")
                .getBytes(StandardCharsets.UTF_8));
    Comparison one = simulator().compare(compiled);
    Comparison other = simulator().compare(interpreted);

    assertThat(other.interpreted()).isTrue();
    assertThat(other.outcomes()).isEqualTo(one.outcomes());
    assertThat(other.transitions()).isEqualTo(one.transitions());
    assertThat(other.groupings()).isEqualTo(one.groupings());
  }

  @Test
  void anOutcomeThatIsComputedIsCountedLikeOneThatIsWrittenDown() {
    PolicyVersion written = with("required-front-line-months=21");
    PolicyVersion computed =
        written.withTable(
            version.table(),
            new String(version.model(), StandardCharsets.UTF_8)
                .replace(
                    "<text>\"priority\"</text></outputEntry>",
                    "<text>if serving then \"priority\" else \"first\"</text></outputEntry>")
                .getBytes(StandardCharsets.UTF_8));
    Comparison one = simulator().compare(written);
    Comparison other = simulator().compare(computed);

    assertThat(other.outcomes()).isEqualTo(one.outcomes());
    assertThat(other.transitions()).isEqualTo(one.transitions());
    assertThat(other.groupings()).isEqualTo(one.groupings());
  }

  @Test
  void aFigureNobodyKnowsIsRefusedWithThoseThereAre() {
    refused("years-on-the-moon=3", "required-front-line-months");
    refused("required-front-line-months[county]=3", "required-front-line-months");
    refused("required-front-line-months=soon", "24");
    refused("required-front-line-months", "parameter=value");
  }

  private void refused(String setting, String says) {
    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> with(setting))
        .satisfies(problem -> assertThat(problem.text(Locale.ENGLISH)).contains(says));
  }

  private PolicyVersion with(String... settings) {
    return Setting.apply(version, List.of(settings).stream().map(Setting::parse).toList());
  }

  private Simulator simulator() {
    return Simulator.over(connection, version, catalogue, false, 10, (done, total) -> true);
  }

  private static Group group(Comparison comparison, String by, @Nullable String value) {
    return comparison.groupings().stream()
        .filter(grouped -> grouped.by().fact().id().equals(by))
        .flatMap(grouped -> grouped.groups().stream())
        .filter(group -> java.util.Objects.equals(group.value(), value))
        .findFirst()
        .orElseThrow();
  }
}
