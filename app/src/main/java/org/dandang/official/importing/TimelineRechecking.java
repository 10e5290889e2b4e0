package org.dandang.official.importing;

import javax.sql.DataSource;
import org.dandang.official.Timelines;
import org.dandang.platform.jobs.Progress;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

@Component
class TimelineRechecking implements Timelines {
  private final JdbcTemplate jdbc;

  TimelineRechecking(DataSource dataSource) {
    this.jdbc = new JdbcTemplate(dataSource);
  }

  @Override
  public void recheck(long official) {
    new TimelineFlags(new Storing.Statements(jdbc, Progress.unwatched()))
        .recompute("select " + official + "::bigint as official_id");
  }
}
