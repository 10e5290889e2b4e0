package org.dandang.official;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.procedure.OnRecord;
import org.dandang.platform.storage.Sights;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Officials, as procedures are about them. */
@Component
class OfficialOnRecord implements OnRecord {
  private final JdbcClient jdbc;
  private final WrittenOfficials written;
  private final Access access;
  private final Clock clock;
  private final ZoneId zone;

  OfficialOnRecord(
      JdbcClient jdbc,
      WrittenOfficials written,
      @Lazy Access access,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.written = written;
    this.access = access;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public String kind() {
    return "official";
  }

  /**
   * By the key of the register, alone or behind the name as {@link #labels} writes it, or by name.
   */
  @Override
  public Optional<Long> find(String text, SignedIn account) {
    return Sights.everything(
        () -> {
          List<Long> named =
              written.meant(text).stream()
                  .filter(one -> mayName(account, Subject.official(one)))
                  .toList();
          return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
        });
  }

  private boolean mayName(SignedIn account, Subject official) {
    return access.may(account, Action.NAME, official).allowed()
        || access.may(account, Action.READ, official).allowed();
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    jdbc.sql("select subject, label || ' · ' || key from official.subject where subject = any (?)")
        .param(ids.toArray(Long[]::new))
        .query(
            row -> {
              labels.put(row.getLong(1), row.getString(2));
            });
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return jdbc.sql(
            """
            select c.unit_id from official.counted_posts(?, ?) c order by c.unit_id limit 1
            """)
        .params(id, LocalDate.now(clock.withZone(zone)))
        .query(Long.class)
        .optional();
  }
}
