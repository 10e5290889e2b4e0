package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.dandang.DandangTest;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.ledger.LedgerDatabase;
import org.dandang.platform.storage.Backup;
import org.dandang.platform.storage.Database;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Keys that lay in the usual folder come to the database they are of, and to no other. */
@DandangTest
// A database of its own: its checkpoints are signed by keys that only these tests have.
@TestPropertySource(properties = "dandang.test.of=earlier-keys")
class EarlierKeysTests {
  @Autowired Environment environment;
  @Autowired DataSource source;
  @Autowired JdbcClient jdbc;
  @Autowired Ledger ledger;
  @Autowired TransactionTemplate transaction;

  @TempDir Path folder;
  private Path usual;
  private Path own;
  private Database database;

  @BeforeEach
  void folders() {
    usual = folder.resolve("usual");
    own = folder.resolve("own");
    database =
        new Database(
            environment.getRequiredProperty("spring.datasource.url"),
            environment.getRequiredProperty("spring.datasource.username"),
            environment.getRequiredProperty("spring.datasource.password"),
            false);
  }

  /** A checkpoint signed by the keys of a folder, which are made where there are none. */
  private void checkpoint(Path keys) throws Exception {
    transaction.executeWithoutResult(
        status -> ledger.append("tester", "thing-changed", "thing", "1", Map.of()));
    Files.createDirectories(keys);
    LedgerDatabase.over(source, keys).sealAll();
    Files.writeString(keys.resolve("key"), "the installation's key of " + keys.getFileName());
  }

  private boolean bring() throws Exception {
    return new EarlierKeys(usual, own).bring(database);
  }

  private UUID vote() {
    UUID pool = UUID.randomUUID();
    jdbc.sql(
            "insert into survey.survey (pack, title, secret, pool, created_at, created_by) values"
                + " ('test', 'test', true, ?, now(), 'test')")
        .param(pool)
        .update();
    return pool;
  }

  @Test
  void theKeysThatSignedTheNewestCheckpointAreCopiedAndBallotsOfItsVotesMoved() throws Exception {
    checkpoint(usual);
    String here = vote() + ".pool";
    String elsewhere = UUID.randomUUID() + ".pool";
    Files.createDirectories(usual.resolve("ballots"));
    Files.writeString(usual.resolve("ballots").resolve(here), "1");
    Files.writeString(usual.resolve("ballots").resolve(elsewhere), "2");

    assertThat(bring()).isTrue();

    for (String name : new String[] {"key", "ledger-key", Backup.PUBLIC_KEYS}) {
      assertThat(own.resolve(name)).hasSameBinaryContentAs(usual.resolve(name));
    }
    assertThat(own.resolve("ballots").resolve(here)).hasContent("1");
    assertThat(usual.resolve("ballots").resolve(here)).doesNotExist();
    assertThat(usual.resolve("ballots").resolve(elsewhere)).as("of another database").exists();
    assertThat(own.resolve("ballots").resolve(elsewhere)).doesNotExist();
    assertThat(bring()).as("once").isFalse();
  }

  @Test
  void keysOfAnotherDatabaseAreLeftWhereTheyAre() throws Exception {
    checkpoint(usual);
    checkpoint(folder.resolve("others"));
    assertThat(bring()).isFalse();
    assertThat(own).doesNotExist();
  }

  @Test
  void aFolderWithAKeyOfItsOwnIsGivenNone() throws Exception {
    checkpoint(usual);
    Files.createDirectories(own);
    Files.writeString(own.resolve("key"), "its own");
    assertThat(bring()).isFalse();
    assertThat(own.resolve("key")).hasContent("its own");
    assertThat(own.resolve("ledger-key")).doesNotExist();
  }

  @Test
  void theUsualFolderIsNotBroughtToItself() throws Exception {
    checkpoint(usual);
    own = usual;
    assertThat(bring()).isFalse();
  }
}
