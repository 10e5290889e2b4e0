package org.dandang.commandline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
      description = "Port of the pages (default: ${DEFAULT-VALUE}).")
  int port;

  @Override
  public Integer call() throws InterruptedException {
    refuseAPortInUse(port);
    CountDownLatch stopped = new CountDownLatch(1);
    RunningApplication application = RunningApplication.serving(data, port);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  application.close();
                  stopped.countDown();
                }));
    onceServing(application);
    System.out.printf("Dandang is at http://127.0.0.1:%d (Ctrl-C stops it)%n", port);
    stopped.await();
    return 0;
  }

  /** What a kind of serving adds once the application is up. */
  void onceServing(RunningApplication application) {}

  static void refuseAPortInUse(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.setReuseAddress(true);
    } catch (IOException | IllegalArgumentException e) {
      throw new StorageProblem(
          "Port %d is in use or not allowed. Choose another with --port N.".formatted(port));
    }
  }
}
