package org.dandang.protection.closed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Streams rows into a temporary table of the transaction at hand. */
final class Stage implements AutoCloseable {
  private static final int SEND_FROM = 1 << 16;

  private final CopyIn copy;
  private final StringBuilder text = new StringBuilder(SEND_FROM + 4_096);
  private boolean ended;

  Stage(Connection connection, String table, List<String> columns) throws SQLException {
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy %s (%s) from stdin".formatted(table, String.join(", ", columns)));
  }

  void row(@Nullable String... values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        text.append('\t');
      }
      String value = values[i];
      if (value == null) {
        text.append("\\N");
      } else {
        escaped(value);
      }
    }
    text.append('\n');
    if (text.length() >= SEND_FROM) {
      send();
    }
  }

  private void escaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case 0 -> text.append('\uFFFD');
        default -> text.append(c);
      }
    }
  }

  private void send() throws IOException {
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(bytes, 0, bytes.length);
      text.setLength(0);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  void end() throws IOException, SQLException {
    send();
    copy.endCopy();
    ended = true;
  }

  @Override
  public void close() throws SQLException {
    if (!ended) {
      copy.cancelCopy();
    }
  }
}
