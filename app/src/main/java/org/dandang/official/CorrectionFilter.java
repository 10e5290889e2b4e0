package org.dandang.official;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a list shows, and in which order.
 *
 * @param official only this official's; null: everybody's
 * @param name the beginning of a name, or a key; blank: any
 * @param sort null: open ones longest waiting first, others newest first
 */
public record CorrectionFilter(
    Which which, @Nullable Long official, String name, @Nullable Sort sort, boolean falling) {
  /** What the list can be sorted by. */
  public enum Sort {
    NUMBER("r.id"),
    OFFICIAL("coalesce(i.name, o.key)"),
    KIND("r.register"),
    ASKED("r.asked_at"),
    STATE("r.state"),
    DECIDED("r.decided_at");

    private final String column;

    Sort(String column) {
      this.column = column;
    }

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static @Nullable Sort of(String word) {
      return java.util.Arrays.stream(values())
          .filter(one -> one.word().equals(word))
          .findFirst()
          .orElse(null);
    }
  }

  CorrectionFilter(Which which, @Nullable Long official, String name) {
    this(which, official, name, null, false);
  }

  public enum Which {
    OPEN,
    DECIDED,
    ALL;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  String condition() {
    String state =
        switch (which) {
          case OPEN -> "r.state = 'open'";
          case DECIDED -> "r.state <> 'open'";
          case ALL -> "true";
        };
    return " where "
        + state
        + (official == null ? "" : " and r.official_id = :official")
        + (name.isBlank() ? "" : " and (i.name like :name or o.key = :key)");
  }

  /** The address of the list with these conditions, as its query. */
  public String query() {
    StringBuilder query = new StringBuilder("?state=").append(which.word());
    if (official != null) {
      query.append("&official=").append(official);
    }
    if (!name.isBlank()) {
      query.append("&name=").append(URLEncoder.encode(name, StandardCharsets.UTF_8));
    }
    if (sort != null) {
      query.append("&sort=").append(sort.word()).append(falling ? "&falling=true" : "");
    }
    return query.toString();
  }

  /** The same sorted by a column, the other way round where it is sorted by it already. */
  public CorrectionFilter sorted(Sort by) {
    return new CorrectionFilter(which, official, name, by, by == sort && !falling);
  }

  /** The same of another state. */
  public CorrectionFilter of(Which other) {
    return new CorrectionFilter(other, official, name, sort, falling);
  }

  String order() {
    if (sort != null) {
      return " order by " + sort.column + (falling ? " desc nulls last" : " nulls last") + ", r.id";
    }
    return which == Which.OPEN
        ? " order by r.asked_at, r.id"
        : which == Which.DECIDED ? " order by r.decided_at desc, r.id desc" : " order by r.id desc";
  }

  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (official != null) {
      parameters.put("official", official);
    }
    if (!name.isBlank()) {
      parameters.put("name", name.strip().replaceAll("([\\\\%_])", "\\\\$1") + "%");
      parameters.put("key", name.strip());
    }
    return parameters;
  }
}
