package org.dandang.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An upgrade comes about as a whole or not at all. */
class MigrationTests {
  private static final Path PRESENT = Path.of("src", "main", "resources", "db", "migration");

  @TempDir Path place;
  private EmbeddedDatabase embedded;
  private JdbcClient jdbc;
  private Configuration configuration;

  @BeforeEach
  void present() {
    embedded = EmbeddedDatabase.open(place.resolve("data"));
    Database database = embedded.database();
    DriverManagerDataSource source =
        new DriverManagerDataSource(database.url(), database.user(), database.password());
    jdbc = JdbcClient.create(source);
    configuration = Flyway.configure().dataSource(source);
    Migrations.migrate(configuration, "classpath:db/migration/");
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  /** The present migrations, one more in the first module, and one in the last that fails. */
  private Path next() throws IOException {
    Path next = place.resolve("next");
    try (var files = Files.walk(PRESENT)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = next.resolve(PRESENT.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    Files.writeString(
        next.resolve("platform/V900__fine.sql"),
        "create table platform.new_thing (id int); update platform.account set language = 'en';");
    Files.writeString(
        next.resolve("selection/V900__fails.sql"),
        "create table selection.new_thing (id int); insert into selection.new_thing values (1 /"
            + " 0);");
    return next;
  }

  private List<String> history() {
    return jdbc.sql(
            "select version || ' ' || success from platform.flyway_schema_history order by"
                + " installed_rank")
        .query(String.class)
        .list();
  }

  private boolean exists(String table) {
    return jdbc.sql("select to_regclass(?) is not null").param(table).query(Boolean.class).single();
  }

  @Test
  void aFailureInTheLastModuleUndoesAllOfThem() throws Exception {
    List<String> before = history();
    String next = "filesystem:" + next() + "/";
    assertThatThrownBy(() -> Migrations.migrate(configuration, next))
        .hasMessageContaining("division by zero");
    assertThat(exists("platform.new_thing")).isFalse();
    assertThat(exists("selection.new_thing")).isFalse();
    assertThat(history()).isEqualTo(before);
    Migrations.migrate(configuration, "classpath:db/migration/");
  }

  @Test
  void aFolderWhoseUpgradeFailedIsOpenedByTheVersionBefore() throws Exception {
    String next = "filesystem:" + next() + "/";
    assertThatThrownBy(() -> Migrations.migrate(configuration, next)).isNotNull();
    embedded.close();
    present();
    assertThat(exists("platform.ledger_entry")).isTrue();
  }

  /** The control: one module after another, each by itself, leaves a database of no version. */
  @Test
  void withoutTheOneTransactionHalfAnUpgradeWouldStay() throws Exception {
    Path next = next();
    for (String module : List.of("platform", "selection")) {
      Flyway flyway =
          Flyway.configure()
              .configuration(configuration)
              .locations("filesystem:" + next.resolve(module))
              .schemas(module)
              .ignoreMigrationPatterns("*:missing") // what a program makes
              .load();
      if (module.equals("selection")) {
        assertThatThrownBy(flyway::migrate).hasMessageContaining("division by zero");
      } else {
        flyway.migrate();
      }
    }
    assertThat(exists("platform.new_thing")).isTrue();
    assertThatThrownBy(() -> Migrations.migrate(configuration, "classpath:db/migration/"))
        .isInstanceOf(org.flywaydb.core.api.exception.FlywayValidateException.class);
  }

  @Test
  void theConnectionGoesBackAsItCame() throws SQLException {
    assertThat(jdbc.sql("show search_path").query(String.class).single())
        .isEqualTo("\"$user\", public");
  }
}
