package org.dandang.policy.simulation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.jspecify.annotations.Nullable;

/**
 * Compares how often each of several groups has a favourable result.
 *
 * <p>The rate of a group is taken over those of it to whom the policy applies. Each rate is held
 * against the highest: as a ratio, and by a test of whether the difference could be chance. Small
 * groups are withheld so that nobody's result can be read off.
 */
public final class Fairness {
  /** A ratio below which a difference is pointed out. */
  public record Threshold(double ratio, LocalDate from, String source) {}

  /** Four fifths; a figure to look at, not a finding of unfairness. */
  public static final Threshold FOUR_FIFTHS =
      new Threshold(
          0.8, LocalDate.of(1978, 9, 25), "29 CFR 1607.4(D), 43 FR 38290 (25 August 1978)");

  /** Expected counts below this are too small for the chi-square test. */
  private static final double EXPECTED_LEAST = 5;

  private Fairness() {}

  /** Which test gave a p-value. */
  public enum Test {
    CHI_SQUARE,
    FISHER_EXACT
  }

  /** How many of those to whom a policy applies have a favourable result. */
  public record Counts(long favourable, long applies) {
    public Counts {
      if (favourable < 0 || favourable > applies) {
        throw new IllegalArgumentException(favourable + " of " + applies);
      }
    }

    double rate() {
      return applies == 0 ? 0 : (double) favourable / applies;
    }
  }

  /**
   * A group's rate beside the highest.
   *
   * @param ratio its rate over the highest; null where the highest is none, or the policy applies
   *     to nobody of the group
   * @param probability that a difference at least this large from the group with the highest rate
   *     is chance; null for that group itself, and where nobody or everybody is favoured
   * @param test null where there is no probability
   */
  public record Rate(
      long favourable,
      long applies,
      double rate,
      @Nullable Double ratio,
      @Nullable Double probability,
      @Nullable Test test) {
    /** Whether the ratio is below {@link #FOUR_FIFTHS}. */
    public boolean isBelowThreshold() {
      return ratio != null && ratio < FOUR_FIFTHS.ratio();
    }
  }

  /**
   * Which groups are withheld: those smaller than {@code least}, and then the next smallest until
   * at least two groups with together at least {@code least} people are, so that none follows from
   * the total.
   *
   * @return positions in the list
   */
  public static Set<Integer> withheld(List<Long> sizes, long least) {
    List<Integer> bySize =
        IntStream.range(0, sizes.size()).boxed().sorted(Comparator.comparing(sizes::get)).toList();
    Set<Integer> withheld = new HashSet<>();
    long together = 0;
    for (int position : bySize) {
      long size = sizes.get(position);
      boolean small = size < least;
      boolean derivable = !withheld.isEmpty() && (withheld.size() == 1 || together < least);
      if (!small && !derivable) {
        break;
      }
      withheld.add(position);
      together += size;
    }
    return withheld;
  }

  /** The rate of each group, beside the highest of those given. */
  public static List<Rate> rates(List<Counts> groups) {
    Counts highest =
        groups.stream().max(Comparator.comparingDouble(Counts::rate)).orElse(new Counts(0, 0));
    List<Rate> rates = new ArrayList<>();
    boolean reference = false;
    for (Counts group : groups) {
      double rate = group.rate();
      Double ratio =
          highest.rate() == 0 || group.applies() == 0 ? null : (Double) (rate / highest.rate());
      boolean isReference = !reference && group.equals(highest);
      reference |= isReference;
      Tested tested = isReference ? null : tested(group, highest);
      rates.add(
          new Rate(
              group.favourable(),
              group.applies(),
              rate,
              ratio,
              tested == null ? null : tested.probability(),
              tested == null ? null : tested.test()));
    }
    return rates;
  }

  private record Tested(double probability, Test test) {}

  private static @Nullable Tested tested(Counts one, Counts other) {
    long favourable = one.favourable() + other.favourable();
    long applies = one.applies() + other.applies();
    if (favourable == 0 || favourable == applies || one.applies() == 0 || other.applies() == 0) {
      return null;
    }
    double least =
        (double) Math.min(one.applies(), other.applies())
            * Math.min(favourable, applies - favourable)
            / applies;
    long[][] table = {
      {one.favourable(), one.applies() - one.favourable()},
      {other.favourable(), other.applies() - other.favourable()}
    };
    if (least < EXPECTED_LEAST && applies <= Integer.MAX_VALUE) {
      int[][] small = {
        {(int) table[0][0], (int) table[0][1]}, {(int) table[1][0], (int) table[1][1]}
      };
      return new Tested(FisherExactTest.withDefaults().test(small).getPValue(), Test.FISHER_EXACT);
    }
    return new Tested(ChiSquareTest.withDefaults().test(table).getPValue(), Test.CHI_SQUARE);
  }
}
