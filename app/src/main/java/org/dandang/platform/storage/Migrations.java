package org.dandang.platform.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.dandang.platform.procedure.EngineTables;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * A schema and a migration folder for each module, in the order in which modules may use each
 * other. A module's history is kept in its own schema.
 */
@Component
class Migrations implements FlywayMigrationStrategy {
  private static final List<String> MODULES =
      List.of(
          "platform", "policy", "organisation", "official", "survey", "protection", "selection");

  /** What is made by a program and not by a script of ours. */
  private static final JavaMigration[] MADE = {new EngineTables()};

  private static final JavaMigration[] NONE = {};

  private final String application;

  /**
   * @param application the role the application signs in as; empty where it is the one that
   *     migrates
   */
  Migrations(@Value("${dandang.database.application:}") String application) {
    this.application = application;
  }

  @Override
  public void migrate(Flyway flyway) {
    Sights.everywhere(() -> migrateAll(flyway));
  }

  /** All modules in one transaction: where one migration fails, nothing of any has happened. */
  static void migrate(Configuration configuration, String folder) {
    OneTransaction.over(
        configuration.getDataSource(),
        source -> {
          for (String module : MODULES) {
            Flyway.configure()
                .configuration(configuration)
                .dataSource(source)
                .locations(folder + module)
                .schemas(module)
                .createSchemas(true)
                .javaMigrations(module.equals("platform") ? MADE : NONE)
                .initSql("set dandang.sight = '*'")
                .ignoreMigrationPatterns(new String[0]) // a newer version's database is refused
                .load()
                .migrate();
          }
        });
  }

  private void migrateAll(Flyway flyway) {
    refuseWhoMayNotSetTheSight(flyway);
    migrate(flyway.getConfiguration(), "classpath:db/migration/");
    try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(VIEWS_ASK_AS_THEIR_READER);
      if (!application.isEmpty()) {
        if (!application.matches("[a-z_][a-z0-9_]*")) {
          throw new StorageProblem("The role %s has an unusual name.".formatted(application));
        }
        for (String module : MODULES) {
          statement.execute(RIGHTS.formatted(module, application));
        }
        statement.execute(RIGHTS.formatted(EngineTables.SCHEMA, application));
        statement.execute(
            "revoke update, delete, truncate on platform.ledger_entry, platform.ledger_link,"
                + " platform.ledger_checkpoint, platform.ledger_subject, platform.ledger_identity"
                + " from "
                + application);
      }
    } catch (SQLException e) {
      throw new StorageProblem(
          "The rights in the database could not be given (%s).".formatted(e.getMessage()), e);
    }
  }

  /** Functions that look past the policies have the sight set in their definition. */
  private static void refuseWhoMayNotSetTheSight(Flyway flyway) {
    try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet allowed =
            statement.executeQuery(
                "select has_parameter_privilege(current_user, 'dandang.sight', 'SET'),"
                    + " current_user")) {
      if (allowed.next() && !allowed.getBoolean(1)) {
        throw new StorageProblem(
            "The database user %1$s may not set dandang.sight. Let an administrator of the database run: grant set on parameter dandang.sight to %1$s;"
                .formatted(allowed.getString(2)));
      }
    } catch (SQLException e) {
      throw new StorageProblem(
          "The rights in the database could not be looked up (%s).".formatted(e.getMessage()), e);
    }
  }

  /** A view would otherwise read as its owner does. */
  private static final String VIEWS_ASK_AS_THEIR_READER =
      """
      do $$
      declare
        one record;
      begin
        for one in select c.oid::regclass as name from pg_class c
                    join pg_namespace n on n.oid = c.relnamespace
                    where c.relkind = 'v' and n.nspname = any (array['%s'])
                      and not coalesce(c.reloptions @> array['security_invoker=true'], false) loop
          execute format('alter view %%s set (security_invoker = true)', one.name);
        end loop;
      end $$
      """
          .formatted(String.join("', '", MODULES));

  private static final String RIGHTS =
      """
      grant usage on schema %1$s to %2$s;
      grant select, insert, update, delete on all tables in schema %1$s to %2$s;
      grant usage, select on all sequences in schema %1$s to %2$s;
      do $$ begin
        if current_setting('server_version_num')::int >= 170000 then
          grant maintain on all tables in schema %1$s to %2$s;
        end if;
      end $$
      """;
}
