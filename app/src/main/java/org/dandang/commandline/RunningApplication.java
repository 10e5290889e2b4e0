package org.dandang.commandline;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.dandang.Dandang;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.storage.StorageProblem;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.internal.exception.FlywayMigrateException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application over its database; closing stops the pages first and the database last. So does
 * Ctrl-C.
 */
final class RunningApplication implements AutoCloseable {
  private final @Nullable EmbeddedDatabase embedded;
  private @Nullable ConfigurableApplicationContext context;

  /** Set as soon as a stop is asked for; what fails from then on fails because of that. */
  private final AtomicBoolean stopping = new AtomicBoolean();

  private final ReentrantLock working = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);

  private final Database database;

  private RunningApplication(Database database, @Nullable EmbeddedDatabase embedded) {
    this.database = database;
    this.embedded = embedded;
  }

  /** Without pages, for one command. */
  static RunningApplication forCommand(DataOptions data) {
    Sights.otherwise(new Sight.Everything());
    return start(data, WebApplicationType.NONE, Map.of());
  }

  /**
   * With pages on loopback.
   *
   * @param port 0: any free one
   * @param settings of this kind of serving, where nobody set them otherwise
   */
  static RunningApplication serving(DataOptions data, int port, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("server.port", Integer.toString(port));
    return start(data, WebApplicationType.SERVLET, all);
  }

  <T> T get(Class<T> type) {
    return running().getBean(type);
  }

  /** The port the pages are at. */
  int port() {
    return running().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** True once it is being stopped: what fails from then on fails because of that. */
  AtomicBoolean stopping() {
    return stopping;
  }

  /** Does what a stop waits for a little, so that it can end at a safe point. */
  void work(Runnable what) {
    working.lock();
    try {
      what.run();
    } finally {
      working.unlock();
    }
  }

  private ConfigurableApplicationContext running() {
    if (context == null) {
      throw new IllegalStateException("still starting");
    }
    return context;
  }

  private static RunningApplication start(
      DataOptions data, WebApplicationType type, Map<String, String> more) {
    EmbeddedDatabase embedded = null;
    Database database;
    Database migrator;
    if (data.external == null || data.external.isBlank()) {
      embedded = EmbeddedDatabase.open(data.folder);
      if (embedded.attached() && type == WebApplicationType.SERVLET) {
        throw new StorageProblem(
            "The data folder %s is already being served by another Dandang. Stop that one first, or name another folder with --data DIR."
                .formatted(embedded.folder()));
      }
      database = embedded.application();
      migrator = embedded.migrator();
    } else {
      database = external(data);
      refuseWhatDoesNotAnswer(database);
      migrator = migrator(database);
    }
    Map<String, Object> properties = new LinkedHashMap<>(more);
    properties.put(
        "spring.datasource.url",
        database.url()
            + separator(database.url())
            + "reWriteBatchedInserts=true&ApplicationName=dandang");
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.datasource.password", database.password());
    if (!migrator.user().equals(database.user())) {
      properties.put("spring.flyway.url", migrator.url());
      properties.put("spring.flyway.user", migrator.user());
      properties.put("spring.flyway.password", migrator.password());
      properties.put("dandang.database.application", database.user());
    }
    properties.put("dandang.database.embedded", database.embedded());
    Path folder = embedded != null ? embedded.folder() : data.folder;
    bringEarlierKeys(folder, migrator);
    properties.put("dandang.index", folder.resolve("index").toString());
    properties.put("dandang.key", folder.resolve("key").toString());
    if (embedded != null) {
      properties.put("dandang.snapshots", embedded.folder().resolve("snapshots").toString());
    }
    properties.put("spring.lifecycle.timeout-per-shutdown-phase", "2s");
    RunningApplication application = new RunningApplication(database, embedded);
    boolean serving = type == WebApplicationType.SERVLET;
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> application.stop(serving ? 0 : 5), "stop"));
    try {
      application.started(
          new SpringApplicationBuilder(Dandang.class)
              .web(type)
              .registerShutdownHook(false)
              .logStartupInfo(false)
              .properties(properties)
              .run());
      return application;
    } catch (RuntimeException e) {
      boolean stopped = application.stopping.get();
      application.close();
      throw stopped ? new StorageProblem("Stopped.", e) : application.inWords(e);
    }
  }

  private static void bringEarlierKeys(Path folder, Database database) {
    Path usual = Path.of(System.getProperty("dandang.home", "."), "var", "data");
    try {
      if (new EarlierKeys(usual, folder).bring(database)) {
        System.err.printf(
            "The keys of this database lay in %s; they are in %s now. Keep copies of key and"
                + " ledger-key elsewhere.%n",
            usual, folder);
      }
    } catch (IOException | SQLException e) {
      throw new StorageProblem(
          "The keys of this database cannot be copied from %s to %s (%s)."
              .formatted(usual, folder, e.getMessage()),
          e);
    }
  }

  /** The external database a command is told to work on. */
  static Database external(DataOptions data) {
    return new Database(
        String.valueOf(data.external),
        environment("DANDANG_DATABASE_USER"),
        environment("DANDANG_DATABASE_PASSWORD"),
        false);
  }

  private synchronized void started(ConfigurableApplicationContext running) {
    context = running;
  }

  /** What an operator can do something about, said in a line; anything else stays as it is. */
  RuntimeException inWords(RuntimeException problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageProblem told) {
        return told;
      }
      if (cause instanceof PortInUseException inUse) {
        return new StorageProblem(
            "Port %d is in use. Choose another with --port N.".formatted(inUse.getPort()), problem);
      }
      if (cause instanceof FlywayValidateException) {
        return new StorageProblem(
            "The database %s was made by another version of Dandang. Open it with that version, or %s."
                .formatted(
                    embedded != null ? "in " + embedded.folder() : database.url(),
                    embedded != null ? "start anew with --data DIR" : "name another"),
            problem);
      }
      if (cause instanceof FlywayMigrateException) {
        return new StorageProblem(
            "The database %s could not be brought to this version (%s). All of it was undone: the version from before starts on it as before."
                .formatted(
                    embedded != null ? "in " + embedded.folder() : database.url(), root(problem)),
            problem);
      }
      if (cause instanceof SQLException failed && isTheServers(failed)) {
        if (embedded != null && embedded.isFull()) {
          return new StorageProblem(
              "The disk that holds the data folder %s is full. Make room and start again."
                  .formatted(embedded.folder()),
              problem);
        }
        return embedded == null
            ? noAnswer(database, failed)
            : new StorageProblem(
                "The database in %s cannot be used (%s). Restore a copy of the folder, or start anew with --data DIR."
                    .formatted(embedded.folder(), failed.getMessage()),
                problem);
      }
    }
    return problem;
  }

  /**
   * Who brings an external database up to date: the one named for it, or the application itself.
   */
  private static Database migrator(Database application) {
    String user = System.getenv("DANDANG_DATABASE_MIGRATOR");
    if (user == null || user.isBlank()) {
      return application;
    }
    Database migrator =
        new Database(
            application.url(), user, environment("DANDANG_DATABASE_MIGRATOR_PASSWORD"), false);
    refuseWhatDoesNotAnswer(migrator);
    return migrator;
  }

  private static String root(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static void refuseWhatDoesNotAnswer(Database database) {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement();
        ResultSet role =
            statement.executeQuery(
                "select rolsuper or rolbypassrls from pg_roles where rolname = current_user")) {
      if (role.next() && role.getBoolean(1)) {
        System.err.printf(
            "The database user %s is not held to row-level security. Let Dandang sign in as a user"
                + " that is neither superuser nor has BYPASSRLS (docs/access.md).%n",
            database.user());
      }
    } catch (SQLException e) {
      throw noAnswer(database, e);
    }
  }

  private static StorageProblem noAnswer(Database database, SQLException problem) {
    return new StorageProblem(
        "The database %s cannot be used (%s). Check its address, user and password, and that it runs."
            .formatted(database.url(), problem.getMessage()),
        problem);
  }

  /** No connection, no right to it, no such database, no room, a damaged file: no fault of ours. */
  private static boolean isTheServers(SQLException problem) {
    String state = String.valueOf(problem.getSQLState());
    return Stream.of("08", "28", "3D", "53", "57P", "58", "XX").anyMatch(state::startsWith);
  }

  private static String separator(String url) {
    return url.contains("?") ? "&" : "?";
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new StorageProblem("Set " + name + " for the external database.");
    }
    return value;
  }

  /**
   * @param patience seconds in which the command may come to its own end first
   */
  private void stop(int patience) {
    stopping.set(true);
    try {
      if (!closed.await(patience, TimeUnit.SECONDS)) {
        close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /** Safe to call twice; the second call waits for the first. */
  @Override
  public void close() {
    stopping.set(true);
    boolean idle = false;
    try {
      idle = working.tryLock(3, TimeUnit.SECONDS);
      closeNow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeNow();
    } finally {
      if (idle) {
        working.unlock();
      }
    }
  }

  private synchronized void closeNow() {
    if (closed.getCount() == 0) {
      return;
    }
    if (context != null) {
      context.close();
    }
    if (embedded != null) {
      embedded.close();
    }
    closed.countDown();
  }
}
