package org.dandang.official;

import java.util.List;
import org.dandang.platform.procedure.OnRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Officials as somebody writes them: by key, alone or behind the name, or by the whole name. */
@Component
class WrittenOfficials {
  private static final int MOST_NAMESAKES = 50;

  private final JdbcClient jdbc;

  WrittenOfficials(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Numbers of those in sight who are meant: whoever has the key, else all of the name. */
  List<Long> meant(String text) {
    List<Long> found = by("key", OnRecord.key(text));
    return found.isEmpty() ? by("label", text.strip()) : found;
  }

  private List<Long> by(String column, String value) {
    return jdbc.sql(
            "select subject from official.subject where %s = ? limit %d"
                .formatted(column, MOST_NAMESAKES))
        .param(value)
        .query(Long.class)
        .list();
  }
}
