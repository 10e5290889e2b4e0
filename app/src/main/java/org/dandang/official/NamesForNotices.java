package org.dandang.official;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.notice.OfficialNames;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Names beside notices that go to officials on paper. */
@Component
class NamesForNotices implements OfficialNames {
  private final JdbcClient jdbc;
  private final WrittenOfficials written;

  NamesForNotices(JdbcClient jdbc, WrittenOfficials written) {
    this.jdbc = jdbc;
    this.written = written;
  }

  @Override
  public Map<Long, String> names(Collection<Long> officials) {
    Map<Long, String> names = new HashMap<>();
    jdbc.sql(
            "select official_id, name from official.current_identity where official_id = any(:ids)")
        .param("ids", officials.toArray(Long[]::new))
        .query(
            row -> {
              names.put(row.getLong(1), row.getString(2));
            });
    return names;
  }

  @Override
  public List<Long> meant(String text) {
    return written.meant(text);
  }
}
