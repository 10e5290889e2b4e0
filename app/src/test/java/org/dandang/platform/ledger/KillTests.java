package org.dandang.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the server and of the database under eight writers. */
class KillTests {
  private static final int ROUNDS = Boolean.getBoolean("dandang.long") ? 100 : 4;

  @TempDir Path place;
  private final Random random = new Random(20261127);

  private Path folder() {
    return place.resolve("data");
  }

  /** Lets it write for a while from its first word on and kills it; returns the numbers it said. */
  private List<Long> round(int round, boolean theDatabase, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-Ddandang.home=" + System.getProperty("dandang.home", ""),
                "-cp",
                System.getProperty("java.class.path"),
                WritingProcess.class.getName(),
                folder().toString(),
                Integer.toString(round)));
    command.addAll(List.of(more));
    Path errors = place.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
            .start();
    List<Long> said = Collections.synchronizedList(new ArrayList<>());
    try (BufferedReader words =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = words.readLine();
      while (line != null && !line.matches("[0-9]+")) {
        line = words.readLine();
      }
      assertThat(line).as("it began to write; %s", Files.readString(errors)).isNotNull();
      said.add(Long.parseLong(line));
      Thread listening = Thread.ofPlatform().start(() -> listen(words, said));
      TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(900));
      if (theDatabase) {
        ProcessHandle.of(postmaster()).ifPresent(ProcessHandle::destroyForcibly);
      } else {
        process.destroyForcibly();
      }
      process.waitFor();
      listening.join();
    }
    return said;
  }

  private static void listen(BufferedReader words, List<Long> said) {
    try {
      for (String line = words.readLine(); line != null; line = words.readLine()) {
        if (line.matches("[0-9]+")) {
          said.add(Long.parseLong(line));
        }
      }
    } catch (IOException e) {
      // its end
    }
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder().resolve("postgresql/postmaster.pid")).getFirst().strip());
  }

  /**
   * @param lost numbers said whose case is not there
   * @param half cases without exactly three parts and one ledger entry
   */
  private record Outcome(long said, long lost, long half, Verified ledger) {}

  private Outcome look(List<Long> said) throws Exception {
    try (EmbeddedDatabase embedded = EmbeddedDatabase.open(folder());
        HikariDataSource pool = LedgerDatabase.pool(embedded.database())) {
      LedgerDatabase database = new LedgerDatabase(pool, folder());
      long lost =
          database
              .jdbc
              .sql(
                  "select count(*) from unnest(cast(:said as bigint[])) s where not exists (select"
                      + " from written w where w.id = s)")
              .param("said", said.toArray(Long[]::new))
              .query(Long.class)
              .single();
      long half =
          database
              .jdbc
              .sql(
                  """
                  select count(*) from written w
                   full join (select id, count(*) as n from written_part group by id) p on p.id = w.id
                   full join (select (detail ->> 'case')::bigint as id, count(*) as n
                                from platform.ledger_entry where action = 'case-written' group by 1) e on e.id = w.id
                   where w.id is null or p.n is distinct from 3 or e.n is distinct from 1
                  """)
              .query(Long.class)
              .single();
      Verified before = database.verifyAgainst(database.anchors());
      assertThat(before.findings()).isEmpty();
      database.sealAll();
      return new Outcome(said.size(), lost, half, database.verifyAgainst(database.anchors()));
    }
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfWritten() throws Exception {
    List<Long> said = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      said.addAll(round(round, round % 2 == 0));
      if (round % 10 == 0 || round == ROUNDS) {
        Outcome outcome = look(said);
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.half()).isZero();
        assertThat(outcome.ledger().findings()).isEmpty();
        assertThat(outcome.ledger().waiting()).isZero();
        System.out.printf(
            "%d kills, %,d acknowledged, %d lost, %d half-written, %,d entries linked%n",
            round, outcome.said(), outcome.lost(), outcome.half(), outcome.ledger().positions());
      }
    }
    assertThat(said).hasSizeGreaterThan(ROUNDS * 10);
  }

  /**
   * The control: a server that acknowledges before it commits does lose, in every kill of either
   * kind.
   */
  @Test
  void aServerThatSpeaksTooEarlyLoses() throws Exception {
    List<Long> said = new ArrayList<>();
    long lost = 0;
    for (int round = 1; round <= 2; round++) {
      said.addAll(round(round, round % 2 == 0, "early"));
      long now = look(said).lost();
      assertThat(now).as("lost after kill %d", round).isGreaterThan(lost);
      lost = now;
    }
  }
}
