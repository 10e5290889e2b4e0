package org.dandang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.Acting;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Matters begun, approved, replied to and closed (four commands each, with forms, deadlines,
 * notices, reading rights and the ledger), beside bare inserts of the very rows they left, in as
 * many transactions, one row a statement, into tables with the same indexes.
 */
public final class ProcedureBench {
  private static final int THREADS = 4;
  private static final int COMMANDS = 4;
  private static final String PASSWORD = "a password of benchmarks";
  private static final List<String> TABLES =
      List.of(
          "platform.matter",
          "platform.matter_party",
          "platform.matter_step",
          "platform.matter_form",
          "platform.matter_act",
          "platform.matter_command",
          "platform.reading_grant",
          "platform.deadline",
          "platform.notice",
          "platform.ledger_entry");

  private ProcedureBench() {}

  /**
   * @param arguments matters (default 2,000)
   */
  public static void run(String[] arguments) throws Exception {
    int matters = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    Path folder = Files.createTempDirectory("dandang-bench");
    try (EmbeddedDatabase server = EmbeddedDatabase.open(folder.resolve("data"))) {
      Database database = server.database();
      try (ConfigurableApplicationContext application =
          InProcess.over(database, folder.resolve("key"), Map.of())) {
        Office office = new Office(application, database);
        office.run(Math.max(50, matters / 10));
        long rowsBefore = rows(database);
        long began = System.nanoTime();
        office.run(matters);
        double seconds = (System.nanoTime() - began) / 1e9;
        long written = rows(database) - rowsBefore;
        double bare = bare(database, matters);
        System.out.printf(
            "%,d matters begun and completed, %d commands each, %d threads: %.0f matters/s, %.0f"
                + " commands/s%n",
            matters, COMMANDS, THREADS, matters / seconds, matters * COMMANDS / seconds);
        System.out.printf(
            "the same rows (%,d, %.1f a matter) by bare inserts in as many transactions: %.0f"
                + " matters/s%n",
            written, (double) written / matters, matters / bare);
        System.out.printf("ratio %.2f%n", bare / seconds);
      }
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  /** Those who work on the matters. */
  private static final class Office {
    private final Cases cases;
    private final SignedIn drafter;
    private final SignedIn head;
    private final SignedIn party;
    private final long unit;

    Office(ConfigurableApplicationContext application, Database database) throws SQLException {
      cases = application.getBean(Cases.class);
      Accounts accounts = application.getBean(Accounts.class);
      Assignments assignments = application.getBean(Assignments.class);
      try (Connection connection = connect(database);
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by)
                  values ('bench', 'U', 'Unit', 'department', 'county', now(), 'bench') returning id
                  """)) {
        row.next();
        unit = row.getLong(1);
      }
      for (Map.Entry<String, Role> one :
          Map.of("drafter", Role.PERSONNEL_OFFICER, "head", Role.HEAD_OF_UNIT).entrySet()) {
        long account = accounts.open(one.getKey(), one.getKey(), PASSWORD, null, "bench");
        assignments.give(
            Assignments.Wanted.held(account, one.getValue(), unit, LocalDate.of(2020, 1, 1)),
            "bench");
      }
      accounts.create("party", "party", PASSWORD, Role.OFFICIAL, 1L, "bench");
      drafter = accounts.loadUserByUsername("drafter");
      head = accounts.loadUserByUsername("head");
      party = accounts.loadUserByUsername("party");
    }

    void run(int matters) throws Exception {
      AtomicInteger left = new AtomicInteger(matters);
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          all.add(
              threads.submit(
                  () -> {
                    while (left.getAndDecrement() > 0) {
                      one();
                    }
                  }));
        }
        for (Future<?> future : all) {
          future.get();
        }
      }
    }

    private void one() {
      Done done =
          cases.begin(
              by(drafter),
              new Beginning(
                  "national/inquiry-letter",
                  unit,
                  List.of(Party.official(1)),
                  Map.of(
                      "source", "report",
                      "matter", "the matter",
                      "less-intrusive", "talk-not-enough",
                      "why-letter", "the reason",
                      "questions", "the questions")));
      done = act(head, done, "approve", Map.of());
      done = act(party, done, "replied", Map.of("facts", "the facts"));
      act(
          drafter,
          done,
          "accept",
          Map.of("clear", "clear", "view", "the view", "spot-checked", "checked"));
    }

    private Done act(SignedIn who, Done last, String outcome, Map<String, String> answers) {
      return cases.act(by(who), new Acting(last.step(), last.edition(), outcome, "", answers));
    }

    private static Command by(SignedIn who) {
      return new Command(UUID.randomUUID(), who);
    }
  }

  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private static long rows(Database database) throws SQLException {
    long all = 0;
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        try (ResultSet row = statement.executeQuery("select count(*) from " + table)) {
          row.next();
          all += row.getLong(1);
        }
      }
    }
    return all;
  }

  /** Seconds that bare inserts of the rows of so many matters take, on as many threads. */
  private static double bare(Database database, int matters) throws Exception {
    Map<String, List<Object[]>> rows = new LinkedHashMap<>();
    Map<String, String> inserts = new LinkedHashMap<>();
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema bench");
      for (String table : TABLES) {
        String copy = "bench." + table.substring(table.indexOf('.') + 1);
        statement.execute("create table " + copy + " (like " + table + " including indexes)");
        try (ResultSet row = statement.executeQuery("select * from " + table)) {
          int columns = row.getMetaData().getColumnCount();
          List<Object[]> content = new ArrayList<>();
          while (row.next()) {
            Object[] values = new Object[columns];
            for (int i = 0; i < columns; i++) {
              values[i] = row.getObject(i + 1);
            }
            content.add(values);
          }
          rows.put(table, content);
          inserts.put(
              table,
              "insert into "
                  + copy
                  + " overriding system value values ("
                  + String.join(", ", Collections.nCopies(columns, "?"))
                  + ")");
        }
      }
    }
    // Whatever a table holds is spread evenly over the transactions of the matters.
    int transactions = matters * COMMANDS;
    AtomicInteger next = new AtomicInteger();
    long began = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            threads.submit(
                () -> {
                  inserting(database, rows, inserts, next, transactions);
                  return null;
                }));
      }
      for (Future<?> future : all) {
        future.get();
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static void inserting(
      Database database,
      Map<String, List<Object[]>> rows,
      Map<String, String> inserts,
      AtomicInteger next,
      int transactions)
      throws SQLException, IOException {
    try (Connection connection = connect(database)) {
      connection.setAutoCommit(false);
      Map<String, PreparedStatement> prepared = new LinkedHashMap<>();
      for (Map.Entry<String, String> insert : inserts.entrySet()) {
        prepared.put(insert.getKey(), connection.prepareStatement(insert.getValue()));
      }
      for (int t = next.getAndIncrement(); t < transactions; t = next.getAndIncrement()) {
        for (Map.Entry<String, List<Object[]>> table : rows.entrySet()) {
          List<Object[]> content = table.getValue();
          int from = (int) ((long) content.size() * t / transactions);
          int to = (int) ((long) content.size() * (t + 1) / transactions);
          PreparedStatement insert = prepared.get(table.getKey());
          for (int r = from; insert != null && r < to; r++) {
            Object[] values = content.get(r);
            for (int i = 0; i < values.length; i++) {
              insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
          }
        }
        connection.commit();
      }
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
    }
  }
}
