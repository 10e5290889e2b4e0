package org.dandang.platform.storage;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * A schema and a migration folder for each module, in the order in which modules may use each
 * other. A module's history is kept in its own schema.
 */
@Component
class Migrations implements FlywayMigrationStrategy {
  private static final List<String> MODULES =
      List.of("platform", "policy", "organisation", "official", "selection");

  @Override
  public void migrate(Flyway flyway) {
    for (String module : MODULES) {
      Flyway.configure()
          .configuration(flyway.getConfiguration())
          .locations("classpath:db/migration/" + module)
          .schemas(module)
          .createSchemas(true)
          .load()
          .migrate();
    }
  }
}
