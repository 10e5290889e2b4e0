package org.dandang.survey.count;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which groups may be shown by themselves. */
public final class Disclosure {
  private Disclosure() {}

  /**
   * The groups that are large enough, and from which no small one follows by subtraction.
   *
   * @param ballots of each group
   * @param rest ballots that belong to no group that could be shown
   * @param smallest fewer ballots than this are not shown
   */
  public static Set<String> of(Map<String, Long> ballots, long rest, long smallest) {
    Set<String> shown = new TreeSet<>();
    long hidden = rest;
    for (Map.Entry<String, Long> group : ballots.entrySet()) {
      if (group.getValue() >= smallest) {
        shown.add(group.getKey());
      } else {
        hidden += group.getValue();
      }
    }
    List<String> bySize =
        shown.stream()
            .sorted(
                Comparator.<String>comparingLong(group -> ballots.getOrDefault(group, 0L))
                    .thenComparing(group -> group))
            .toList();
    for (String next : bySize) {
      if (hidden == 0 || hidden >= smallest) {
        break;
      }
      shown.remove(next);
      hidden += ballots.getOrDefault(next, 0L);
    }
    return shown;
  }
}
