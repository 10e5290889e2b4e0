package org.dandang.platform.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A data folder with an initialised database, made once and copied: to make one takes seconds. For
 * tests of what happens afterwards.
 */
public final class PreparedFolder {
  private PreparedFolder() {}

  /**
   * A folder with an empty database, which nobody runs.
   *
   * @param folder does not exist yet
   */
  public static void empty(Path folder) {
    copy(Empty.FOLDER, folder);
  }

  /**
   * A folder with a database of the present version, which nobody runs.
   *
   * @param folder does not exist yet
   */
  public static void migrated(Path folder) {
    copy(Migrated.FOLDER, folder);
  }

  private static final class Empty {
    static final Path FOLDER = made(database -> {});
  }

  private static final class Migrated {
    static final Path FOLDER =
        made(
            database -> {
              Database own = database.database();
              MigratedDatabase.migrate(own.url(), own);
            });
  }

  private static Path made(Consumer<EmbeddedDatabase> filled) {
    try {
      Path place = Files.createTempDirectory("dandang-prepared");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(place)));
      Path folder = place.resolve("data");
      try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
        filled.accept(database);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path place) {
    try {
      Trees.delete(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With owners and rights, which the server looks at. */
  private static void copy(Path from, Path to) {
    try {
      Process copying =
          new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
      if (!copying.waitFor(2, TimeUnit.MINUTES) || copying.exitValue() != 0) {
        throw new IllegalStateException("could not copy " + from + " to " + to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
