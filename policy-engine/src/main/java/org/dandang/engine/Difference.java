package org.dandang.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row for which the compiled and the interpreted decision differ. */
public record Difference(
    Map<String, @Nullable Object> inputs, String compiled, String interpreted) {
  public Difference {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }
}
