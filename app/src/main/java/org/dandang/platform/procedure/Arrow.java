package org.dandang.platform.procedure;

import java.util.List;

/**
 * The way from one node to another.
 *
 * @param outcomes behind a choice: outcomes that go this way; empty elsewhere
 */
public record Arrow(String id, String from, String to, List<String> outcomes, int line) {
  public Arrow {
    outcomes = List.copyOf(outcomes);
  }
}
