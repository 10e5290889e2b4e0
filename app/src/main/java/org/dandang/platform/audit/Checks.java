package org.dandang.platform.audit;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.dandang.platform.ledger.Verified;
import org.springframework.stereotype.Component;

/**
 * The newest checks of the ledger, while the program runs; that one took place is in the ledger.
 */
@Component
public class Checks {
  private static final int KEPT = 20;

  private final Clock clock;
  private final Deque<Check> kept = new ArrayDeque<>();
  private long number;

  Checks(Clock clock) {
    this.clock = clock;
  }

  /**
   * A check.
   *
   * @param at when it ended
   * @param by sign-in name
   */
  public record Check(long number, OffsetDateTime at, String by, Verified found) {}

  synchronized long keep(Verified found, String by) {
    kept.addFirst(new Check(++number, OffsetDateTime.now(clock), by, found));
    if (kept.size() > KEPT) {
      kept.removeLast();
    }
    return number;
  }

  synchronized Optional<Check> find(long wanted) {
    return kept.stream().filter(check -> check.number() == wanted).findFirst();
  }

  synchronized Optional<Check> newest() {
    return Optional.ofNullable(kept.peekFirst());
  }
}
