package org.dandang.platform.web;

/**
 * Pages about one record: whoever opens a page below the path must be allowed to read the record,
 * to take it out where the path ends like a file, and to change it where something is sent.
 *
 * @param path as controllers write it, ending with the record's number: <code>/officials/{id}
 *     </code>
 * @param kind of the record, as the rules of access name it
 */
public record GuardedPath(String path, String kind) {
  public GuardedPath {
    if (!path.contains("{")) {
      throw new IllegalArgumentException("no number of a record in " + path);
    }
  }

  /** Name of the variable that holds the record's number. */
  String variable() {
    return path.substring(path.lastIndexOf('{') + 1, path.lastIndexOf('}'));
  }

  boolean covers(String pattern) {
    return pattern.equals(path) || pattern.startsWith(path + "/") || pattern.startsWith(path + ".");
  }
}
