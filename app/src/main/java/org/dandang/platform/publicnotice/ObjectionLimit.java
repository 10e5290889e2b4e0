package org.dandang.platform.publicnotice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How often the public may send something. Who sends is told apart by a hash under a secret that
 * lives only as long as the process; it is kept in memory for an hour and never written.
 */
@Component
class ObjectionLimit {
  private static final Duration WITHIN = Duration.ofHours(1);

  private final Clock clock;
  private final int fromOne;
  private final int fromAll;
  private final byte[] secret = new byte[32];
  private final Map<String, Deque<Instant>> times = new HashMap<>();
  private final Deque<Instant> all = new ArrayDeque<>();

  ObjectionLimit(
      Clock clock,
      @Value("${dandang.public.per-hour:10}") int fromOne,
      @Value("${dandang.public.per-hour-of-all:600}") int fromAll) {
    this.clock = clock;
    this.fromOne = fromOne;
    this.fromAll = fromAll;
    new SecureRandom().nextBytes(secret);
  }

  /** Whether one more may come from an address; it is counted. */
  synchronized boolean allows(String address) {
    Instant now = clock.instant();
    Instant since = now.minus(WITHIN);
    forget(all, since);
    times.values().removeIf(own -> forget(own, since));
    Deque<Instant> own = times.computeIfAbsent(hash(address), any -> new ArrayDeque<>());
    if (own.size() >= fromOne || all.size() >= fromAll) {
      return false;
    }
    own.addLast(now);
    all.addLast(now);
    return true;
  }

  private static boolean forget(Deque<Instant> times, Instant since) {
    while (!times.isEmpty() && !times.getFirst().isAfter(since)) {
      times.removeFirst();
    }
    return times.isEmpty();
  }

  private String hash(String address) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      return HexFormat.of().formatHex(digest.digest(address.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
