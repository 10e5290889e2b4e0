package org.dandang.platform.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.platform.ledger.Ledger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Codes for the day the phone is lost. Each is good once and drawn at random (79 bits), so that a
 * plain hash keeps it.
 */
@Component
class RecoveryCodes {
  private static final int COUNT = 10;
  private static final int LENGTH = 16;
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  RecoveryCodes(JdbcClient jdbc, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** New ones instead of those there were; they can be shown only now. */
  @Transactional
  List<String> renew(long account, String actor) {
    jdbc.sql("delete from platform.recovery_code where account_id = ?").param(account).update();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      String code = drawn();
      codes.add(code);
      jdbc.sql("insert into platform.recovery_code (account_id, hash, made_at) values (?, ?, ?)")
          .params(account, hash(account, code), OffsetDateTime.now(clock))
          .update();
    }
    ledger.append(
        actor,
        "recovery-codes-made",
        "account",
        Long.toString(account),
        Map.of("count", codes.size()));
    return codes;
  }

  /** Whether a code is right; it is used up then. */
  @Transactional
  boolean take(long account, String code) {
    boolean taken =
        jdbc.sql(
                    "update platform.recovery_code set used_at = ? where account_id = ? and hash ="
                        + " ? and used_at is null")
                .params(OffsetDateTime.now(clock), account, hash(account, code))
                .update()
            == 1;
    if (taken) {
      ledger.append(
          "account " + account, "recovery-code-used", "account", Long.toString(account), Map.of());
    }
    return taken;
  }

  private String drawn() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(i > 0 && i % 4 == 0 ? "-" : "")
          .append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  private static byte[] hash(long account, String code) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(
              (account + " " + code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", ""))
                  .getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
