package org.dandang.protection.sanction;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;

/**
 * What the two offices that work on discipline see of its registers: a personnel officer what such
 * officers see, a discipline officer the registers' rows of those in the units of that role.
 */
public final class Offices {
  private Offices() {}

  /** Does something with the sight an account has on these registers. */
  public static <T extends @Nullable Object> T seeing(SignedIn account, Supplier<T> work) {
    return Sights.now() instanceof Sight.Part part
        ? Sights.as(widened(part, account), () -> Sights.wide(work))
        : work.get();
  }

  private static Sight.Part widened(Sight.Part part, SignedIn account) {
    Set<Long> units = part.units() == null ? null : new HashSet<>(part.units());
    for (Assignment held : account.today()) {
      if (held.role() == Role.DISCIPLINE_OFFICER) {
        if (held.unit() == null) {
          units = null;
        } else if (units != null) {
          units.add(held.unit());
        }
      }
    }
    return new Sight.Part(
        part.day(), units, part.own(), part.granted(), part.hidden(), part.wide(), part.account());
  }
}
