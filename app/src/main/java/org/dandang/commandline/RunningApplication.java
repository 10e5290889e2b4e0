package org.dandang.commandline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dandang.Dandang;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.StorageProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application over its database; closing stops the pages first and the database last. */
final class RunningApplication implements AutoCloseable {
  private final @Nullable EmbeddedDatabase embedded;
  private final ConfigurableApplicationContext context;

  private RunningApplication(
      @Nullable EmbeddedDatabase embedded, ConfigurableApplicationContext context) {
    this.embedded = embedded;
    this.context = context;
  }

  /** Without pages, for one command. */
  static RunningApplication forCommand(DataOptions data) {
    return start(data, WebApplicationType.NONE, Map.of());
  }

  /** With pages on loopback. */
  static RunningApplication serving(DataOptions data, int port) {
    return start(data, WebApplicationType.SERVLET, Map.of("server.port", Integer.toString(port)));
  }

  <T> T get(Class<T> type) {
    return context.getBean(type);
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
    try {
      ConfigurableApplicationContext context =
          new SpringApplicationBuilder(Dandang.class)
              .web(type)
              .registerShutdownHook(false)
              .properties(properties)
              .run();
      return new RunningApplication(embedded, context);
    } catch (RuntimeException e) {
      if (embedded != null) {
        embedded.close();
      }
      throw e;
    }
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

  @Override
  public void close() {
    context.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
