package org.dandang.official;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a list shows; open ones longest waiting first, others newest first.
 *
 * @param official only this official's; null: everybody's
 * @param name the beginning of a name, or a key; blank: any
 */
public record CorrectionFilter(Which which, @Nullable Long official, String name) {
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

  String order() {
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
