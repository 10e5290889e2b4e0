package org.dandang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.Snapshots;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Lays out the facts of generated officials as of a date in a columnar file, beside the promised
 * time; then asks for the same again, which is kept.
 */
public final class FactsBench {
  private static final int FACTS = 20;
  private static final double MOST_SECONDS = 60;
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  private FactsBench() {}

  /**
   * @param arguments officials (default 1,000,000)
   */
  public static void run(String[] arguments) throws IOException, SQLException {
    long officials = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    Path folder = Files.createTempDirectory("dandang-bench");
    try (EmbeddedDatabase server = EmbeddedDatabase.open(folder.resolve("data"))) {
      Database database = server.database();
      try (ConfigurableApplicationContext application =
          InProcess.over(
              database,
              folder.resolve("key"),
              Map.of("dandang.snapshots", folder.resolve("snapshots").toString()))) {
        System.err.printf("generating the registers of %,d officials …%n", officials);
        fill(database, officials);
        List<String> facts =
            FactCatalogue.ofTheProgram().all().stream()
                .filter(fact -> fact.subject().equals("official"))
                .map(Fact::id)
                .limit(FACTS)
                .toList();
        Snapshots snapshots = application.getBean(Snapshots.class);
        Snapshots.Content content = new Snapshots.Content("official", facts, Map.of(), DAY, null);
        long began = System.nanoTime();
        Snapshots.Kept taken = snapshots.take(content);
        double seconds = (System.nanoTime() - began) / 1e9;
        began = System.nanoTime();
        Snapshots.Kept again = snapshots.take(content);
        double kept = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            "%,d officials × %d facts: %.1f s, at most %.0f wanted: %s%n",
            taken.subjects(),
            facts.size(),
            seconds,
            MOST_SECONDS,
            seconds <= MOST_SECONDS ? "met" : "NOT MET");
        System.out.printf(
            "the file: %,d bytes; asked again: %.3f s (%s)%n",
            Files.size(taken.file()), kept, again.wasKept() ? "kept" : "computed anew");
        if (taken.subjects() != officials
            || facts.size() != FACTS
            || !again.wasKept()
            || seconds > MOST_SECONDS) {
          System.exit(1);
        }
      }
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /** Per official: four postings, two ranks, eight annual grades, and a half an award. */
  private static void fill(Database database, long officials) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      for (String insert :
          List.of(
              """
              insert into organisation.unit (source, code, name, kind, level, hardship_class, recorded_at, recorded_by)
              select 'bench', 'U' || n, 'Unit ' || n,
                     case when n %% 3 = 0 then 'township' else 'department' end,
                     case when n %% 3 = 0 then 'township' else 'county-department' end,
                     nullif(n %% 7, 6), now(), 'bench'
                from generate_series(1, 3000) n
              """,
              """
              insert into official.official (source, key)
              select 'bench', 'P' || n from generate_series(1, %1$d) n
              """,
              """
              insert into official.identity (official_id, name, sex, ethnic_group, born, began_work, status, recorded_at, recorded_by)
              select o.id, 'Official ' || o.id, 1 + o.id %% 2, 'HA', date '1964-01-01' + (o.id * 7919 %% 13000)::int,
                     date '1985-01-01' + (o.id * 104729 %% 14000)::int,
                     case when o.id %% 20 = 0 then 'left' else 'serving' end, now(), 'bench'
                from official.official o
              """,
              """
              insert into official.posting (official_id, unit_id, post, post_level, kind, starts_on, ends_on, recorded_at, recorded_by)
              select o.id, 1 + (o.id * 31 + n * 17) %% 3000, 'post ' || n,
                     (array['150', '142', '141', '132'])[1 + (o.id + n) %% 4],
                     (array['regular', 'regular', 'regular', 'attachment', 'concurrent', 'task-force'])[1 + (o.id * 3 + n) %% 6],
                     date '2000-01-01' + (n * 2000 + o.id %% 900)::int,
                     case when n < 4 then date '2000-01-01' + ((n + 1) * 2000 + o.id %% 900)::int end,
                     now(), 'bench'
                from official.official o, generate_series(1, 4) n
              """,
              """
              insert into official.rank_held (official_id, rank, since, recorded_at, recorded_by)
              select o.id, 'rank ' || (o.id + n) %% 12, date '2008-01-01' + (n * 1500 + o.id %% 700)::int, now(), 'bench'
                from official.official o, generate_series(1, 2) n
              """,
              """
              insert into official.annual_grade (official_id, year, grade, recorded_at, recorded_by)
              select o.id, 2017 + n,
                     (array['competent', 'competent', 'competent', 'outstanding', 'basically-competent'])[1 + (o.id * 13 + n) %% 5],
                     now(), 'bench'
                from official.official o, generate_series(1, 8) n
              """,
              """
              insert into official.award (official_id, kind, outcome, granted_on, recorded_at, recorded_by)
              select o.id, 'commendation', 'granted', date '2010-01-01' + (o.id * 11 %% 5000)::int, now(), 'bench'
                from official.official o where o.id %% 2 = 0
              """)) {
        statement.execute(insert.formatted(officials));
      }
      statement.execute("vacuum analyze");
    }
  }
}
