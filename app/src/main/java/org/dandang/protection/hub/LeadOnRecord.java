package org.dandang.protection.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.OnRecord;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Leads, as forms of procedures name them: by their number. */
@Component
class LeadOnRecord implements OnRecord {
  private final JdbcClient jdbc;
  private final LeadAccess access;

  LeadOnRecord(JdbcClient jdbc, LeadAccess access) {
    this.jdbc = jdbc;
    this.access = access;
  }

  @Override
  public String kind() {
    return LeadAccess.KIND;
  }

  @Override
  public Optional<Long> find(String text, SignedIn account) {
    return Sights.everything(
            () ->
                jdbc.sql("select id from protection.lead where number = ?")
                    .param(text.strip())
                    .query(Long.class)
                    .optional())
        .filter(lead -> access.may(account, Action.READ, lead));
  }

  /** Leads being handled that name the official, as far as the account reads them. */
  @Override
  public List<Long> offered(@Nullable Long official, SignedIn account) {
    return official == null
        ? List.of()
        : Sights.everything(
                () ->
                    jdbc.sql(
                            """
                            select l.id from protection.lead_person p join protection.lead l on l.id = p.lead_id
                             where p.official_id = ? and l.state = 'open'
                             order by l.received_on desc, l.id desc limit 20
                            """)
                        .param(official)
                        .query(Long.class)
                        .list())
            .stream()
            .filter(lead -> access.may(account, Action.READ, lead))
            .toList();
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    jdbc.sql("select id, number from protection.lead where id = any (?)")
        .param(ids.toArray(Long[]::new))
        .query(
            row -> {
              labels.put(row.getLong(1), row.getString(2));
            });
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return jdbc.sql("select unit_id from protection.lead where id = ?")
        .param(id)
        .query(Long.class)
        .optional();
  }
}
