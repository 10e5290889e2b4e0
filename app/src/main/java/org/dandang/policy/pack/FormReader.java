package org.dandang.policy.pack;

import static org.dandang.policy.pack.PackFolder.required;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.RegisterKinds;
import org.jspecify.annotations.Nullable;

/** Reads a form of a procedure, telling everything that is wrong with it by line and field. */
final class FormReader {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final List<String> KINDS =
      List.of("text", "long-text", "date", "number", "choice", "documents");
  private static final int MOST_FIELDS = 100;
  private static final int MOST_OPTIONS = 200;
  private static final int LONGEST_TEXT = 20_000;
  private static final int MOST_FILES = 20;

  private FormReader() {}

  /** The form, or empty when it cannot be used; the findings say why. */
  static Optional<Form> read(
      String id, Path path, String name, CodeTables tables, Consumer<Finding> told) {
    boolean[] broken = {false};
    Consumer<Finding> noted =
        finding -> {
          broken[0] |= finding.isError();
          told.accept(finding);
        };
    YamlNode document = YamlNode.read(path, name, noted);
    if (document == null) {
      return Optional.empty();
    }
    Map<String, YamlNode> keys = document.map(List.of("fields"));
    YamlNode list = required(document, keys, "fields");
    List<Field> fields = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    if (list != null) {
      List<YamlNode> nodes = list.list();
      if (nodes.isEmpty() || nodes.size() > MOST_FIELDS) {
        list.error("form-fields", MOST_FIELDS);
      }
      for (YamlNode node : nodes) {
        field(id, node, tables, noted)
            .ifPresent(
                field -> {
                  if (!ids.add(field.id())) {
                    node.error("field-twice", field.id());
                  }
                  fields.add(field);
                });
      }
    }
    if (list != null) {
      checkDays(list, fields);
    }
    return broken[0] ? Optional.empty() : Optional.of(new Form(id, fields));
  }

  /** The day on which codes have to be in force is a date of the same form. */
  private static void checkDays(YamlNode list, List<Field> fields) {
    for (Field field : fields) {
      if (field.kind() instanceof Field.Kind.Choice choice
          && choice.codes() != null
          && choice.codes().asOf() != null
          && fields.stream()
              .noneMatch(
                  day ->
                      day.id().equals(choice.codes().asOf())
                          && day.kind() instanceof Field.Kind.Day)) {
        list.error("codes-as-of", field.id(), choice.codes().asOf());
      }
    }
  }

  private static Optional<Field> field(
      String form, YamlNode node, CodeTables tables, Consumer<Finding> told) {
    Map<String, YamlNode> keys =
        node.map(
            List.of(
                "id", "kind", "required", "at-most", "least", "most", "options", "codes", "as-of"));
    YamlNode id = required(node, keys, "id");
    YamlNode kind = required(node, keys, "kind");
    if (id == null || kind == null) {
      return Optional.empty();
    }
    if (!ID.matcher(id.text()).matches()) {
      id.error("field-id", id.text());
    }
    YamlNode needed = keys.get("required");
    Object truth = needed == null ? Boolean.FALSE : needed.value();
    if (!(truth instanceof Boolean)) {
      node.error("not-true-or-false", "required");
    }
    String place = form + "." + id.text();
    return kind(kind, keys, place, tables, told)
        .map(read -> new Field(id.text(), Boolean.TRUE.equals(truth), read));
  }

  private static Optional<Field.Kind> kind(
      YamlNode kind,
      Map<String, YamlNode> keys,
      String place,
      CodeTables tables,
      Consumer<Finding> told) {
    String word = kind.text();
    return switch (word) {
      case "text" -> Optional.of(new Field.Kind.Text(whole(keys, 200, LONGEST_TEXT), false));
      case "long-text" -> Optional.of(new Field.Kind.Text(whole(keys, 2_000, LONGEST_TEXT), true));
      case "date" -> Optional.of(new Field.Kind.Day());
      case "number" ->
          Optional.of(new Field.Kind.Number(number(keys, "least"), number(keys, "most")));
      case "choice" ->
          keys.containsKey("codes") ? coded(kind, keys, place, tables, told) : choice(kind, keys);
      case "documents" -> Optional.of(new Field.Kind.Documents(whole(keys, 5, MOST_FILES)));
      default -> {
        List<String> named = RegisterKinds.ofTheProgram().named();
        if (named.contains(word)) {
          yield Optional.of(new Field.Kind.OnRecord(word));
        }
        List<String> all = new ArrayList<>(KINDS);
        all.addAll(named);
        kind.error("field-kind", word, String.join(", ", all));
        yield Optional.empty();
      }
    };
  }

  /** A choice whose options a code table gives. */
  private static Optional<Field.Kind> coded(
      YamlNode kind,
      Map<String, YamlNode> keys,
      String place,
      CodeTables tables,
      Consumer<Finding> told) {
    YamlNode node = required(kind, keys, "codes");
    YamlNode asOf = keys.get("as-of");
    if (node == null) {
      return Optional.empty();
    }
    if (keys.containsKey("options")) {
      node.error("codes-and-options");
      return Optional.empty();
    }
    return tables
        .use(node.text(), place, node, told)
        .map(
            table ->
                new Field.Kind.Choice(
                    List.copyOf(table.codes().keySet()),
                    new Field.Codes(
                        table.name(), asOf == null ? null : asOf.text(), table.spans())));
  }

  private static Optional<Field.Kind> choice(YamlNode kind, Map<String, YamlNode> keys) {
    YamlNode node = keys.get("options");
    if (node == null) {
      kind.error("key-missing", "options");
      return Optional.empty();
    }
    List<String> options = node.texts();
    if (options.size() < 2
        || options.size() > MOST_OPTIONS
        || new HashSet<>(options).size() < options.size()
        || !options.stream().allMatch(option -> ID.matcher(option).matches())) {
      node.error("field-options", MOST_OPTIONS);
      return Optional.empty();
    }
    return Optional.of(new Field.Kind.Choice(options));
  }

  private static int whole(Map<String, YamlNode> keys, int otherwise, int most) {
    BigDecimal figure = number(keys, "at-most");
    if (figure == null) {
      return otherwise;
    }
    try {
      int whole = figure.intValueExact();
      if (whole >= 1 && whole <= most) {
        return whole;
      }
    } catch (ArithmeticException notWhole) {
      // told below
    }
    tell(keys, "at-most", most);
    return otherwise;
  }

  private static void tell(Map<String, YamlNode> keys, String key, int most) {
    YamlNode node = keys.get(key);
    if (node != null) {
      node.error("field-at-most", most);
    }
  }

  private static @Nullable BigDecimal number(Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    if (node == null) {
      return null;
    }
    Object value = node.value();
    if (value instanceof BigDecimal figure
        && figure.precision() <= 18
        && figure.scale() >= -18
        && figure.scale() <= 18) {
      return figure;
    }
    node.error("not-a-number", String.valueOf(value));
    return null;
  }
}
