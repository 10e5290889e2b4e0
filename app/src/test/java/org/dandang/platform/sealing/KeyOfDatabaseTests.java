package org.dandang.platform.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.dandang.DandangTest;
import org.dandang.platform.storage.StorageProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database is opened with the key it is sealed with, or not at all. */
@DandangTest
class KeyOfDatabaseTests {
  @TempDir Path folder;
  @Autowired JdbcClient jdbc;
  @Autowired Sealing own;

  @AfterEach
  void knownAgain() {
    jdbc.sql("delete from platform.sealing_key").update();
    start(own);
  }

  private void start(Sealing sealing) {
    new KeyOfDatabase(jdbc, sealing, Clock.systemUTC()).afterPropertiesSet();
  }

  @Test
  void theStartRemembersTheKeyAndTheNextOneTakesIt() {
    assertThat(jdbc.sql("select count(*) from platform.sealing_key").query(Long.class).single())
        .isEqualTo(1);
    start(own);
  }

  @Test
  void withoutItsKeyItIsNotOpenedAndNoNewOneIsMade() {
    Path missing = folder.resolve("key");
    assertThatThrownBy(() -> start(new Sealing(missing.toString())))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("missing");
    assertThat(missing).doesNotExist();
  }

  @Test
  void anothersKeyIsRefused() throws Exception {
    Path another = folder.resolve("key");
    Files.writeString(another, "ab".repeat(32));
    assertThatThrownBy(() -> start(new Sealing(another.toString())))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining(another.toString())
        .hasMessageContaining("not the one");
  }

  /** The control: a database that knows no key takes any and would read nothing of before. */
  @Test
  void withoutTheRowAnyKeyWouldBeTaken() throws Exception {
    jdbc.sql("delete from platform.sealing_key").update();
    start(new Sealing(folder.resolve("new").toString()));
    assertThat(folder.resolve("new")).exists();
    assertThatThrownBy(() -> start(own)).hasMessageContaining("not the one");
  }
}
