package org.dandang.platform.procedure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A matter to begin.
 *
 * @param pack whose procedure it follows
 * @param unit to which it belongs: who holds a role over it may do its steps
 * @param answers to the form with which it begins, by field
 */
public record Beginning(String pack, long unit, List<Party> parties, Map<String, String> answers) {
  public Beginning {
    parties = List.copyOf(parties);
    answers = new TreeMap<>(answers);
  }
}
