package org.dandang.platform.access;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What of people's records an account sees: by role and jurisdiction, by grants, less recusals. */
@Component
public class Readers {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final String OFFICIAL = "official";

  private final Assignments assignments;
  private final Grants grants;
  private final Recusals recusals;
  private final Changes changes;
  private final ObjectProvider<RecordKind> kinds;
  private final ObjectProvider<Relations> relations;
  private final Map<Long, Known> lately = new ConcurrentHashMap<>();

  private record Known(long changes, LocalDate day, long at, List<Assignment> roles, Sight sight) {}

  Readers(
      Assignments assignments,
      Grants grants,
      Recusals recusals,
      Changes changes,
      ObjectProvider<RecordKind> kinds,
      ObjectProvider<Relations> relations) {
    this.assignments = assignments;
    this.grants = grants;
    this.recusals = recusals;
    this.changes = changes;
    this.kinds = kinds;
    this.relations = relations;
  }

  /** At most five seconds old; changes made by this process count at once. */
  public Sight sightOf(SignedIn account) {
    long counted = changes.counted();
    LocalDate day = assignments.today();
    Known known = lately.get(account.account());
    if (known == null
        || known.changes() != counted
        || !known.day().equals(day)
        || !known.roles().equals(account.today())
        || System.nanoTime() - known.at() > FRESH.toNanos()) {
      Sight sight = Sights.everything(() -> found(account, day));
      known = new Known(counted, day, System.nanoTime(), account.today(), sight);
      lately.put(account.account(), known);
    }
    return known.sight();
  }

  private Sight found(SignedIn account, LocalDate day) {
    Long own = account.official();
    Set<Long> hidden = new HashSet<>();
    Relations known = relations.getIfAvailable();
    if (own != null && known != null) {
      hidden.addAll(known.kin(own));
    }
    recusals.of(account.account()).stream()
        .filter(recusal -> recusal.subjectKind().equals(OFFICIAL))
        .forEach(recusal -> hidden.add(Long.valueOf(recusal.subjectId())));
    if (own != null) {
      hidden.remove(own);
    }
    return new Sight.Part(
        day, units(account), own, granted(account), hidden, false, account.account());
  }

  private Set<Long> granted(SignedIn account) {
    return grants.of(account.account(), OFFICIAL).stream()
        .map(Long::valueOf)
        .collect(Collectors.toSet());
  }

  /** Null: all. */
  private @Nullable Set<Long> units(SignedIn account) {
    RecordKind official =
        kinds.stream().filter(kind -> kind.kind().equals(OFFICIAL)).findFirst().orElse(null);
    Set<Long> units = new HashSet<>();
    for (Assignment held : account.today()) {
      if (official != null && official.allows(held.role()).contains(Action.READ)) {
        if (held.unit() == null) {
          return null;
        }
        units.add(held.unit());
      }
    }
    return units;
  }
}
