package org.dandang.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.simulation.Comparison;
import org.dandang.policy.simulation.Setting;
import org.dandang.policy.simulation.Simulator;

/**
 * How long the page of a simulation waits for its figures when a parameter is moved: the front-line
 * priority pack over generated officials on two threads, grouped five ways, by the page's own code.
 */
final class SimulateBench {
  private static final String PACK = "guizhou/front-line-priority";
  private static final double SECONDS_ALLOWED = 1;
  private static final int SMALLEST_GROUP = 10;

  private SimulateBench() {}

  /**
   * @param arguments officials (default 1,000,000)
   */
  static void run(String[] arguments) throws SQLException {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    PolicyVersion version =
        PolicyVersion.of(
            new Packs(Path.of(System.getProperty("dandang.home", "."), "packs"))
                .find(PACK)
                .orElseThrow(),
            LocalDate.of(2026, 6, 30));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set threads = 2");
      System.err.printf("generating %,d officials …%n", rows);
      statement.execute(facts(rows));
      long began = System.nanoTime();
      Simulator simulator =
          Simulator.over(
              connection,
              version,
              FactCatalogue.ofTheProgram(),
              false,
              SMALLEST_GROUP,
              (done, total) -> true);
      double laidOut = seconds(began);
      began = System.nanoTime();
      simulator.compare(version);
      simulator.changed(
          Setting.apply(version, List.of(Setting.parse("required-front-line-months=23"))),
          null,
          0,
          50);
      double opened = seconds(began);
      List<Double> redraws = new ArrayList<>();
      List<Double> lists = new ArrayList<>();
      long changed = 0;
      for (int months = 12; months <= 36; months++) {
        PolicyVersion moved =
            Setting.apply(version, List.of(Setting.parse("required-front-line-months=" + months)));
        began = System.nanoTime();
        Comparison comparison = simulator.compare(moved);
        redraws.add(seconds(began));
        began = System.nanoTime();
        simulator.changed(moved, null, 0, 50);
        lists.add(seconds(began));
        changed = comparison.changed();
      }
      System.out.printf(
          "facts and results before laid out, once             %6.2f s  (%,d officials)%n",
          laidOut, rows);
      System.out.printf("the page opened for the first time                  %6.2f s%n", opened);
      System.out.printf("the last move changes %,d of them%n", changed);
      boolean holds = tell("a parameter moved: figures, median of 25", median(redraws));
      holds &= tell("… slowest", redraws.stream().max(Double::compare).orElseThrow());
      List<Double> both = new ArrayList<>();
      for (int i = 0; i < redraws.size(); i++) {
        both.add(redraws.get(i) + lists.get(i));
      }
      holds &= tell("… figures and the first 50 who change, median", median(both));
      holds &= tell("… slowest", both.stream().max(Double::compare).orElseThrow());
      if (!holds) {
        System.exit(1);
      }
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static boolean tell(String what, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%-50s %8.3f s  limit %.0f s  ratio %.2f%n",
        what,
        seconds,
        SECONDS_ALLOWED,
        seconds / SECONDS_ALLOWED);
    return seconds <= SECONDS_ALLOWED;
  }

  /** Officials with values on both sides of every threshold and missing ones among them. */
  private static String facts(long rows) {
    return """
    create table facts as select range as subject,
      hash(range) % 20 <> 0 as serving,
      case hash(range, 1) % 20 when 0 then null when 1 then 'basically-competent' when 2 then 'incompetent'
        when 3 then 'not-graded' when 4 then 'outstanding' when 5 then 'outstanding' when 6 then 'outstanding'
        else 'competent' end as "last-annual-grade",
      case when hash(range, 2) % 25 = 0 then null else hash(range, 3) % 120 end::bigint as "months-at-post-level",
      case when hash(range, 4) % 3 = 0 then null else hash(range, 5) % 130 end::bigint as "front-line-months",
      hash(range, 6) % 5 = 0 as "on-front-line-now",
      case when hash(range, 7) % 10 = 0 then null else hash(range, 8) % 7 end::bigint as "hardship-class",
      case when hash(range, 9) % 10 < 6 then 'male' else 'female' end as sex,
      '民族' || least(hash(range, 10) % 40, 12) as "ethnic-group",
      (22 + hash(range, 11) % 38)::bigint as age,
      case hash(range, 12) % 6 when 0 then 'city' when 1 then 'county' when 2 then 'township'
        when 3 then 'city-department' when 4 then 'county-department' end as "unit-level-of-post",
      '县' || hash(range, 13) % 100 as "place-of-post"
    from range(
    """
        + rows
        + ")";
  }
}
