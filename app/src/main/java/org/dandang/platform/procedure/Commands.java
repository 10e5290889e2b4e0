package org.dandang.platform.procedure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Carries a command out once: whoever sends it again is given the answer it had. */
@Component
class Commands {
  private static final int TRIES = 5;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final JsonMapper json;
  private final Clock clock;

  Commands(JdbcClient jdbc, TransactionTemplate transaction, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.json = json;
    this.clock = clock;
  }

  private record Known(long account, String hash, String answer) {}

  /**
   * Carries out, and stores the answer, in one transaction.
   *
   * @param payload everything the command says
   * @throws Refused when the number was used for another command
   */
  Done once(Command command, String payload, Supplier<Done> work) {
    // Who may give it is asked of the rules; what it writes can leave the giver's own sight.
    return Sights.everything(() -> onceAtLast(command, payload, work));
  }

  private Done onceAtLast(Command command, String payload, Supplier<Done> work) {
    for (int tried = 1; ; tried++) {
      try {
        return onceNow(command, payload, work);
      } catch (ConcurrencyFailureException e) {
        // Two that waited for each other: the database let one go, and it begins anew.
        if (tried == TRIES || TransactionSynchronizationManager.isActualTransactionActive()) {
          throw e;
        }
      }
    }
  }

  private Done onceNow(Command command, String payload, Supplier<Done> work) {
    Done answer =
        transaction.execute(
            status -> {
              String hash = hash(payload);
              int first =
                  jdbc.sql(
                          """
                          insert into platform.matter_command (client, account_id, hash, at)
                          values (?, ?, ?, ?) on conflict do nothing
                          """)
                      .params(command.client(), command.by().account(), hash, now())
                      .update();
              if (first == 0) {
                return answered(command, hash);
              }
              Done done = work.get();
              jdbc.sql(
                      "update platform.matter_command set answer = cast(? as jsonb) where client ="
                          + " ?")
                  .params(json.writeValueAsString(done), command.client())
                  .update();
              return done;
            });
    return Objects.requireNonNull(answer);
  }

  private Done answered(Command command, String hash) {
    Known known =
        jdbc.sql(
                """
                select account_id as account, hash, cast(answer as text) as answer
                  from platform.matter_command where client = ?
                """)
            .param(command.client())
            .query(Known.class)
            .single();
    if (known.account() != command.by().account() || !known.hash().equals(hash)) {
      throw new Refused("procedure", "procedure.refused.command-reused");
    }
    Done done = json.readValue(known.answer(), Done.class);
    return new Done(done.matter(), done.step(), done.edition(), true);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  /** SHA-256 in hexadecimal digits. */
  static String hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
