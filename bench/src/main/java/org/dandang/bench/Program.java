package org.dandang.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The application in a process of its own, over data that are kept between runs. */
final class Program {
  private final List<String> java;
  private final Path folder;

  private Program(List<String> java, Path folder) {
    this.java = java;
    this.folder = folder;
  }

  /**
   * Over a folder; without one, over the demonstration's where it has been filled, else over a
   * small one made for the occasion.
   */
  static Program overKeptData(@Nullable Path given) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("dandang.home", "."));
    Path demo = home.resolve("var/demo");
    Path folder =
        given != null
            ? given
            : Files.exists(demo.resolve("ready")) ? demo : home.resolve("var/bench-start");
    Program program = new Program(command(), folder);
    if (!Files.exists(folder.resolve("ready"))) {
      System.out.println("Filling " + folder + " …");
      program.fill();
    }
    return program;
  }

  /** Java with the launcher's own options, so that what is measured is what people start. */
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(property("dandang.java.options").split("\n", -1)));
    // Measured is how fast it answers, not how often it may be asked.
    for (String limit : List.of("sign-in", "name", "read", "change", "export", "asset")) {
      command.add("-Ddandang.limits." + limit + "=off");
    }
    command.add("-jar");
    command.add(property("dandang.program"));
    return command;
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), "./dandang bench start sets " + name);
  }

  private void fill() throws IOException, InterruptedException {
    Process filling = start(freePort(), "demo", "--small", "--until-first-answer");
    if (filling.waitFor() != 0) {
      throw new IOException("the folder could not be filled");
    }
  }

  Process start(int port, String... words) throws IOException {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of(words));
    command.addAll(List.of("--data", folder.toString(), "--port", Integer.toString(port)));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static void awaitAnswer(int port, Process process) throws IOException, InterruptedException {
    while (!answers(port)) {
      if (!process.isAlive()) {
        throw new IOException("the server ended before it answered");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Whether a page comes back: signing in, or being sent there, is one. */
  private static boolean answers(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/sign-in").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(10_000);
      return connection.getResponseCode() < 500;
    } catch (IOException e) {
      return false;
    }
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
