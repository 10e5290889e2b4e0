package org.dandang.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.dandang.official.ImportFile;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.DatabaseRoles;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.protection.MatterImport;
import org.dandang.protection.MatterOutcome;
import org.dandang.protection.MatterReview;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Takes generated files of closed matters in as an office does, findings, measures and periods and
 * all, beside a bare copy of the very rows that came to be into the same tables with the same
 * indexes and constraints; then looks at all of them: who would have been cleared, who was promoted
 * within a period, how long matters took.
 */
final class ClosedMattersBench {
  private static final String PACK = "chicago/complaints";
  private static final int OFFICIALS = 100_000;
  private static final List<String> TABLES =
      List.of(
          "protection.lead",
          "protection.closed_matter",
          "protection.lead_person",
          "protection.sanction",
          "protection.sanction_effect",
          "protection.allegation");

  private ClosedMattersBench() {}

  static void measure(int matters) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("dandang-bench");
    try (EmbeddedDatabase server = EmbeddedDatabase.open(folder.resolve("data"))) {
      server.application(); // makes the roles
      Database fresh = database(server.database());
      long accused = write(folder, matters);
      double imported =
          importing(
              as(server.application(), fresh),
              as(server.migrator(), fresh),
              fresh,
              folder,
              matters);
      System.out.printf(
          Locale.ROOT, "%,d matters with %,d allegations in the files%n", matters, accused);
      double copied = copying(fresh, folder);
      System.out.printf(
          Locale.ROOT,
          "bare copy of the rows that came to be: %.1f s, %,.0f matters/s; import reaches %.2f of"
              + " it%n",
          copied,
          matters / copied,
          copied / imported);
    } finally {
      Program.delete(folder);
    }
  }

  /** Takes the files in; seconds. */
  private static double importing(
      Database database, Database migrator, Database all, Path folder, int matters)
      throws SQLException {
    Sights.otherwise(new Sight.Everything());
    try (ConfigurableApplicationContext application =
        InProcess.held(database, migrator, folder.resolve("key"))) {
      people(all);
      long began = System.nanoTime();
      List<MatterOutcome> outcomes =
          application
              .getBean(MatterImport.class)
              .take(
                  PACK,
                  ImportFile.at(folder.resolve("matters.csv")),
                  ImportFile.at(folder.resolve("accused.csv")),
                  "bench",
                  false,
                  Progress.unwatched());
      double imported = (System.nanoTime() - began) / 1e9;
      for (MatterOutcome outcome : outcomes) {
        if (outcome.stored() != outcome.read()) {
          throw new IllegalStateException(outcome.toString());
        }
      }
      System.out.printf(
          Locale.ROOT,
          "import of %,d matters: %.1f s, %,.0f matters/s%n",
          matters,
          imported,
          matters / imported);
      MatterReview review = application.getBean(MatterReview.class);
      for (String look : List.of("look at all of them", "again, nothing changed")) {
        began = System.nanoTime();
        MatterReview.Report report = Sights.everything(review::over);
        double took = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%s: %.2f s, %,.0f matters/s; %,d would have been cleared, %,d measures%n",
            look,
            took,
            report.matters() / took,
            report.cleared(),
            report.measures());
      }
      return imported;
    }
  }

  /** Copies the rows out, empties the tables and times copying them in again; seconds. */
  private static double copying(Database database, Path folder) throws SQLException, IOException {
    try (Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password())) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String table : TABLES) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(table))) {
          copy.copyOut("copy " + table + " to stdout", out);
        }
      }
      execute(connection, "truncate " + String.join(", ", TABLES) + " cascade");
      long began = System.nanoTime();
      for (String table : TABLES) {
        try (InputStream in = Files.newInputStream(folder.resolve(table))) {
          copy.copyIn("copy " + table + " from stdin", in);
        }
      }
      return (System.nanoTime() - began) / 1e9;
    }
  }

  private static void people(Database database) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password())) {
      execute(connection, "set dandang.sight = '*'");
      execute(
          connection,
          """
          insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by)
          values ('chicago-police', 'CPD', 'CPD', 'police', 'none', now(), 'bench')
          """);
      execute(
          connection,
          "insert into official.official (source, key) select 'chicago-police', 'P' || n from generate_series(0, %d) n"
              .formatted(OFFICIALS - 1));
      execute(
          connection,
          "insert into official.known_as (source, key, official_id) select source, key, id from"
              + " official.official where source = 'chicago-police' on conflict do nothing");
      execute(
          connection,
          """
          insert into official.identity (official_id, sex, began_work, recorded_at, recorded_by)
          select id, 0, date '1995-01-01', now(), 'bench' from official.official
          """);
      execute(
          connection,
          """
          insert into official.posting (official_id, unit_id, starts_on, recorded_at, recorded_by)
          select o.id, u.id, date '1995-01-01', now(), 'bench'
            from official.official o cross join organisation.unit u where u.code = 'CPD'
          """);
      execute(connection, "analyze");
    }
  }

  /** The files, as the pack reads them; how many allegations. */
  private static long write(Path folder, int matters) throws IOException {
    List<String> findings =
        List.of(
            "NOT SUSTAINED",
            "UNFOUNDED",
            "Unfounded",
            "EXONERATED",
            "SUSTAINED",
            "NO AFFIDAVIT",
            "");
    List<String> penalties =
        List.of("000 - VIOLATION NOTED", "100 - REPRIMAND", "003 - 3 DAY SUSPENSION", "");
    List<String> agencies = List.of("COPA", "BIA", "IPRA");
    Random random = new Random(11);
    long accused = 0;
    try (BufferedWriter first = Files.newBufferedWriter(folder.resolve("matters.csv"));
        BufferedWriter second = Files.newBufferedWriter(folder.resolve("accused.csv"))) {
      first.write(
          "cr_id,case_type,incident_date,complaint_date,closed_date,investigating_agency,complainant_type\n");
      second.write(
          "cr_id,uid,gender,birth_year,appointed_date,assigned_unit,assigned_rank,complaint_code,allegation_category,final_finding,final_penalty\n");
      for (int i = 0; i < matters; i++) {
        LocalDate received = LocalDate.of(2004, 1, 1).plusDays(random.nextInt(6_000));
        first.write(
            "B%d,Complaint,%s,%s,%s,%s,Civilian\n"
                .formatted(
                    i,
                    received.minusDays(3),
                    received,
                    received.plusDays(30 + random.nextInt(700)),
                    agencies.get(random.nextInt(agencies.size()))));
        int many = random.nextInt(5) == 0 ? 3 : 1;
        for (int k = 0; k < many; k++) {
          accused++;
          String finding = findings.get(random.nextInt(findings.size()));
          second.write(
              "B%d,P%d,MALE,1970,1995-01-01,3.0,POLICE OFFICER,05A,Category %d,%s,%s\n"
                  .formatted(
                      i,
                      (random.nextInt(OFFICIALS / 3) * 3) + k,
                      k,
                      finding,
                      finding.equals("SUSTAINED")
                          ? penalties.get(random.nextInt(penalties.size()))
                          : ""));
        }
      }
    }
    return accused;
  }

  private static Database database(Database server) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(server.url(), server.user(), server.password())) {
      execute(connection, "create database closed owner " + DatabaseRoles.OWNER);
    }
    return new Database(
        server.url().replaceFirst("/[^/?]+$", "/closed"), server.user(), server.password(), true);
  }

  private static Database as(Database user, Database place) {
    return new Database(place.url(), user.user(), user.password(), true);
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
