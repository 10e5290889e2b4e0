package org.dandang.policy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.dandang.policy.simulation.Fairness.Counts;
import org.dandang.policy.simulation.Fairness.Rate;
import org.junit.jupiter.api.Test;

class SimulationFairnessTests {
  /** The example of the four-fifths rule: 48 of 80 against 12 of 40. */
  @Test
  void halfTheHighestRateIsARatioOfOneHalf() {
    List<Rate> rates = Fairness.rates(List.of(new Counts(48, 80), new Counts(12, 40)));

    assertThat(rates.get(0).rate()).isEqualTo(0.6);
    assertThat(rates.get(0).ratio()).isEqualTo(1.0);
    assertThat(rates.get(0).probability()).isNull();
    assertThat(rates.get(1).rate()).isEqualTo(0.3);
    assertThat(rates.get(1).ratio()).isEqualTo(0.5);
    assertThat(rates.get(1).isBelowThreshold()).isTrue();
  }

  /** By hand: 120 · (48·28 − 32·12)² / (80 · 40 · 60 · 60) = 9.6, of which p is 0.00195. */
  @Test
  void largeCountsAreTestedByChiSquare() {
    Rate second = Fairness.rates(List.of(new Counts(48, 80), new Counts(12, 40))).get(1);

    assertThat(second.test()).isEqualTo(Fairness.Test.CHI_SQUARE);
    assertThat(second.probability()).isCloseTo(0.001946, within(0.000001));
  }

  /** By hand, tables of the margins 4, 4, 4, 4: (1 + 16 + 16 + 1) / 70 are as unlikely. */
  @Test
  void smallCountsAreTestedExactly() {
    Rate second = Fairness.rates(List.of(new Counts(3, 4), new Counts(1, 4))).get(1);

    assertThat(second.test()).isEqualTo(Fairness.Test.FISHER_EXACT);
    assertThat(second.probability()).isCloseTo(34.0 / 70, within(1e-9));
  }

  @Test
  void fourFifthsExactlyIsNotBelow() {
    assertThat(Fairness.rates(List.of(new Counts(50, 100), new Counts(40, 100))).get(1))
        .satisfies(rate -> assertThat(rate.isBelowThreshold()).isFalse());
  }

  @Test
  void whereNobodyIsFavouredThereIsNothingToCompare() {
    assertThat(Fairness.rates(List.of(new Counts(0, 100), new Counts(0, 40))))
        .allMatch(rate -> rate.ratio() == null && rate.probability() == null);
  }

  @Test
  void groupsOfTenAndMoreAreShown() {
    assertThat(Fairness.withheld(List.of(10L, 11L, 5000L), 10)).isEmpty();
  }

  @Test
  void aGroupOfNineIsWithheldAndTheNextSmallestWithItSoThatTheTotalDoesNotGiveItAway() {
    assertThat(Fairness.withheld(List.of(300L, 9L, 40L), 10)).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void twoSmallGroupsThatAreFewTogetherTakeAThirdWithThem() {
    assertThat(Fairness.withheld(List.of(300L, 3L, 4L, 40L), 10))
        .containsExactlyInAnyOrder(1, 2, 3);
    assertThat(Fairness.withheld(List.of(300L, 6L, 7L, 40L), 10)).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void theOnlyGroupThereIsMayBeSmall() {
    assertThat(Fairness.withheld(List.of(9L), 10)).containsExactly(0);
  }
}
