package org.dandang.official;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dandang.official.search.OfficialFilter;
import org.dandang.official.search.OfficialFilters;
import org.dandang.official.search.OfficialSearch;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Officials as a list names them, for modules that speak of many. */
@Component
public class ListedOfficials {
  private final OfficialFilters filters;
  private final OfficialSearch search;
  private final JdbcClient jdbc;

  ListedOfficials(OfficialFilters filters, OfficialSearch search, JdbcClient jdbc) {
    this.filters = filters;
    this.search = search;
    this.jdbc = jdbc;
  }

  /**
   * Those on a list of officials, as the registers are now.
   *
   * @param address the query of the list's address, with or without its question mark
   * @throws IllegalArgumentException when it narrows nothing, or asks what cannot be asked
   */
  public List<Long> of(String address) {
    OfficialFilter filter = filters.of(address);
    if (!filter.narrows() || !filter.refused().isEmpty() || !filter.unknownUnit().isEmpty()) {
      throw new IllegalArgumentException(address);
    }
    return search.ids(filter, List.of());
  }

  /**
   * Those meant by keys or by names.
   *
   * @return each text with all whom it can mean; a text that means nobody has none
   */
  public Map<String, List<Long>> meant(List<String> texts) {
    Map<String, List<Long>> meant = new TreeMap<>();
    texts.forEach(text -> meant.put(text, new ArrayList<>()));
    jdbc.sql(
            """
            select o.key as text, o.id from official.official o where o.key = any(:texts)
            union
            select i.name, i.official_id from official.current_identity i where i.name = any(:texts) and i.status = 'serving'
            order by 1, 2
            """)
        .param("texts", texts.toArray(String[]::new))
        .query(
            row -> {
              List<Long> ids = meant.get(row.getString(1));
              if (ids != null && !ids.contains(row.getLong(2))) {
                ids.add(row.getLong(2));
              }
            });
    return meant;
  }
}
