package org.dandang.engine;

import java.util.List;

/**
 * An input a model asks for.
 *
 * @param name as the model spells it
 * @param type the FEEL type: {@code number}, {@code string}, {@code boolean}, {@code date}, … or
 *     {@code Any}
 * @param allowedValues the allowed values as written in the model, one entry for each test; empty
 *     when any value of the type is allowed. A missing value is allowed only where there are none
 *     or {@code null} is one of them.
 */
public record ModelInput(String name, String type, List<String> allowedValues) {
  public ModelInput {
    allowedValues = List.copyOf(allowedValues);
  }
}
