package org.dandang.platform.sealing;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.dandang.platform.storage.StorageProblem;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Holds the database to the key it is sealed with. Without this a database whose key was lost, as
 * after a restore from a backup without keys, would be given a new one without a word, and what was
 * sealed before and after could never be read together again.
 */
@Component
@DependsOnDatabaseInitialization
class KeyOfDatabase implements InitializingBean {
  private static final String TEXT = "the key of this database";

  private final JdbcClient jdbc;
  private final Sealing sealing;
  private final Clock clock;

  KeyOfDatabase(JdbcClient jdbc, Sealing sealing, Clock clock) {
    this.jdbc = jdbc;
    this.sealing = sealing;
    this.clock = clock;
  }

  /**
   * The first start remembers the key, or makes one.
   *
   * @throws StorageProblem when the key is missing or another; nothing is made then
   */
  @Override
  public void afterPropertiesSet() {
    Optional<byte[]> known = known();
    if (known.isPresent() && !sealing.isThere()) {
      throw new StorageProblem(
          "The key %s is missing, and what is sealed in this database cannot be read without it. Put the file back from where the keys are kept; a backup holds it only when it was taken with --with-keys."
              .formatted(sealing.file()));
    }
    byte[] present = sealing.seal().index(TEXT);
    if (known.isEmpty()) {
      jdbc.sql(
              "insert into platform.sealing_key (fingerprint, known_at) values (?, ?) on conflict"
                  + " do nothing")
          .params(present, OffsetDateTime.now(clock))
          .update();
      known = known();
    }
    if (!Arrays.equals(present, known.orElseThrow())) {
      throw new StorageProblem(
          "The key %s is not the one this database is sealed with. Put the right file there; programs over one database need the same key."
              .formatted(sealing.file()));
    }
  }

  private Optional<byte[]> known() {
    return jdbc.sql("select fingerprint from platform.sealing_key").query(byte[].class).optional();
  }
}
