package org.dandang.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;

/**
 * A million closed matters taken in from files and looked at, beside a bare copy; then a million
 * leads about a hundred thousand officials, with what measures came of them: counting all of them,
 * and the page that shows all about one official, over HTTP, signed in.
 *
 * <p>{@code [--matters N] [--import yes|no] [--data DIR] [--seconds N]}; with {@code --data} the
 * folder is filled once and kept.
 */
final class ProtectionBench {
  private static final int RATE = 50;
  private static final double LIMIT = 60;
  private static final double LIST_LIMIT = 1_000;
  private static final int OFFICIALS = 100_000;

  /** By what leads are listed; few, many and none of them fit. */
  private static final List<String> LISTS =
      List.of(
          "",
          "state=open",
          "state=closed",
          "state=merged",
          "source=petition",
          "channel=form",
          "outcome=exonerated",
          "outcome=unfounded",
          "severity=grave",
          "outcome=breach&severity=grave",
          "agency=none",
          "since=2026-01-01",
          "before=2018-02-01",
          "unit=1",
          "q=matter+999",
          "q=nothing",
          "sort=due",
          "sort=number",
          "p=15000");

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  private ProtectionBench(int port) {
    this.address = "http://127.0.0.1:" + port;
  }

  static void run(String[] arguments) throws IOException, SQLException, InterruptedException {
    long matters = 1_000_000;
    int seconds = 20;
    Path folder = null;
    boolean importing = true;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--matters" -> matters = Long.parseLong(arguments[i + 1]);
        case "--seconds" -> seconds = Integer.parseInt(arguments[i + 1]);
        case "--import" -> importing = arguments[i + 1].equals("yes");
        case "--data" -> folder = Path.of(arguments[i + 1]);
        default -> throw new IllegalArgumentException("Unknown: " + arguments[i]);
      }
    }
    if (importing) {
      ClosedMattersBench.measure(Math.toIntExact(matters));
    }
    boolean passing = folder == null;
    Path data = folder == null ? Files.createTempDirectory("dandang-bench") : folder;
    Program program = Program.overKeptData(data);
    if (!Files.exists(data.resolve("leads"))) {
      fill(data, matters);
      Files.writeString(data.resolve("leads"), Long.toString(matters));
    }
    int port = Program.freePort();
    Process process = program.start(port, "serve");
    boolean met;
    try {
      Program.awaitAnswer(port, process);
      met = new ProtectionBench(port).measure(firstOfficial(data), seconds);
    } finally {
      process.destroy();
      process.waitFor();
      if (passing) {
        Program.delete(data);
      }
    }
    if (!met) {
      System.exit(1);
    }
  }

  /** The officials' numbers follow each other; the file says the first. */
  private static long firstOfficial(Path data) throws IOException {
    return Long.parseLong(Files.readString(data.resolve("first-official")));
  }

  private boolean measure(long first, int seconds) throws IOException, InterruptedException {
    signIn();
    for (int i = 0; i < 3; i++) {
      long began = System.nanoTime();
      ask("/protection?since=2018-01-01");
      double there = (System.nanoTime() - began) / 1e9;
      began = System.nanoTime();
      ask("/protection/figures?since=2018-01-01");
      System.out.printf(
          Locale.ROOT,
          "the overview is there in %.2f s, counted by source, year, unit and severity in %.2f s%n",
          there,
          (System.nanoTime() - began) / 1e9);
    }
    boolean listed = lists();
    Random random = new Random(7);
    send(first, random, seconds);
    long[] took = send(first, random, seconds);
    Arrays.sort(took);
    double p99 = took[(int) (took.length * 0.99)] / 1e6;
    System.out.printf(
        Locale.ROOT,
        "all about one official           %,d answers at %d/s  p50 %.2f ms  p99 %.2f ms  limit %.0f"
            + " ms  ratio %.2f: %s%n",
        took.length,
        RATE,
        took[took.length / 2] / 1e6,
        p99,
        LIMIT,
        p99 / LIMIT,
        p99 < LIMIT ? "met" : "NOT MET");
    return p99 < LIMIT && listed;
  }

  /** Each list and its count, as its page shows them; the middle of five. */
  private boolean lists() throws IOException, InterruptedException {
    double slowest = 0;
    String which = "";
    for (String list : LISTS) {
      double[] took = new double[5];
      for (int i = 0; i < took.length; i++) {
        long began = System.nanoTime();
        ask("/protection/leads?" + list);
        took[i] = (System.nanoTime() - began) / 1e6;
      }
      Arrays.sort(took);
      System.out.printf(Locale.ROOT, "  leads?%-32s %,7.0f ms%n", list, took[2]);
      if (took[2] > slowest) {
        slowest = took[2];
        which = list;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "the slowest list of leads (%s)  %.0f ms  limit %.0f ms  ratio %.2f: %s%n",
        which,
        slowest,
        LIST_LIMIT,
        slowest / LIST_LIMIT,
        slowest < LIST_LIMIT ? "met" : "NOT MET");
    return slowest < LIST_LIMIT;
  }

  /** At a steady rate, whether or not those before have been answered; nanoseconds each took. */
  private long[] send(long first, Random random, int seconds)
      throws IOException, InterruptedException {
    long[] took = new long[RATE * seconds];
    long interval = Duration.ofSeconds(1).toNanos() / RATE;
    List<Future<?>> sent = new ArrayList<>();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      long began = System.nanoTime() + interval;
      for (int i = 0; i < took.length; i++) {
        int place = i;
        long due = began + i * interval;
        String path = "/protection/officials/" + (first + random.nextInt(OFFICIALS));
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        sent.add(
            readers.submit(
                () -> {
                  ask(path);
                  took[place] = System.nanoTime() - due;
                  return null;
                }));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a page was not answered", e.getCause());
    }
    return took;
  }

  private void ask(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(address + path)).GET().build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + " " + answer.statusCode());
    }
  }

  private void signIn() throws IOException, InterruptedException {
    String page =
        client
            .send(
                HttpRequest.newBuilder(URI.create(address + "/sign-in")).GET().build(),
                BodyHandlers.ofString())
            .body();
    Matcher token = TOKEN.matcher(page);
    if (!token.find()) {
      throw new IllegalStateException("Signing in has another form than is known here.");
    }
    client.send(
        HttpRequest.newBuilder(URI.create(address + "/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "name=officer&password=dandang-demo&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
            .build(),
        BodyHandlers.discarding());
  }

  private static void fill(Path data, long matters) throws IOException, SQLException {
    try (EmbeddedDatabase server = EmbeddedDatabase.open(data)) {
      Database database = server.database();
      try (Connection connection =
              DriverManager.getConnection(database.url(), database.user(), database.password());
          Statement statement = connection.createStatement()) {
        statement.execute("set dandang.sight = '*'");
        statement.execute(
            "insert into official.official (source, key) select 'bench', 'P' || n from generate_series(1, %d) n"
                .formatted(OFFICIALS));
        statement.execute(
            """
            insert into official.identity (official_id, name, pinyin, initials, sex, born, began_work, status, recorded_at, recorded_by)
            select id, '某' || key, 'x', 'x', 1, date '1980-01-01', date '2002-01-01', 'serving', now(), 'bench'
              from official.official where source = 'bench'
            """);
        statement.execute(
            """
            insert into official.posting (official_id, unit_id, post, post_level, kind, starts_on, recorded_at, recorded_by)
            select o.id, (select min(id) from organisation.unit) + o.id % greatest((select count(*) from organisation.unit), 1), 'post', '150', 'regular', date '2010-01-01', now(), 'bench'
              from official.official o where o.source = 'bench'
            """);
        try (var first =
            statement.executeQuery(
                "select min(id) from official.official where source = 'bench'")) {
          first.next();
          Files.writeString(data.resolve("first-official"), Long.toString(first.getLong(1)));
        }
        long began = System.nanoTime();
        statement.execute(
            """
            insert into protection.lead (source, reference, title, content, received_on, unit_id, clue, gravity, pack, state, closed_on, channel, recorded_at, recorded_by)
            select (array['inspection', 'audit', 'environment', 'poverty', 'petition'])[1 + n %% 5], 'B-' || n, 'matter ' || n, 'content of ' || n,
                   date '2018-01-01' + (n::bigint * 7919 %% 3000)::int, (select min(id) from organisation.unit), 'general', (array['slight', 'moderate', 'grave'])[1 + n %% 3],
                   'national/lead-closing', 'closed', date '2018-06-01' + (n::bigint * 7919 %% 3000)::int, 'import', now(), 'bench'
              from generate_series(1, %d) n
            """
                .formatted(matters));
        statement.execute(
            """
            insert into protection.lead_person (lead_id, place, name, official_id, linked_at, linked_by, reason, outcome, severity, outcome_on)
            select l.id, p, '某P' || (l.id * 31 + p * 17) %% %1$d, (select min(id) from official.official where source = 'bench') + (l.id * 31 + p * 17) %% %1$d,
                   now(), 'bench', 'bench', (array['unfounded', 'unproven', 'mistake', 'breach'])[1 + (l.id + p) %% 4],
                   (array['slight', 'moderate', 'grave'])[1 + (l.id + p) %% 3], l.closed_on
              from protection.lead l, generate_series(1, 2) p where l.recorded_by = 'bench'
            """
                .formatted(OFFICIALS));
        statement.execute(
            """
            insert into protection.sanction (official_id, family, measure, pack, decided_on, recorded_at, recorded_by)
            select p.official_id, 'sanction', 'sanction-demerit', 'national/sanctions', p.outcome_on, now(), 'bench'
              from protection.lead_person p
             where p.linked_by = 'bench' and p.outcome = 'breach' and p.severity = 'grave'
            on conflict do nothing
            """);
        statement.execute(
            """
            insert into protection.sanction_effect (sanction_id, official_id, effect, amount, unit, most, figure, figure_from, clause)
            select id, official_id, effect, 12, 'month', 48, 'demerit', date '2020-07-01', '8'
              from protection.sanction, unnest(array['no-promotion', 'no-pay-step']) effect where recorded_by = 'bench'
            """);
        // As years of use leave it: evaluations opened, ends of periods told.
        statement.execute(
            """
            insert into protection.evaluation (official_id, until, opened_on)
            select official_id, until, until - 30 from protection.impact_on(current_date)
             where effect = 'no-promotion' and until < current_date + 366
            on conflict do nothing
            """);
        statement.execute(
            """
            insert into protection.lapse (official_id, until, told_at)
            select official_id, until, until from protection.impact_on(current_date)
             where effect = 'no-promotion' and until < current_date + 366
            on conflict do nothing
            """);
        double took = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%,d closed matters stored in %.1f s (%,.0f a second)%n",
            matters,
            took,
            matters / took);
        statement.execute("vacuum analyze");
      }
    }
  }
}
