package org.dandang.platform.web;

import java.util.Set;

/**
 * Pages about one record: whoever opens a page below the path must be allowed to read the record,
 * to take it out where the path ends like a file, and to change it where something is sent.
 *
 * @param path as controllers write it, ending with the record's number: <code>/officials/{id}
 *     </code>
 * @param kind of the record, as the rules of access name it
 * @param exceptions paths below whose pages ask for themselves
 */
public record GuardedPath(String path, String kind, Set<String> exceptions) {
  public GuardedPath {
    exceptions = Set.copyOf(exceptions);
    if (!path.contains("{")) {
      throw new IllegalArgumentException("no number of a record in " + path);
    }
  }

  public GuardedPath(String path, String kind) {
    this(path, kind, Set.of());
  }

  /** The same but for what lies below another path, whose pages ask for themselves. */
  public GuardedPath except(String below) {
    return new GuardedPath(path, kind, Set.of(below));
  }

  /** Name of the variable that holds the record's number. */
  String variable() {
    return path.substring(path.lastIndexOf('{') + 1, path.lastIndexOf('}'));
  }

  boolean covers(String pattern) {
    return isAt(path, pattern) && exceptions.stream().noneMatch(one -> isAt(one, pattern));
  }

  private static boolean isAt(String path, String pattern) {
    return pattern.equals(path) || pattern.startsWith(path + "/") || pattern.startsWith(path + ".");
  }
}
