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
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Single explained decisions over HTTP at a steady rate: the question is sent when its time has
 * come, whether or not those before it are answered, and the time counts from then. Client and
 * server share the machine.
 *
 * <p>{@code [--data DIR] [--seconds N] [--rate N]}
 */
final class ApiBench {
  private static final double MILLISECONDS_ALLOWED = 5;
  private static final int WARMING_SECONDS = 60;
  private static final int CLIENTS = 16;
  private static final String PACK = "/api/v1/policies/guizhou/front-line-priority/";
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern META = Pattern.compile("\"csrf-token\" content=\"([^\"]+)\"");
  private static final Pattern LISTED = Pattern.compile("href=\"/officials/([0-9]+)");

  private final String address;
  private final HttpClient client;

  private ApiBench(int port) {
    this.address = "http://127.0.0.1:" + port;
    this.client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  static void run(String[] arguments) throws IOException, InterruptedException {
    @Nullable Path given = null;
    int seconds = 30;
    int rate = 500;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--data" -> given = Path.of(arguments[i + 1]);
        case "--seconds" -> seconds = Integer.parseInt(arguments[i + 1]);
        case "--rate" -> rate = Integer.parseInt(arguments[i + 1]);
        default -> throw new IllegalArgumentException("Unknown: " + arguments[i]);
      }
    }
    Program program = Program.overKeptData(given);
    int port = Program.freePort();
    Process process = program.start(port, "demo");
    boolean met;
    try {
      Program.awaitAnswer(port, process);
      met = new ApiBench(port).measure(rate, seconds);
    } finally {
      process.destroy();
      process.waitFor();
    }
    if (!met) {
      System.exit(1);
    }
  }

  private boolean measure(int rate, int seconds) throws IOException, InterruptedException {
    String token = signIn();
    List<String> officials = officials();
    String day = LocalDate.now().toString();
    List<HttpRequest> fromRegisters =
        officials.stream()
            .map(official -> get(PACK + "decisions/" + official + "?asOf=" + day))
            .toList();
    List<HttpRequest> fromFacts = new ArrayList<>();
    for (int months = 0; months < 60; months++) {
      fromFacts.add(
          HttpRequest.newBuilder(URI.create(address + PACK + "evaluations"))
              .header("Content-Type", "application/json")
              .header("X-CSRF-TOKEN", token)
              .POST(
                  BodyPublishers.ofString(
                      """
                      {"asOf": "%s", "facts": {"serving": true, "last-annual-grade": "competent", "months-at-post-level": 30, "front-line-months": %d, "on-front-line-now": true, "hardship-class": 2}}
                      """
                          .formatted(day, months)))
              .build());
    }
    System.out.printf(
        "%d a second for %d s, after %d s of warming%n", rate, seconds, WARMING_SECONDS);
    boolean met = tell("with facts from the registers", fromRegisters, rate, seconds);
    return met & tell("with facts told", fromFacts, rate, seconds);
  }

  private boolean tell(String what, List<HttpRequest> requests, int rate, int seconds)
      throws InterruptedException {
    send(requests, rate, WARMING_SECONDS);
    long[] took = send(requests, rate, seconds);
    Arrays.sort(took);
    double p99 = took[(int) (took.length * 0.99)] / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-32s %,6d answers  p50 %6.2f ms  p95 %6.2f ms  p99 %6.2f ms  slowest %7.2f ms  limit %.0f ms  ratio %.2f: %s%n",
        what,
        took.length,
        took[took.length / 2] / 1e6,
        took[(int) (took.length * 0.95)] / 1e6,
        p99,
        took[took.length - 1] / 1e6,
        MILLISECONDS_ALLOWED,
        p99 / MILLISECONDS_ALLOWED,
        p99 < MILLISECONDS_ALLOWED ? "met" : "NOT MET");
    return p99 < MILLISECONDS_ALLOWED;
  }

  private long[] send(List<HttpRequest> requests, int rate, int seconds)
      throws InterruptedException {
    int count = rate * seconds;
    long[] took = new long[count];
    AtomicInteger next = new AtomicInteger();
    long interval = Duration.ofSeconds(1).toNanos() / rate;
    long began = System.nanoTime() + interval;
    List<Thread> clients = new ArrayList<>();
    for (int c = 0; c < CLIENTS; c++) {
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                      long due = began + i * interval;
                      for (long wait = due - System.nanoTime();
                          wait > 0;
                          wait = due - System.nanoTime()) {
                        LockSupport.parkNanos(wait);
                      }
                      ask(requests.get(i % requests.size()));
                      took[i] = System.nanoTime() - due;
                    }
                  }));
    }
    for (Thread thread : clients) {
      thread.join();
    }
    return took;
  }

  private void ask(HttpRequest request) {
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200 || !answer.body().contains("\"outcome\"")) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---------------------------------------------------------------- signing in

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).GET().build();
  }

  private String page(String path) throws IOException, InterruptedException {
    return client.send(get(path), BodyHandlers.ofString()).body();
  }

  private String signIn() throws IOException, InterruptedException {
    String form =
        "name=officer&password=dandang-demo&_csrf="
            + URLEncoder.encode(found(TOKEN, page("/sign-in")), StandardCharsets.UTF_8);
    client.send(
        HttpRequest.newBuilder(URI.create(address + "/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.discarding());
    return found(META, page("/officials"));
  }

  private List<String> officials() throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    Matcher link = LISTED.matcher(page("/officials"));
    while (link.find()) {
      if (!found.contains(link.group(1))) {
        found.add(link.group(1));
      }
    }
    return found;
  }

  private static String found(Pattern pattern, String page) {
    Matcher matcher = pattern.matcher(page);
    if (!matcher.find()) {
      throw new IllegalStateException("Signing in has another form than is known here.");
    }
    return matcher.group(1);
  }
}
