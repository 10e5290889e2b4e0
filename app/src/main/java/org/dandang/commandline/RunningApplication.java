package org.dandang.commandline;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dandang.Dandang;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.StorageProblem;
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
  private volatile boolean closing;

  private RunningApplication(@Nullable EmbeddedDatabase embedded) {
    this.embedded = embedded;
  }

  /** Without pages, for one command. */
  static RunningApplication forCommand(DataOptions data) {
    return start(data, WebApplicationType.NONE, Map.of());
  }

  /**
   * With pages on loopback.
   *
   * @param port 0: any free one
   */
  static RunningApplication serving(DataOptions data, int port) {
    return start(data, WebApplicationType.SERVLET, Map.of("server.port", Integer.toString(port)));
  }

  <T> T get(Class<T> type) {
    return running().getBean(type);
  }

  /** The port the pages are at. */
  int port() {
    return running().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** Whether it is being stopped: what fails from now on fails because of that. */
  boolean closing() {
    return closing;
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
    if (data.external == null || data.external.isBlank()) {
      embedded = EmbeddedDatabase.open(data.folder);
      if (embedded.attached() && type == WebApplicationType.SERVLET) {
        throw new StorageProblem(
            "The data folder %s is already being served by another Dandang. Stop that one first, or name another folder with --data DIR."
                .formatted(embedded.folder()));
      }
      database = embedded.database();
    } else {
      database =
          new Database(
              data.external,
              environment("DANDANG_DATABASE_USER"),
              environment("DANDANG_DATABASE_PASSWORD"),
              false);
    }
    Map<String, Object> properties = new LinkedHashMap<>(more);
    properties.put(
        "spring.datasource.url",
        database.url()
            + separator(database.url())
            + "reWriteBatchedInserts=true&ApplicationName=dandang");
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.datasource.password", database.password());
    properties.put("dandang.database.embedded", database.embedded());
    properties.put("spring.lifecycle.timeout-per-shutdown-phase", "2s");
    RunningApplication application = new RunningApplication(embedded);
    Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
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
      application.close();
      throw inWords(e, database);
    }
  }

  private synchronized void started(ConfigurableApplicationContext running) {
    if (closing) {
      running.close();
    }
    context = running;
  }

  /** What an operator can do something about, said in a line; anything else stays as it is. */
  private static RuntimeException inWords(RuntimeException problem, Database database) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException inUse) {
        return new StorageProblem(
            "Port %d is in use. Choose another with --port N.".formatted(inUse.getPort()), problem);
      }
      if (cause instanceof SQLException failed) {
        return new StorageProblem(
            "The database %s cannot be used: %s. %s"
                .formatted(
                    database.url(),
                    failed.getMessage(),
                    database.embedded()
                        ? "Restore a copy of its data folder, or start anew with --data DIR."
                        : "Check address, user and password, and that it runs."),
            problem);
      }
    }
    return problem;
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

  /** Safe to call twice; the second call waits for the first. */
  @Override
  public synchronized void close() {
    closing = true;
    if (context != null) {
      context.close();
    }
    if (embedded != null) {
      embedded.close();
    }
  }
}
