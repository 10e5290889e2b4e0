package org.dandang.official.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.official.form.UnitNames;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The units of the register by their names, read once for an import. */
final class KnownUnits implements UnitNames {
  private static final int LONGEST = 60;

  /** A unit with the one it lies in. */
  private record Named(long id, String name, @Nullable Long parent) {}

  private final Map<String, List<Named>> byName = new HashMap<>();
  private final Map<Long, Named> byId = new HashMap<>();

  KnownUnits(JdbcTemplate jdbc) {
    jdbc.query(
        "select id, name, parent_id from organisation.unit",
        row -> {
          Named unit =
              new Named(
                  row.getLong("id"), row.getString("name"), (Long) row.getObject("parent_id"));
          byId.put(unit.id(), unit);
          if (unit.name().length() > 1) {
            byName.computeIfAbsent(unit.name(), name -> new ArrayList<>(1)).add(unit);
          }
        });
  }

  @Override
  public Optional<Found> at(String text) {
    return longest(text, 0, new ArrayList<>());
  }

  /** From a place in the text, the deepest unit reached by naming one within the other. */
  private Optional<Found> longest(String text, int from, List<Long> above) {
    for (int end = Math.min(text.length(), from + LONGEST); end > from + 1; end--) {
      List<Named> named = byName.get(text.substring(from, end));
      if (named == null) {
        continue;
      }
      List<Named> fitting =
          above.isEmpty()
              ? named
              : named.stream()
                  .filter(unit -> above.stream().anyMatch(id -> within(unit, id)))
                  .toList();
      if (fitting.isEmpty()) {
        continue;
      }
      Optional<Found> deeper = longest(text, end, fitting.stream().map(Named::id).toList());
      if (deeper.isPresent()) {
        return deeper;
      }
      if (fitting.size() == 1) {
        return Optional.of(new Found(fitting.getFirst().id(), end));
      }
    }
    return Optional.empty();
  }

  private boolean within(Named unit, long other) {
    Long parent = unit.parent();
    for (int steps = 0; parent != null && steps < 20; steps++) {
      if (parent == other) {
        return true;
      }
      Named above = byId.get(parent);
      parent = above == null ? null : above.parent();
    }
    return false;
  }
}
