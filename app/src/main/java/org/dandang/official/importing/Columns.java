package org.dandang.official.importing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.dandang.official.register.Values;

/**
 * Where a mapping's fields stand in a file.
 *
 * @param headers as the file writes them
 * @param key columns whose values joined are the official's key; empty where rows speak of units
 * @param of column of each field that has one
 * @param constants what each fed field without a column holds in every row
 */
record Columns(
    List<String> headers, int[] key, Map<Field, Integer> of, Map<Field, String> constants) {

  /** Columns of a header row, or which of the mapping's needed columns it lacks. */
  sealed interface Search {
    record Found(Columns columns) implements Search {}

    record Missing(List<String> columns, int found) implements Search {}

    record Twice(String column) implements Search {}
  }

  static Search search(MappingDefinition mapping, String[] cells, int width) {
    Map<String, Integer> places = new HashMap<>();
    Map<String, Integer> twice = new HashMap<>();
    List<String> headers = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      headers.add(cells[i]);
      String name = Values.header(cells[i]);
      if (!name.isEmpty() && places.putIfAbsent(name, i) != null) {
        twice.put(name, i);
      }
    }
    List<String> missing = new ArrayList<>();
    int[] key = {};
    if (mapping.key() instanceof FieldRule rule) {
      int column = place(places, rule.headers());
      if (column >= 0) {
        key = new int[] {column};
      } else if (!rule.orJoined().isEmpty()) {
        key = rule.orJoined().stream().mapToInt(part -> place(places, part)).toArray();
      }
      if (key.length == 0 || Arrays.stream(key).anyMatch(each -> each < 0)) {
        missing.add(rule.headers().getFirst());
      }
    }
    Map<Field, Integer> of = new EnumMap<>(Field.class);
    Map<Field, String> constants = new EnumMap<>(Field.class);
    for (Map.Entry<Field, FieldRule> feed : mapping.feeds().entrySet()) {
      FieldRule rule = feed.getValue();
      if (rule.constant() != null) {
        constants.put(feed.getKey(), rule.constant());
        continue;
      }
      int column = place(places, rule.headers());
      if (column >= 0) {
        of.put(feed.getKey(), column);
      } else if (rule.blank() != null && feed.getKey().essential()) {
        constants.put(feed.getKey(), rule.blank());
      } else if (rule.required()) {
        missing.add(rule.headers().getFirst());
      }
    }
    if (!missing.isEmpty()) {
      return new Search.Missing(missing, of.size());
    }
    Set<Integer> used = new java.util.HashSet<>(of.values());
    Arrays.stream(key).forEach(used::add);
    for (String name : twice.keySet()) {
      Integer first = places.get(name);
      if (first != null && used.contains(first)) {
        return new Search.Twice(headers.get(first));
      }
    }
    Set<Register> incomplete = java.util.EnumSet.noneOf(Register.class);
    for (Field field : mapping.feeds().keySet()) {
      if (field.essential() && !of.containsKey(field) && !constants.containsKey(field)) {
        incomplete.add(field.register());
      }
    }
    of.keySet().removeIf(field -> incomplete.contains(field.register()));
    constants.keySet().removeIf(field -> incomplete.contains(field.register()));
    return new Search.Found(new Columns(headers, key, of, constants));
  }

  private static int place(Map<String, Integer> places, List<String> names) {
    for (String name : names) {
      Integer column = places.get(Values.header(name));
      if (column != null) {
        return column;
      }
    }
    return -1;
  }

  /** How many columns of the file are read. */
  int used() {
    Set<Integer> used = new java.util.HashSet<>(of.values());
    Arrays.stream(key).forEach(used::add);
    return used.size();
  }

  /** Fields that are fed, in their order. */
  List<Field> fed() {
    return Arrays.stream(Field.values())
        .filter(field -> of.containsKey(field) || constants.containsKey(field))
        .toList();
  }

  /** The columns a refusal speaks of: a field's path or "key". */
  int[] columnsOf(String path) {
    if (path.equals("key")) {
      return key;
    }
    return of.entrySet().stream()
        .filter(entry -> entry.getKey().path().equals(path))
        .mapToInt(Map.Entry::getValue)
        .toArray();
  }
}
