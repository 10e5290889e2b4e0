package org.dandang.protection.clarification;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.OnRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reports that were found unfounded; there is no way from here to any other. */
@Component
class UnfoundedReports implements OnRecord {
  private static final String READ =
      """
      select r.report_id as id, r.number, r.official_id as official, coalesce(s.label, '–') as person, r.unit_id as unit,
             r.outcome_on as on, r.outcome, r.concluded as again
        from protection.unfounded_report r left join official.subject s on s.subject = r.official_id
      """;

  private final JdbcClient jdbc;

  UnfoundedReports(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String kind() {
    return "unfounded-outcome";
  }

  /** By its number, alone or behind the name as {@link #labels} writes it. */
  @Override
  public Optional<Long> find(String text, SignedIn account) {
    return jdbc.sql("select report_id from protection.unfounded_report where number = ? limit 1")
        .param(OnRecord.key(text))
        .query(Long.class)
        .optional();
  }

  /** What was reported about the official and was not so, as far as the account sees it. */
  @Override
  public List<Long> offered(@Nullable Long official, SignedIn account) {
    return official == null
        ? List.of()
        : jdbc.sql(
                """
                select report_id from protection.unfounded_report where official_id = ?
                 order by outcome_on desc, report_id desc limit 20
                """)
            .param(official)
            .query(Long.class)
            .list();
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    jdbc.sql(READ + " where r.report_id = any (?)")
        .param(ids.toArray(Long[]::new))
        .query(UnfoundedReport.class)
        .list()
        .forEach(one -> labels.put(one.id(), one.person() + " · " + one.number()));
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return find(id).map(UnfoundedReport::unit);
  }

  Optional<UnfoundedReport> find(long id) {
    return jdbc.sql(READ + " where r.report_id = ?")
        .param(id)
        .query(UnfoundedReport.class)
        .optional();
  }

  /** Those a reader sees for which no clarification was agreed to yet, the newest first. */
  List<UnfoundedReport> open(int from, int most) {
    return jdbc.sql(
            READ
                + """
                 where not exists (select from protection.clarification c where c.report_id = r.report_id)
                 order by r.outcome_on desc, r.report_id desc limit ? offset ?
                """)
        .params(most, from)
        .query(UnfoundedReport.class)
        .list();
  }
}
