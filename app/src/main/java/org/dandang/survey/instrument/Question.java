package org.dandang.survey.instrument;

import java.util.List;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/**
 * A question of an instrument.
 *
 * @param forEach the list for each of whose items it is asked; null: asked once
 * @param required whether a ballot without an answer to it is refused
 */
public record Question(
    String id, Words title, @Nullable String forEach, boolean required, Kind kind) {

  /** How it is answered. */
  public sealed interface Kind {}

  /** One or several of some options. */
  public record Choice(List<Option> options, int least, int most) implements Kind {
    public Choice {
      options = List.copyOf(options);
    }

    public boolean single() {
      return most == 1;
    }
  }

  /** A whole number from one to another. */
  public record Scale(int from, int to, Words low, Words high) implements Kind {}

  /** The items of a list in order of preference, the first ones or all. */
  public record Rank(String list, int most) implements Kind {}

  /**
   * Names of people.
   *
   * @param list from which they are chosen; null: any name
   * @param free whether a name that is not on the list may be written
   * @param places the first that go on; 0: no line is drawn
   */
  public record Recommend(@Nullable String list, boolean free, int most, int places)
      implements Kind {}

  /** For, against or abstaining. */
  public record Motion(@Nullable Threshold majority) implements Kind {}

  /** Some words; shown to those who run the vote, never published. */
  public record Text(int longest) implements Kind {}

  /** On which side an option stands when both sides are shown. */
  public enum Side {
    POSITIVE,
    NEUTRAL,
    NEGATIVE
  }

  /** Something that can be chosen. */
  public record Option(String id, Words title, Side side) {}
}
