package org.dandang.official;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Reach;
import org.dandang.platform.storage.Sight;

/**
 * Whose rows somebody may take in who is an officer of some units: those of the people of these
 * units, with posts in them.
 *
 * @param units over which the role is held, with all that lies within them
 * @param apart officials from whom the officer keeps away
 * @param day whose posts count
 */
public record Jurisdiction(Set<Long> units, Set<Long> apart, LocalDate day) {
  public Jurisdiction {
    units = Set.copyOf(units);
    apart = Set.copyOf(apart);
  }

  /** Of an officer's reach; empty for one over everything. */
  public static Optional<Jurisdiction> of(Reach reach, LocalDate day) {
    return reach.everywhere()
        ? Optional.empty()
        : Optional.of(new Jurisdiction(reach.held(), reach.apart(), day));
  }

  /** As the database is told of it, to find the people within. */
  public String sight() {
    return new Sight.Part(day, units, null, Set.of(), apart, false, 0).text();
  }

  /** As SQL takes them. */
  public Long[] unitNumbers() {
    return units.toArray(Long[]::new);
  }
}
