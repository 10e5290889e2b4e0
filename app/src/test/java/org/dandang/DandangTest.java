package org.dandang;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.DatabaseRoles;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.MigratedDatabase;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.context.ContextConfiguration;

/**
 * The application on a real PostgreSQL. One server for the test run; every application context gets
 * a database of its own, empty but migrated.
 *
 * <p>It signs in as the migrator, who may empty tables between tests and is held to row-level
 * security like everybody; with {@code dandang.test.as-application=true} as the application itself.
 * What a test asks the database sees everything, as a command does; what a page asks, its reader's.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = Dandang.class)
@ContextConfiguration(initializers = DandangTest.FreshDatabase.class)
public @interface DandangTest {

  final class FreshDatabase
      implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      boolean asApplication =
          context.getEnvironment().getProperty("dandang.test.as-application", Boolean.class, false);
      Database application = Server.INSTANCE.application();
      Database migrator = Server.INSTANCE.migrator();
      Sights.otherwise(new Sight.Everything());
      String url = Server.fresh("test_" + COUNT.incrementAndGet());
      Database own = asApplication ? application : migrator;
      TestPropertyValues values =
          TestPropertyValues.of(
              "spring.datasource.url=" + url,
              "spring.datasource.username=" + own.user(),
              "spring.datasource.password=" + own.password(),
              // A context that is kept for later tests holds no connections meanwhile.
              "spring.datasource.hikari.maximum-pool-size=6",
              "spring.datasource.hikari.minimum-idle=0",
              "spring.datasource.hikari.idle-timeout=10000",
              "dandang.database.embedded=true",
              "dandang.clockwork=false",
              "dandang.ledger.every=0",
              "dandang.key=" + Server.FOLDER.resolve("key"));
      if (asApplication) {
        values =
            values.and(
                "spring.flyway.url=" + url,
                "spring.flyway.user=" + migrator.user(),
                "spring.flyway.password=" + migrator.password(),
                "dandang.database.application=" + own.user());
      }
      values.applyTo(context);
    }
  }

  final class Server {
    public static final Path FOLDER = folder();
    static final EmbeddedDatabase INSTANCE = start();
    private static final String MIGRATED = "migrated";

    static {
      // Nothing here outlives the run: what survives a kill or a power cut is tested elsewhere.
      for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
        asAdministrator("alter system set " + setting + " = off");
      }
      asAdministrator("select pg_reload_conf()");
      Database migrator = INSTANCE.migrator();
      MigratedDatabase.migrate(
          create(MIGRATED + " owner " + DatabaseRoles.OWNER, MIGRATED), migrator);
    }

    private Server() {}

    /** The url of a new database: a copy of one that was migrated when the server started. */
    static String fresh(String name) {
      return create(name + " owner " + DatabaseRoles.OWNER + " template " + MIGRATED, name);
    }

    private static String create(String what, String name) {
      asAdministrator("create database " + what);
      return INSTANCE.database().url().replaceFirst("/dandang$", "/" + name);
    }

    private static void asAdministrator(String statement) {
      Database administrator = INSTANCE.database();
      try (var connection =
              DriverManager.getConnection(
                  administrator.url(), administrator.user(), administrator.password());
          var executed = connection.createStatement()) {
        executed.execute(statement);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    /** The same database as its administrator sees it, past every rule. */
    public static JdbcClient administrator(JdbcClient jdbc) {
      Database administrator = INSTANCE.database();
      String name = jdbc.sql("select current_database()").query(String.class).single();
      return JdbcClient.create(
          new DriverManagerDataSource(
              administrator.url().replaceFirst("/dandang$", "/" + name),
              administrator.user(),
              administrator.password()));
    }

    /** Writes what is in memory to the files, as the administrator of the database may. */
    public static void checkpoint() {
      asAdministrator("checkpoint");
    }

    private static EmbeddedDatabase start() {
      EmbeddedDatabase database = EmbeddedDatabase.open(FOLDER);
      // After every context, whose closing still asks the database.
      SpringApplication.getShutdownHandlers()
          .add(
              () -> {
                database.close();
                delete();
              });
      return database;
    }

    /** Many files: nobody waits until they are gone. */
    private static void delete() {
      try {
        new ProcessBuilder("rm", "-rf", FOLDER.toString()).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Path folder() {
      try {
        return Files.createTempDirectory("dandang-test");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
