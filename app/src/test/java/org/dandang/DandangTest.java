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
import org.dandang.platform.storage.EmbeddedDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/**
 * The application on a real PostgreSQL. One server for the test run; every application context gets
 * a database of its own, empty but migrated.
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
      Database server = Server.INSTANCE;
      String name = "test_" + COUNT.incrementAndGet();
      try (var connection =
              DriverManager.getConnection(server.url(), server.user(), server.password());
          var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      TestPropertyValues.of(
              "spring.datasource.url=" + server.url().replaceFirst("/dandang$", "/" + name),
              "spring.datasource.username=" + server.user(),
              "spring.datasource.password=" + server.password(),
              "spring.datasource.hikari.maximum-pool-size=6",
              "dandang.database.embedded=true",
              "dandang.clockwork=false",
              "dandang.key=" + Server.FOLDER.resolve("key"))
          .applyTo(context);
    }
  }

  final class Server {
    public static final Path FOLDER = folder();
    static final Database INSTANCE = start();

    private Server() {}

    private static Database start() {
      EmbeddedDatabase database = EmbeddedDatabase.open(FOLDER);
      Runtime.getRuntime().addShutdownHook(new Thread(database::close));
      return database.database();
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
