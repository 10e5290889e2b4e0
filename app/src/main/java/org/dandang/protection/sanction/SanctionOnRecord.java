package org.dandang.protection.sanction;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.procedure.OnRecord;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Measures, as forms name them: by number, or by the number of the document. */
@Component
class SanctionOnRecord implements OnRecord {
  private final JdbcClient jdbc;
  private final Access access;

  SanctionOnRecord(JdbcClient jdbc, @Lazy Access access) {
    this.jdbc = jdbc;
    this.access = access;
  }

  @Override
  public String kind() {
    return Sanctions.SUBJECT;
  }

  @Override
  public Optional<Long> find(String text, SignedIn account) {
    String key = OnRecord.key(text);
    return Sights.everything(
        () ->
            jdbc
                .sql(
                    "select id, official_id from protection.sanction where id::text = :key or"
                        + " number = :key limit 2")
                .param("key", key)
                .query((row, number) -> new long[] {row.getLong(1), row.getLong(2)})
                .list()
                .stream()
                .filter(one -> maySee(account, one[1]))
                .map(one -> one[0])
                .reduce((one, other) -> -1L)
                .filter(id -> id > 0));
  }

  /** The official's own measures. */
  @Override
  public List<Long> offered(@Nullable Long official, SignedIn account) {
    if (official == null || !maySee(account, official)) {
      return List.of();
    }
    return Sights.everything(
        () ->
            jdbc.sql(
                    """
                    select id from protection.sanction where official_id = ?
                     order by decided_on desc, id desc limit 20
                    """)
                .param(official)
                .query(Long.class)
                .list());
  }

  private boolean maySee(SignedIn account, long official) {
    return access.may(account, Action.READ, Subject.official(official)).allowed()
        || (account.has(Role.DISCIPLINE_OFFICER)
            && access
                .may(account, Action.READ, new Subject(Sanctions.SUBJECT, Long.toString(official)))
                .allowed());
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    jdbc.sql(
            "select id, concat_ws(' · ', number, decided_on, id) from protection.sanction where id"
                + " = any (?)")
        .param(ids.toArray(Long[]::new))
        .query(
            row -> {
              labels.put(row.getLong(1), row.getString(2));
            });
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return jdbc.sql("select unit_id from protection.sanction where id = ? and unit_id is not null")
        .param(id)
        .query(Long.class)
        .optional();
  }
}
