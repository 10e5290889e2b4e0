package org.dandang.policy.pack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.dandang.policy.Words;

/** The code tables that the forms of a procedure take their choices from. */
final class CodeTables {
  private final Path folder;
  private final String pack;
  private final Map<String, Optional<CodeTable>> read = new TreeMap<>();
  private final Map<String, CodeTable> used = new TreeMap<>();

  /**
   * @param folder of the pack, whose own tables go before those of the program
   */
  CodeTables(Path folder, String pack) {
    this.folder = folder;
    this.pack = pack;
  }

  /**
   * A table for a field.
   *
   * @param place {@code form.field}
   * @param named where the form names it
   */
  Optional<CodeTable> use(String name, String place, YamlNode named, Consumer<Finding> told) {
    Optional<CodeTable> table = read.get(name);
    if (table == null) {
      table = CodeTable.find(name, folder, pack, named, told);
      read.put(name, table);
    } else if (table.isEmpty()) {
      // What is wrong with it was told where it was named first.
      named.error("codes-none", name);
    }
    table.ifPresent(one -> used.put(place, one));
    return table;
  }

  /** The words of all options, by their keys in a procedure's texts. */
  void words(BiConsumer<String, Words> each) {
    used.forEach(
        (place, table) ->
            table
                .codes()
                .forEach((code, one) -> each.accept("option." + place + "." + code, one.title())));
  }

  /** What tells apart the states of the tables; empty where none is used. */
  String text() {
    StringBuilder text = new StringBuilder();
    read.forEach(
        (name, table) ->
            table.ifPresent(
                one ->
                    text.append("\ncodes ")
                        .append(name)
                        .append(' ')
                        .append(InForce.hash(one.text()))));
    return text.toString();
  }
}
