package org.dandang.platform.signin;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.platform.web.ErrorPages;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How often anything may be asked for, by account, by address before signing in, and by the name
 * given at signing in. A setting is a number of times and a span, {@code 300/5m}; {@code off} takes
 * the limit away.
 */
@Component
class RateLimits {
  private static final Pattern MEASURE = Pattern.compile("(\\d{1,9})/(\\d+\\w{1,2})");
  private static final Pattern ASSET =
      Pattern.compile("/webjars/.*|/[^/]+\\.(?:css|js|svg)|/favicon\\.ico");

  /** Buckets kept before those that are full again are let go. */
  private static final int KEPT = 50_000;

  private final Map<Limit, Measure> measures = new EnumMap<>(Limit.class);
  private final Map<Key, Bucket> buckets = new ConcurrentHashMap<>();
  private final TimeMeter time;
  private final Clock clock;

  RateLimits(Environment settings, Clock clock) {
    this.clock = clock;
    for (Limit limit : Limit.values()) {
      String text = settings.getProperty(limit.setting(), limit.usual());
      if (!text.equals("off")) {
        measures.put(limit, measure(limit, text));
      }
    }
    time =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            Instant now = clock.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
          }

          @Override
          public boolean isWallClockBased() {
            return true;
          }
        };
  }

  private record Measure(long times, Duration span) {}

  private record Key(Limit limit, String who) {}

  /** What a request is counted as, by its verb and address alone. */
  static Limit of(String verb, String path) {
    if (isAsset(path)) {
      return Limit.ASSET;
    }
    if (verb.equals("GET") || verb.equals("HEAD")) {
      return path.startsWith("/sign-in/") ? Limit.SIGN_IN : Limit.READ;
    }
    return path.equals("/sign-in")
            || path.startsWith("/sign-in/")
            || path.startsWith("/account/confirm")
            || path.equals("/account/password")
        ? Limit.SIGN_IN
        : Limit.CHANGE;
  }

  static boolean isAsset(String path) {
    return ASSET.matcher(path).matches();
  }

  /**
   * Counts a request.
   *
   * @return zero when it may go on, else how long to wait
   */
  Duration take(Limit limit, String who) {
    Measure measure = measures.get(limit);
    if (measure == null) {
      return Duration.ZERO;
    }
    if (buckets.size() > KEPT) {
      buckets.values().removeIf(each -> each.getAvailableTokens() >= measure.times());
    }
    Bucket bucket = buckets.computeIfAbsent(new Key(limit, who), key -> bucket(measure));
    return Duration.ofNanos(
        bucket.tryConsumeAndReturnRemaining(1).isConsumed()
            ? 0
            : Math.max(1, bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill()));
  }

  /** Counts a request, or answers that there were too many and when to try again. */
  boolean allows(Limit limit, String who, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Duration wait = take(limit, who);
    if (wait.isZero()) {
      return true;
    }
    long seconds = wait.plusMillis(999).toSeconds();
    response.setHeader("Retry-After", Long.toString(seconds));
    request.setAttribute(ErrorPages.AGAIN_AT, clock.instant().plusSeconds(seconds));
    response.sendError(429);
    return false;
  }

  private Bucket bucket(Measure measure) {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(measure.times()).refillGreedy(measure.times(), measure.span()))
        .withCustomTimePrecision(time)
        .build();
  }

  private static Measure measure(Limit limit, String text) {
    Matcher parts = MEASURE.matcher(text);
    if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
      throw new IllegalArgumentException(
          "%s is '%s'; it takes a number of times and a span, such as %s, or off."
              .formatted(limit.setting(), text, limit.usual()));
    }
    return new Measure(
        Long.parseLong(parts.group(1)), DurationStyle.detectAndParse(parts.group(2)));
  }
}
