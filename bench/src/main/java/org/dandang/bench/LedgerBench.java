package org.dandang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.ledger.LedgerReading;
import org.dandang.platform.ledger.Readings;
import org.dandang.platform.ledger.Verified;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Transactions with a ledger entry each beside the same transactions without, in one run and on one
 * server, while the sealer links what is written; then recording readings, and following a long
 * chain.
 */
public final class LedgerBench {
  private static final double NEEDED = 0.7;
  private static final int WRITERS = 8;

  private LedgerBench() {}

  /**
   * @param args seconds a round (5), rounds of each kind (5), entries of the chain that is followed
   *     (1,000,000)
   */
  public static void run(String[] args) throws IOException, SQLException, InterruptedException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    long entries = args.length > 2 ? Long.parseLong(args[2]) : 1_000_000;
    Path folder = Files.createTempDirectory("dandang-bench");
    try (EmbeddedDatabase server = EmbeddedDatabase.open(folder.resolve("data"));
        ConfigurableApplicationContext application =
            InProcess.over(
                server.database(),
                folder.resolve("data/key"),
                Map.of(
                    "spring.datasource.url",
                    server.database().url() + "?reWriteBatchedInserts=true",
                    "dandang.index",
                    folder.resolve("data/index").toString()))) {
      JdbcClient jdbc = application.getBean(JdbcClient.class);
      jdbc.sql(
              "create table public.fact (id bigint generated always as identity primary key, person"
                  + " bigint not null, value text not null, recorded_at timestamptz not null"
                  + " default now(), superseded_at timestamptz)")
          .update();
      jdbc.sql("create index on public.fact (person) where superseded_at is null").update();
      compare(application, jdbc, seconds, rounds);
      readings(application, seconds);
      follow(application, jdbc, entries);
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static void compare(
      ConfigurableApplicationContext application, JdbcClient jdbc, int seconds, int rounds)
      throws InterruptedException {
    Ledger ledger = application.getBean(Ledger.class);
    TransactionTemplate transaction = application.getBean(TransactionTemplate.class);
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      double bare = rate(seconds, n -> transaction.executeWithoutResult(s -> change(jdbc, n)));
      double kept =
          rate(
              seconds,
              n ->
                  transaction.executeWithoutResult(
                      s -> {
                        change(jdbc, n);
                        ledger.append(
                            "bench",
                            "fact-corrected",
                            "official",
                            Long.toString(n % 100_000),
                            Map.of("register", "posting", "fact", n));
                      }));
      System.out.printf(
          "%-10s without %,8.0f/s   with %,8.0f/s   %.2f%n",
          round == 0 ? "warming" : "round " + round, bare, kept, kept / bare);
      if (round > 0) {
        without.add(bare);
        with.add(kept);
      }
    }
    double ratio = median(with) / median(without);
    System.out.printf(
        "transactions with a ledger entry: %,.0f/s of %,.0f/s without, %.2f; needed %.2f: %s%n",
        median(with), median(without), ratio, NEEDED, ratio >= NEEDED ? "met" : "NOT MET");
  }

  /** As a correction: one fact is superseded, another recorded. */
  private static void change(JdbcClient jdbc, long n) {
    long person = n % 100_000;
    jdbc.sql(
            "update public.fact set superseded_at = now() where id = (select id from public.fact"
                + " where person = ? and superseded_at is null order by id limit 1 for update skip"
                + " locked)")
        .param(person)
        .update();
    jdbc.sql("insert into public.fact (person, value) values (?, ?)")
        .params(person, "a value as registers hold them " + n)
        .update();
  }

  private static void readings(ConfigurableApplicationContext application, int seconds)
      throws InterruptedException {
    Readings readings = application.getBean(Readings.class);
    System.out.printf(
        "readings recorded before they are shown, %d at once: %,.0f/s%n",
        WRITERS * 4,
        rate(
            WRITERS * 4,
            seconds,
            n -> readings.record("bench", "official", n % 100_000, "person", null)));
  }

  private static void follow(
      ConfigurableApplicationContext application, JdbcClient jdbc, long entries)
      throws SQLException, IOException, InterruptedException {
    jdbc.sql(
            """
            insert into platform.ledger_entry (recorded_at, actor, action, subject_kind, subject_id, detail)
            select now(), 'bench', 'fact-corrected', 'official', (n % 100000)::text, jsonb_build_object('register', 'posting', 'fact', n)
              from generate_series(1, cast(? as bigint)) n
            """)
        .param(entries)
        .update();
    long began = System.nanoTime();
    LedgerReading reading = application.getBean(LedgerReading.class);
    while (reading.state().waiting() > 0) {
      Thread.sleep(200);
    }
    double sealing = (System.nanoTime() - began) / 1e9;
    Verified found = reading.verify(Progress.unwatched());
    System.out.printf(
        "linked by the sealer: %,d entries in %.1f s, %,.0f/s%n",
        entries, sealing, entries / sealing);
    System.out.printf(
        "followed: %,d entries in %.1f s, %,.0f/s; %s%n",
        found.positions(),
        found.took().toMillis() / 1000.0,
        found.positions() * 1000.0 / found.took().toMillis(),
        found.whole() ? "whole" : "BROKEN: " + found.findings());
  }

  @FunctionalInterface
  private interface Work {
    void once(long n);
  }

  private static double rate(int seconds, Work work) throws InterruptedException {
    return rate(WRITERS, seconds, work);
  }

  private static double rate(int workers, int seconds, Work work) throws InterruptedException {
    AtomicLong next = new AtomicLong();
    long began = System.nanoTime();
    long until = began + seconds * 1_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (System.nanoTime() < until) {
                      work.once(next.incrementAndGet());
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return next.get() * 1e9 / (System.nanoTime() - began);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
