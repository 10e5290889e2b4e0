package org.dandang.organisation;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.OnRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Units, as procedures name them. */
@Component
class UnitOnRecord implements OnRecord {
  private final JdbcClient jdbc;
  private final UnitSearch search;

  UnitOnRecord(JdbcClient jdbc, UnitSearch search) {
    this.jdbc = jdbc;
    this.search = search;
  }

  @Override
  public String kind() {
    return "unit";
  }

  @Override
  public Optional<Long> find(String text, SignedIn account) {
    try {
      return Optional.of(search.chosen(text, null));
    } catch (OrganisationProblem none) {
      return Optional.empty();
    }
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    jdbc.sql("select id, name from organisation.unit where id = any (?)")
        .param(ids.toArray(Long[]::new))
        .query(
            row -> {
              labels.put(row.getLong(1), row.getString(2));
            });
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return Optional.of(id);
  }
}
