package org.dandang.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.dandang.Dandang;
import org.dandang.platform.storage.Database;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application within the benchmark's own process, without its pages. */
final class InProcess {
  private InProcess() {}

  /**
   * Signed in as the database says.
   *
   * @param key file of the key with which it seals
   * @param more properties besides, which go before the usual ones
   */
  static ConfigurableApplicationContext over(
      Database database, Path key, Map<String, Object> more) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("spring.datasource.url", database.url());
    properties.put("spring.datasource.username", database.user());
    properties.put("spring.datasource.password", database.password());
    properties.put("dandang.key", key.toString());
    properties.putAll(more);
    return new SpringApplicationBuilder(Dandang.class)
        .web(WebApplicationType.NONE)
        .registerShutdownHook(false)
        .properties(properties)
        .run();
  }

  /** As the program runs: held to row-level security, its tables migrated by another. */
  static ConfigurableApplicationContext held(Database application, Database migrator, Path key) {
    return over(
        application,
        key,
        Map.of(
            "spring.flyway.url", application.url(),
            "spring.flyway.user", migrator.user(),
            "spring.flyway.password", migrator.password(),
            "dandang.database.application", application.user()));
  }
}
