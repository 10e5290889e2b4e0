package org.dandang.engine;

import java.util.List;

/**
 * An input of a model.
 *
 * @param allowed FEEL tests its values must satisfy; empty where any value may come
 */
public record ModelInput(String name, FeelType type, List<String> allowed) {
  public ModelInput {
    allowed = List.copyOf(allowed);
  }
}
