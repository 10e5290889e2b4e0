package org.dandang.official;

import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What somebody asks to have corrected belongs where the person belongs. */
@Component
class CorrectionAccess implements RecordKind {
  private final JdbcClient jdbc;
  private final OfficialAccess officials;

  CorrectionAccess(JdbcClient jdbc, OfficialAccess officials) {
    this.jdbc = jdbc;
    this.officials = officials;
  }

  @Override
  public String kind() {
    return "correction";
  }

  @Override
  public Set<Action> allows(Role role) {
    return officials.allows(role);
  }

  @Override
  public Optional<Place> place(String id) {
    return jdbc.sql("select official_id::text from official.correction_request where id = ?")
        .param(Long.parseLong(id))
        .query(String.class)
        .optional()
        .flatMap(officials::place);
  }
}
