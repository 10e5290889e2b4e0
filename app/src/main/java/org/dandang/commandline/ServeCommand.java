package org.dandang.commandline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.dandang.platform.storage.StorageProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves the pages on loopback.")
class ServeCommand implements Callable<Integer> {
  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8686",
      description = "Port of the pages, 0 for any free one (default: ${DEFAULT-VALUE}).")
  int port;

  /** Used by the launcher to learn which classes a start needs. */
  @Option(names = "--until-first-answer", hidden = true)
  boolean untilFirstAnswer;

  @Override
  public Integer call() throws InterruptedException {
    refuseAPortInUse(port);
    try (RunningApplication application = RunningApplication.serving(data, port, settings())) {
      try {
        application.work(() -> onceServing(application));
      } catch (RuntimeException e) {
        if (application.stopping().get()) {
          return 0;
        }
        throw application.inWords(e);
      }
      System.out.printf(
          "Dandang is at http://127.0.0.1:%d (Ctrl-C stops it)%n", application.port());
      if (untilFirstAnswer) {
        askForThePages(application.port());
      } else {
        new CountDownLatch(1).await(); // until Ctrl-C, when the application's own hook stops it
      }
      return 0;
    }
  }

  /** How a kind of serving differs where nobody set it otherwise. */
  Map<String, String> settings() {
    return Map.of();
  }

  /** What a kind of serving adds once the application is up. */
  void onceServing(RunningApplication application) {}

  private static void askForThePages(int port) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : new String[] {"/", "/sign-in"}) {
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
      }
    } catch (IOException e) {
      throw new StorageProblem("The pages did not answer (" + e.getMessage() + ").", e);
    }
  }

  static void refuseAPortInUse(int port) {
    if (port < 0 || port > 65535) {
      throw new StorageProblem("--port takes a number from 0 to 65535.");
    }
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.setReuseAddress(true);
    } catch (IOException e) {
      throw new StorageProblem(
          "Port %d is in use or not allowed (%s). Choose another with --port N."
              .formatted(port, e.getMessage()),
          e);
    }
  }
}
