package org.dandang.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.dandang.Dandang;
import org.dandang.platform.access.Accounts;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** An upgrade comes about as a whole or not at all. */
class MigrationTests {
  private static final Path PRESENT = Path.of("src", "main", "resources", "db", "migration");

  @TempDir Path place;
  private EmbeddedDatabase embedded;
  private JdbcClient jdbc;
  private Configuration configuration;

  @BeforeEach
  void present() {
    if (!Files.exists(place.resolve("data"))) {
      PreparedFolder.migrated(place.resolve("data"));
    }
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
    FileSystemUtils.copyRecursively(PRESENT, next);
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

  /** The new program fails at its start; then the old one starts on the folder and works. */
  @Test
  void theProgramOfBeforeStartsAndWorksAfterTheNewOneFailedToStart() throws Exception {
    long account;
    try (ConfigurableApplicationContext before = started(null)) {
      account = before.getBean(Accounts.class).open("kept", "留下的人", null, "test").account();
    }
    String next = "filesystem:" + next() + "/";
    assertThatThrownBy(() -> started(next).close()).hasStackTraceContaining("division by zero");
    embedded.close();
    embedded = EmbeddedDatabase.open(place.resolve("data"));
    try (ConfigurableApplicationContext again = started(null)) {
      assertThat(again.getBean(Accounts.class).loadUserByUsername("kept").account())
          .isEqualTo(account);
      again.getBean(Accounts.class).resetPassword(account, "test");
    }
  }

  /** The whole program; with migrations that are not its own where some are named. */
  private ConfigurableApplicationContext started(String migrations) {
    Database database = embedded.database();
    return new SpringApplicationBuilder(Dandang.class)
        .initializers(
            context -> {
              if (migrations != null) {
                ((GenericApplicationContext) context)
                    .registerBean(
                        "next",
                        FlywayMigrationStrategy.class,
                        () ->
                            flyway ->
                                Sights.everywhere(
                                    () ->
                                        Migrations.migrate(flyway.getConfiguration(), migrations)),
                        bean -> bean.setPrimary(true));
              }
            })
        .web(WebApplicationType.NONE)
        .registerShutdownHook(false)
        .properties(
            Map.of(
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.user(),
                "spring.datasource.password", database.password(),
                "dandang.key", place.resolve("data/key").toString(),
                "dandang.index", place.resolve("data/index").toString()))
        .run();
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
