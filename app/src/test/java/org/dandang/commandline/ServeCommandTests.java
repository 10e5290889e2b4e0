package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
