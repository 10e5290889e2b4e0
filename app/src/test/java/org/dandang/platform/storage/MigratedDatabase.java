package org.dandang.platform.storage;

import org.flywaydb.core.Flyway;

/** Brings a new database of the tests to the present version, as the program's start does. */
public final class MigratedDatabase {
  private MigratedDatabase() {}

  /**
   * Every module's migrations.
   *
   * @param url of the database, which exists and is empty
   * @param migrator who signs in to migrate; its own url is not used
   */
  public static void migrate(String url, Database migrator) {
    Sights.everywhere(
        () ->
            Migrations.migrate(
                Flyway.configure().dataSource(url, migrator.user(), migrator.password()),
                "classpath:db/migration/"));
  }
}
