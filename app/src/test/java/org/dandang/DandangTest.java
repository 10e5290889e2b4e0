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
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.DatabaseRoles;
import org.dandang.platform.storage.EmbeddedDatabase;
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
      Database administrator = Server.INSTANCE.database();
      Database application = Server.INSTANCE.application();
      Database migrator = Server.INSTANCE.migrator();
      Sights.otherwise(new Sight.Everything());
      String name = "test_" + COUNT.incrementAndGet();
      try (var connection =
              DriverManager.getConnection(
                  administrator.url(), administrator.user(), administrator.password());
          var statement = connection.createStatement()) {
        statement.execute("create database " + name + " owner " + DatabaseRoles.OWNER);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      String url = administrator.url().replaceFirst("/dandang$", "/" + name);
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

    private Server() {}

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
      Database administrator = INSTANCE.database();
      try (var connection =
              DriverManager.getConnection(
                  administrator.url(), administrator.user(), administrator.password());
          var statement = connection.createStatement()) {
        statement.execute("checkpoint");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static EmbeddedDatabase start() {
      EmbeddedDatabase database = EmbeddedDatabase.open(FOLDER);
      // After every context, whose closing still asks the database.
      SpringApplication.getShutdownHandlers().add(database::close);
      return database;
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
