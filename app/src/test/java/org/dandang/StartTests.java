package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DandangTest
class StartTests {
  @Autowired JdbcClient jdbc;

  @Test
  void everyModuleHasItsOwnSchemaAndMigrationHistory() {
    assertThat(
            jdbc.sql(
                    "select table_schema from information_schema.tables where table_name = 'flyway_schema_history'")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder(
            "platform", "policy", "organisation", "official", "survey", "protection", "selection");
  }
}
