package org.dandang.platform.signin;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.sealing.Sealing;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Authenticator apps: six digits that change every thirty seconds (RFC 6238, HMAC-SHA1 as all apps
 * have it). A code of the step before and after is taken too, because clocks differ; none is taken
 * twice (5.2).
 */
@Component
class Authenticators {
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final int DRIFT = 1;
  private static final int BYTES = 20;

  private final JdbcClient jdbc;
  private final Sealing sealing;
  private final Ledger ledger;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Authenticators(JdbcClient jdbc, Sealing sealing, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.sealing = sealing;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A secret for an app that is being set up. */
  byte[] fresh() {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return secret;
  }

  /** As apps take it when it is typed. */
  static String typed(byte[] secret) {
    return new Base32().encodeToString(secret).replace("=", "");
  }

  /** As apps take it from a picture. */
  static String address(byte[] secret, String issuer, String account) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=30"
        .formatted(encoded(issuer), encoded(account), typed(secret), encoded(issuer));
  }

  /**
   * Keeps the secret of an app that showed a right code.
   *
   * @return false when the code is not right; nothing is kept then
   */
  @Transactional
  boolean keep(long account, String actor, byte[] secret, String code) {
    OptionalLong step = step(secret, code);
    if (step.isEmpty()) {
      return false;
    }
    jdbc.sql(
            """
            insert into platform.authenticator (account_id, secret, confirmed_at, last_step)
            values (:account, :secret, :now, :step)
            on conflict (account_id) do update
               set secret = excluded.secret, confirmed_at = excluded.confirmed_at,
                   last_step = excluded.last_step
            """)
        .param("account", account)
        .param("secret", sealing.seal().seal(secret))
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("step", step.getAsLong())
        .update();
    ledger.append(actor, "authenticator-added", "account", Long.toString(account), Map.of());
    return true;
  }

  /** Whether a code is right; it is used up by being asked about. */
  @Transactional
  boolean take(long account, String code) {
    byte[] secret =
        jdbc.sql("select secret from platform.authenticator where account_id = ?")
            .param(account)
            .query(byte[].class)
            .optional()
            .map(kept -> sealing.seal().openBytes(kept))
            .orElse(null);
    if (secret == null) {
      return false;
    }
    OptionalLong step = step(secret, code);
    return step.isPresent()
        && jdbc.sql(
                    "update platform.authenticator set last_step = :step where account_id ="
                        + " :account and last_step < :step")
                .param("step", step.getAsLong())
                .param("account", account)
                .update()
            == 1;
  }

  @Transactional
  void remove(long account, String actor) {
    if (jdbc.sql("delete from platform.authenticator where account_id = ?").param(account).update()
        > 0) {
      ledger.append(actor, "authenticator-removed", "account", Long.toString(account), Map.of());
    }
  }

  /** The step a code belongs to, among those near now. */
  private OptionalLong step(byte[] secret, String code) {
    String digits = code.replaceAll("\\s", "");
    Instant now = clock.instant();
    for (int drift = -DRIFT; drift <= DRIFT; drift++) {
      Instant at = now.plus(STEP.multipliedBy(drift));
      if (MessageDigest.isEqual(
          code(secret, at).getBytes(StandardCharsets.UTF_8),
          digits.getBytes(StandardCharsets.UTF_8))) {
        return OptionalLong.of(Math.floorDiv(at.getEpochSecond(), STEP.toSeconds()));
      }
    }
    return OptionalLong.empty();
  }

  /** The code an app shows at a moment. */
  static String code(byte[] secret, Instant at) {
    try {
      return new TimeBasedOneTimePasswordGenerator(STEP)
          .generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), at, Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
