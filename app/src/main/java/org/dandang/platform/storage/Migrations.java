package org.dandang.platform.storage;

import java.util.List;
import org.dandang.platform.procedure.EngineTables;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * A schema and a migration folder for each module, in the order in which modules may use each
 * other. A module's history is kept in its own schema.
 */
@Component
class Migrations implements FlywayMigrationStrategy {
  private static final List<String> MODULES =
      List.of("platform", "policy", "organisation", "official", "survey", "selection");

  /** What is made by a program and not by a script of ours. */
  private static final JavaMigration[] MADE = {new EngineTables()};

  private static final JavaMigration[] NONE = {};

  @Override
  public void migrate(Flyway flyway) {
    for (String module : MODULES) {
      Flyway.configure()
          .configuration(flyway.getConfiguration())
          .locations("classpath:db/migration/" + module)
          .schemas(module)
          .createSchemas(true)
          .javaMigrations(module.equals("platform") ? MADE : NONE)
          .load()
          .migrate();
    }
  }
}
