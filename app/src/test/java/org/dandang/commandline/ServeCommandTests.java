package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTests {
  @TempDir Path place;

  /** The exit code and what was said, which has to be one line. */
  private static String refusal(String... arguments) {
    PrintStream before = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(CommandLine.run(arguments)).isEqualTo(1);
    } finally {
      System.setErr(before);
    }
    String words = said.toString(StandardCharsets.UTF_8).strip();
    assertThat(words.lines()).as(words).hasSize(1);
    return words;
  }

  @Test
  void saysThatAPortIsInUseBeforeItTouchesTheDataFolder() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path data = place.resolve("data");
      assertThat(refusal("serve", "--data", data.toString(), "--port", "" + taken.getLocalPort()))
          .contains("Port " + taken.getLocalPort())
          .contains("--port N");
      assertThat(data).doesNotExist();
    }
  }

  @Test
  void saysThatANumberIsNoPort() {
    assertThat(refusal("serve", "--port", "70000")).contains("65535");
  }

  @Test
  void saysWhatIsWrongWithTheDataFolder() throws IOException {
    Files.writeString(place.resolve("letter.txt"), "not yours");
    assertThat(refusal("serve", "--port", "0", "--data", place.toString())).contains("letter.txt");
    assertThat(refusal("demo", "--port", "0", "--data", place.toString())).contains("letter.txt");
  }

  @Test
  void namesWhatAnExternalDatabaseNeeds() {
    assumeTrue(System.getenv("DANDANG_DATABASE_USER") == null);
    assertThat(refusal("serve", "--port", "0", "--database", "jdbc:postgresql://127.0.0.1:1/none"))
        .contains("DANDANG_DATABASE_USER");
  }

  @Test
  void stopsWithinFiveSecondsAndLeavesNothingRunning() throws Exception {
    Path data = place.resolve("data");
    Process serving =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CommandLine.class.getName(),
                "serve",
                "--port",
                "0",
                "--data",
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var words = serving.inputReader(StandardCharsets.UTF_8)) {
      assertThat(words.readLine()).startsWith("Dandang is at http://127.0.0.1:");
      List<ProcessHandle> database = serving.descendants().toList();
      assertThat(database).isNotEmpty();
      Path key = data.resolve("ledger-key");
      while (serving.isAlive() && !Files.exists(key)) {
        Thread.sleep(50);
      }
      assertThat(key).as("the keys lie beside the database they are of").exists();
      serving.destroy();
      assertThat(serving.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(data.resolve("postgresql/postmaster.pid")).doesNotExist();
      assertThat(data.resolve("connection.properties")).doesNotExist();
    } finally {
      serving.destroyForcibly();
    }
  }
}
