package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.dandang.PlainText;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.custody.Custodians;
import org.dandang.platform.custody.Custody;
import org.dandang.platform.custody.Unsealings;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Backup;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.PreparedFolder;
import org.dandang.platform.storage.Sights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is sealed stands in plain in no dump of the tables, mails and notices among them, and in no
 * file of a backup, not even after two custodians have opened it.
 */
class SealedCanaryTests {
  private static final String WHY = "the report names a relative of the head";

  @TempDir Path place;

  @Test
  void aSealedNameIsInNoDumpAndInNoBackup() throws Exception {
    String name = "卡纳里" + UUID.randomUUID();
    String plain = "control" + UUID.randomUUID();
    Path folder = place.resolve("data");
    Path backup = place.resolve("backup");
    PreparedFolder.migrated(folder);
    DataOptions data = new DataOptions();
    data.folder = folder;
    try (RunningApplication application = RunningApplication.forCommand(data)) {
      JdbcClient jdbc = application.get(JdbcClient.class);
      String code = openedByTwo(application, name);
      // The control is long and alike, so that the database keeps it compressed.
      jdbc.sql("update platform.account set shown_name = ? where sign_in_name = 'asks'")
          .param(plain + "x".repeat(20_000))
          .update();
      assertThat(tablesWith(jdbc, plain)).containsExactly("platform.account");
      assertThat(tablesWith(jdbc, name)).isEmpty();
      assertThat(tablesWith(jdbc, code)).isEmpty();
      jdbc.sql("update platform.account set shown_name = ? where sign_in_name = 'asks'")
          .param(plain)
          .update();
      try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
        Backup.take(database, backup, 1, false, Progress.unwatched());
      }
      assertThat(filesWith(backup, plain)).isNotEmpty();
      assertThat(filesWith(backup, name, code, code.replace("-", ""))).isEmpty();
    }
  }

  /** Sealed, asked for, consented to by two, and read; returns the asker's code. */
  private static String openedByTwo(RunningApplication application, String name) {
    Accounts accounts = application.get(Accounts.class);
    Custodians custodians = application.get(Custodians.class);
    Unsealings unsealings = application.get(Unsealings.class);
    List<SignedIn> two = new ArrayList<>();
    for (String custodian : List.of("keeps-1", "keeps-2")) {
      SignedIn account = account(accounts, custodian, Role.CUSTODIAN);
      custodians.enrol(account, words(account));
      two.add(account);
    }
    SignedIn asker = account(accounts, "asks", Role.PETITION_OFFICER);
    UUID record =
        application
            .get(TransactionTemplate.class)
            .execute(status -> application.get(Custody.class).seal("reporter", name));
    Unsealings.Asked asked = unsealings.ask(asker, record, WHY, Duration.ofHours(1));
    two.forEach(custodian -> unsealings.consent(custodian, asked.id(), words(custodian), WHY));
    assertThat(unsealings.read(asker, asked.id(), asked.code())).isEqualTo(name);
    return asked.code();
  }

  private static SignedIn account(Accounts accounts, String name, Role role) {
    accounts.create(name, name, "a long password", role, null, "test");
    return accounts.loadUserByUsername(name);
  }

  private static String words(SignedIn account) {
    return "the words of " + account.signInName();
  }

  /** Tables in whose rows, as a dump writes them, a text stands. */
  private static List<String> tablesWith(JdbcClient jdbc, String text) {
    return Sights.everything(
        () ->
            jdbc
                .sql(
                    """
                    select format('%I.%I', table_schema, table_name) from information_schema.tables
                     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
                    """)
                .query(String.class)
                .list()
                .stream()
                .filter(
                    table ->
                        PlainText.forms(text)
                            .anyMatch(
                                form ->
                                    jdbc.sql(
                                            "select exists (select from "
                                                + table
                                                + " t where position(? in t::text) > 0)")
                                        .param(form)
                                        .query(Boolean.class)
                                        .single()))
                .toList());
  }

  /** Files of a backup in which a text stands, those of the log as they are when unpacked. */
  private static List<Path> filesWith(Path folder, String... texts) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (InputStream raw = Files.newInputStream(file);
            InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
          if (PlainText.stands(in.readAllBytes(), texts)) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }
}
