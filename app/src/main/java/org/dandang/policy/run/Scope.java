package org.dandang.policy.run;

import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;

/**
 * Whom a question about everybody counts: everybody, or, where whoever asks has a jurisdiction over
 * some units only, those within it.
 */
public record Scope(Sight sight) {
  /** That of whoever asks on this thread. */
  public static Scope now() {
    return new Scope(Sights.now());
  }

  /** Whether nobody is left out for lack of jurisdiction. */
  public boolean isEverybody() {
    return sight instanceof Sight.Everything
        || (sight instanceof Sight.Part part && part.units() == null);
  }

  /** The same for all who count the same subjects. */
  public String key() {
    return isEverybody() ? "" : sight.text();
  }
}
