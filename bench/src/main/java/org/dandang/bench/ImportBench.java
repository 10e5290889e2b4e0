package org.dandang.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.DatabaseRoles;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Takes generated rosters into a fresh database, beside a bare copy of the very rows that came to
 * be into the same tables with the same indexes and constraints, in one run and on one server. The
 * rate to reach is a quarter of the copy's.
 */
public final class ImportBench {
  private static final double NEEDED = 0.25;
  private static final List<String> TABLES =
      List.of("official.official", "official.identity", "official.posting");

  private ImportBench() {}

  /**
   * @param args number of officials (100,000 when left out), each with five postings, and rounds
   *     (3)
   */
  public static void run(String[] args) throws IOException, SQLException {
    measure(
        args.length > 0 ? Integer.parseInt(args[0]) : 100_000,
        args.length > 1 ? Integer.parseInt(args[1]) : 3);
  }

  /** Whether the rate was reached. */
  static boolean measure(int officials, int rounds) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("dandang-bench");
    try (EmbeddedDatabase server = EmbeddedDatabase.open(folder.resolve("data"))) {
      Files.writeString(folder.resolve("units.csv"), units());
      writeOfficials(folder.resolve("officials.csv"), officials);
      writePostings(folder.resolve("postings.csv"), officials);
      Rates imported = new Rates("import");
      Rates copied = new Rates("bare copy");
      for (int round = 1; round <= rounds; round++) {
        server.application(); // makes the roles
        Database fresh = database(server.database(), "round_" + round);
        Map<String, Long> rows =
            importing(
                as(server.application(), fresh), as(server.migrator(), fresh), folder, imported);
        copying(fresh, folder, rows, copied);
      }
      System.out.printf(
          "%n%-24s %12s %12s %8s%n", "rows/s, best of " + rounds, "import", "bare copy", "ratio");
      double ratio = 0;
      for (String kind : imported.best.keySet()) {
        double own = imported.best.getOrDefault(kind, 0.0);
        double bare = copied.best.getOrDefault(kind, 1.0);
        ratio = own / bare;
        System.out.printf("%-24s %,12.0f %,12.0f %8.2f%n", kind, own, bare, ratio);
      }
      System.out.printf(
          "import: %.2f of a bare copy, needed %.2f: %s%n",
          ratio, NEEDED, ratio >= NEEDED ? "met" : "NOT MET");
      return ratio >= NEEDED;
    } finally {
      delete(folder);
    }
  }

  private static final class Rates {
    private final String name;
    private final Map<String, Double> best = new LinkedHashMap<>();

    Rates(String name) {
      this.name = name;
    }

    void add(String kind, long rows, long nanos) {
      double rate = rows * 1e9 / nanos;
      System.out.printf(
          "%-10s %-12s %,9d rows  %6.2f s  %,10.0f rows/s%n", name, kind, rows, nanos / 1e9, rate);
      best.merge(kind, rate, Math::max);
    }
  }

  /** As the program imports: held to row-level security. */
  private static Map<String, Long> importing(
      Database database, Database migrator, Path folder, Rates rates) {
    Sights.otherwise(new Sight.Everything());
    Map<String, Long> counts = new LinkedHashMap<>();
    try (ConfigurableApplicationContext application =
        InProcess.held(database, migrator, folder.resolve("key"))) {
      RosterImport imports = application.getBean(RosterImport.class);
      Mappings mappings = application.getBean(Mappings.class);
      long all = 0;
      long rows = 0;
      for (String kind : List.of("units", "officials", "postings")) {
        long began = System.nanoTime();
        ImportOutcome outcome =
            imports.take(
                ImportFile.at(folder.resolve(kind + ".csv")),
                mappings.named("standard/" + kind),
                "bench",
                false,
                Progress.unwatched());
        long took = System.nanoTime() - began;
        if (outcome.stored() != outcome.read()) {
          throw new IllegalStateException(outcome.toString());
        }
        counts.put(kind, outcome.stored());
        if (!kind.equals("units")) {
          rates.add(kind, outcome.stored(), took);
          all += took;
          rows += outcome.stored();
        }
      }
      rates.add("together", rows, all);
      long began = System.nanoTime();
      ImportOutcome again =
          imports.take(
              ImportFile.at(folder.resolve("postings.csv")),
              mappings.named("standard/postings"),
              "bench",
              false,
              Progress.unwatched());
      if (again.unchanged() != again.read()) {
        throw new IllegalStateException(again.toString());
      }
      System.out.printf(
          "the postings once more, nothing changed: %,.0f rows/s%n",
          again.read() * 1e9 / (System.nanoTime() - began));
    }
    return counts;
  }

  /** Copies the rows out, empties the tables and times copying them in again. */
  private static void copying(Database database, Path folder, Map<String, Long> rows, Rates rates)
      throws SQLException, IOException {
    try (Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password())) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String table : TABLES) {
        try (OutputStream out = Files.newOutputStream(folder.resolve(table))) {
          copy.copyOut("copy " + table + " to stdout", out);
        }
      }
      execute(connection, "truncate " + String.join(", ", TABLES) + " cascade");
      Map<String, Long> took = new LinkedHashMap<>();
      for (String table : TABLES) {
        long began = System.nanoTime();
        try (InputStream in = Files.newInputStream(folder.resolve(table))) {
          copy.copyIn("copy " + table + " from stdin", in);
        }
        took.put(table, System.nanoTime() - began);
      }
      long officials = rows.getOrDefault("officials", 0L);
      long postings = rows.getOrDefault("postings", 0L);
      long forOfficials =
          took.getOrDefault("official.official", 0L) + took.getOrDefault("official.identity", 0L);
      long forPostings = took.getOrDefault("official.posting", 0L);
      rates.add("officials", officials, forOfficials);
      rates.add("postings", postings, forPostings);
      rates.add("together", officials + postings, forOfficials + forPostings);
    }
  }

  private static Database database(Database server, String name) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(server.url(), server.user(), server.password())) {
      execute(connection, "create database " + name + " owner " + DatabaseRoles.OWNER);
    }
    return new Database(
        server.url().replaceFirst("/[^/?]+$", "/" + name), server.user(), server.password(), true);
  }

  private static Database as(Database user, Database place) {
    return new Database(place.url(), user.user(), user.password(), true);
  }

  private static void execute(Connection connection, String statement) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static String units() {
    StringBuilder text = new StringBuilder("编码,名称,类别,层级,上级编码,艰苦边远类别\n");
    for (int i = 0; i < 2_000; i++) {
      text.append(
          "U%05d,单位%d,部门,县直部门,%s,\n".formatted(i, i, i == 0 ? "" : "U%05d".formatted(i / 10)));
    }
    return text.toString();
  }

  private static void writeOfficials(Path file, int officials) throws IOException {
    String family = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏";
    String given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英建国志文华玉";
    Random random = new Random(1);
    try (Writer out = writer(file)) {
      out.write("编号,姓名,性别,民族,出生年月,参加工作时间,状态,离开日期\n");
      for (int i = 0; i < officials; i++) {
        int born = 1962 + random.nextInt(38);
        out.write(
            "P%08d,%c%c%c,%s,汉族,%d.%02d,%d-%02d-01,在职,\n"
                .formatted(
                    i,
                    family.charAt(random.nextInt(family.length())),
                    given.charAt(random.nextInt(given.length())),
                    given.charAt(random.nextInt(given.length())),
                    random.nextBoolean() ? "男" : "女",
                    born,
                    1 + random.nextInt(12),
                    born + 22,
                    1 + random.nextInt(12)));
      }
    }
  }

  private static void writePostings(Path file, int officials) throws IOException {
    Random random = new Random(2);
    List<String> levels = List.of("科员", "乡科级副职", "乡科级正职", "县处级副职", "县处级正职");
    List<String> posts = List.of("科员", "副主任", "主任", "副局长", "局长", "副镇长", "镇长");
    try (Writer out = writer(file)) {
      out.write("编号,单位编码,职务,职务层次,任职类型,开始日期,结束日期\n");
      for (int i = 0; i < officials; i++) {
        LocalDate from = LocalDate.of(1999 + random.nextInt(6), 1 + random.nextInt(12), 1);
        for (int k = 0; k < 5; k++) {
          LocalDate until = from.plusDays(500 + random.nextInt(1_500));
          out.write(
              "P%08d,U%05d,%s,%s,正式,%s,%s\n"
                  .formatted(
                      i,
                      random.nextInt(2_000),
                      posts.get(random.nextInt(posts.size())),
                      levels.get(k),
                      from,
                      k == 4 ? "" : until.toString()));
          // One in ten leaves a gap, so that there is something to flag.
          from = until.plusDays(random.nextInt(10) == 0 ? 90 : 1);
        }
      }
    }
  }

  private static BufferedWriter writer(Path file) throws IOException {
    return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder, new FileVisitOption[0])) {
      files.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
