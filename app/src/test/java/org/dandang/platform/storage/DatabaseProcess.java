package org.dandang.platform.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Another Dandang, as a process of its own, that holds the database of a folder open. */
final class DatabaseProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader words;

  private DatabaseProcess(Process process) {
    this.process = process;
    this.words =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** What the process does. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(Path.of(arguments[0]))) {
      System.out.println((database.attached() ? "attached " : "owns ") + database.database().url());
      System.in.read();
    } catch (StorageProblem problem) {
      System.out.println("refused " + problem.getMessage());
    }
  }

  static DatabaseProcess over(Path folder) throws IOException {
    return new DatabaseProcess(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-Ddandang.home=" + System.getProperty("dandang.home", ""),
                    "-cp",
                    System.getProperty("java.class.path"),
                    DatabaseProcess.class.getName(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Waits until the database is open or refused, and returns what was said. */
  String said() throws IOException {
    return Objects.requireNonNull(words.readLine(), "the process ended without a word");
  }

  /** As {@code kill -9}: nothing of it gets to tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    process.getOutputStream().close();
    process.waitFor();
  }
}
