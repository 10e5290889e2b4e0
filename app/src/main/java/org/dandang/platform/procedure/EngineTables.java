package org.dandang.platform.procedure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** Makes the engine's own tables, from the scripts it comes with, in a schema of their own. */
public final class EngineTables implements JavaMigration {
  /** Where the engine keeps them. */
  public static final String SCHEMA = "flowable";

  private static final List<String> SCRIPTS =
      List.of(
          "org/flowable/common/db/create/flowable.postgres.create.common.sql",
          "org/flowable/db/create/flowable.postgres.create.engine.sql",
          "org/flowable/db/create/flowable.postgres.create.history.sql");

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("51");
  }

  @Override
  public String getDescription() {
    return "engine tables";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException, IOException {
    try (Statement statement = context.getConnection().createStatement()) {
      String path = context.getConnection().getSchema();
      statement.execute("create schema " + SCHEMA);
      context.getConnection().setSchema(SCHEMA);
      for (String script : SCRIPTS) {
        statement.execute(read(script));
      }
      context.getConnection().setSchema(path);
    }
  }

  private static String read(String script) throws IOException {
    try (InputStream in = EngineTables.class.getClassLoader().getResourceAsStream(script)) {
      if (in == null) {
        throw new IOException("the engine has no script " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
