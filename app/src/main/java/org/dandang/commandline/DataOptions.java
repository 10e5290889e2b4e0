package org.dandang.commandline;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command works on. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of the embedded database (default: ${DEFAULT-VALUE}).",
      defaultValue = "${DANDANG_DATA:-var/data}")
  Path folder = Path.of("var/data");

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description = {
        "An external PostgreSQL 16 or newer instead, for example jdbc:postgresql://host/dandang;",
        "user and password from DANDANG_DATABASE_USER and DANDANG_DATABASE_PASSWORD."
      },
      defaultValue = "${DANDANG_DATABASE_URL}")
  @Nullable String external;
}
