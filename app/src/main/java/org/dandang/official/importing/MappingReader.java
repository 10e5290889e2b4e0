package org.dandang.official.importing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.dandang.official.ImportProblem;
import org.dandang.official.register.DatePattern;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.dandang.official.register.Values;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a mapping and refuses what it does not understand, naming file and line. Every word is
 * taken as it is written: {@code N} is the letter, never a truth value.
 */
final class MappingReader {
  private static final Set<String> KEY_WORDS =
      Set.of("headers", "or-joined", "formats", "required");
  private static final Set<String> FIELD_WORDS =
      Set.of(
          "headers",
          "formats",
          "patterns",
          "values",
          "otherwise",
          "constant",
          "blank",
          "required",
          "ends");

  private final String file;

  private MappingReader(String file) {
    this.file = file;
  }

  static MappingDefinition read(Path yaml) {
    String file = yaml.toString();
    try (Reader reader = Files.newBufferedReader(yaml, StandardCharsets.UTF_8)) {
      return read(file, reader);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new ImportProblem("mapping-yaml", file, 1, "UTF-8");
    } catch (IOException e) {
      throw new ImportProblem("mapping-unreadable", file);
    }
  }

  static MappingDefinition read(String file, Reader reader) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    try {
      Node root = new Yaml(new SafeConstructor(options)).compose(reader);
      if (root == null) {
        throw new ImportProblem("mapping-yaml", file, 1, "");
      }
      return new MappingReader(file).definition(root);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new ImportProblem("mapping-yaml", file, line, String.valueOf(e.getProblem()));
    } catch (UncheckedIOException | YAMLException e) {
      throw new ImportProblem("mapping-yaml", file, 1, String.valueOf(e.getMessage()));
    }
  }

  static void checkSource(String source) {
    if (!source.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new ImportProblem("source-name", source);
    }
  }

  private MappingDefinition definition(Node root) {
    Map<String, Node> top =
        map(root, "", Set.of("id", "title", "source", "sheet", "official", "units", "feeds"));
    String id = text(needed(top, root, "id"), "id");
    Node titleNode = needed(top, root, "title");
    Map<String, Node> title = map(titleNode, "title", Set.of("zh-CN", "zh-Hant", "en"));
    Map<String, String> titles = new LinkedHashMap<>();
    for (String language : List.of("zh-CN", "zh-Hant", "en")) {
      titles.put(language, text(needed(title, titleNode, language), language));
    }
    Node sourceNode = needed(top, root, "source");
    String source = text(sourceNode, "source");
    if (!source.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw wrong(sourceNode, "source", source, "a-z 0-9 -");
    }
    Node feedsNode = needed(top, root, "feeds");
    Map<String, Node> feedNodes =
        map(
            feedsNode,
            "feeds",
            Arrays.stream(Register.values()).map(Register::word).collect(Collectors.toSet()));
    Map<Field, FieldRule> feeds = new EnumMap<>(Field.class);
    boolean mostCommonUnit = false;
    for (Map.Entry<String, Node> entry : feedNodes.entrySet()) {
      Register register = Register.of(entry.getKey()).orElseThrow();
      Set<String> allowed =
          register.fields().stream()
              .filter(field -> field.type() != Field.Type.ID)
              .map(Field::word)
              .collect(Collectors.toSet());
      if (register == Register.UNIT) {
        allowed.add("repeated");
      }
      Map<String, Node> fields = map(entry.getValue(), entry.getKey(), allowed);
      for (Map.Entry<String, Node> field : fields.entrySet()) {
        if (field.getKey().equals("repeated")) {
          mostCommonUnit =
              oneOf(field.getValue(), "repeated", "refuse", "most-common").equals("most-common");
        } else {
          Field known = Field.of(register, field.getKey()).orElseThrow();
          feeds.put(known, fieldRule(known, field.getValue()));
        }
      }
      checkEssentials(register, feeds, entry.getValue());
    }
    if (feeds.isEmpty()) {
      throw new ImportProblem("mapping-missing", file, line(feedsNode), "feeds");
    }
    boolean people = feeds.keySet().stream().anyMatch(field -> field.register() != Register.UNIT);
    FieldRule key = null;
    boolean createOfficials =
        feeds.keySet().stream().anyMatch(field -> field.register() == Register.IDENTITY);
    if (people) {
      Node officialNode = needed(top, root, "official");
      Map<String, Node> official = map(officialNode, "official", Set.of("key", "unknown"));
      key = keyRule(needed(official, officialNode, "key"));
      Node unknown = official.get("unknown");
      if (unknown != null) {
        createOfficials |= oneOf(unknown, "unknown", "refuse", "create").equals("create");
      }
    } else if (top.get("official") instanceof Node unneeded) {
      throw new ImportProblem("mapping-unknown", file, line(unneeded), "official", "feeds");
    }
    Node sheet = top.get("sheet");
    return new MappingDefinition(
        id,
        Map.copyOf(titles),
        source,
        sheet == null ? null : text(sheet, "sheet"),
        key,
        createOfficials,
        units(top.get("units")),
        feeds,
        mostCommonUnit,
        false);
  }

  private void checkEssentials(Register register, Map<Field, FieldRule> feeds, Node node) {
    if (register == Register.POSTING) {
      boolean unit = feeds.containsKey(Field.POSTING_UNIT);
      if (unit == feeds.containsKey(Field.POSTING_UNIT_NAME)) {
        throw new ImportProblem("mapping-missing", file, line(node), "unit | unit-name");
      }
      return;
    }
    for (Field field : register.fields()) {
      if (field.essential() && !feeds.containsKey(field)) {
        throw new ImportProblem("mapping-missing", file, line(node), field.word());
      }
    }
  }

  private MappingDefinition.Units units(@Nullable Node node) {
    if (node == null) {
      return new MappingDefinition.Units(false, "other", "none", null);
    }
    Map<String, Node> words = map(node, "units", Set.of("unknown", "kind", "level", "under"));
    boolean create =
        words.get("unknown") instanceof Node unknown
            && oneOf(unknown, "unknown", "refuse", "create").equals("create");
    MappingDefinition.Root under = null;
    if (words.get("under") instanceof Node underNode) {
      Map<String, Node> root = map(underNode, "under", Set.of("code", "name", "kind", "level"));
      under =
          new MappingDefinition.Root(
              text(needed(root, underNode, "code"), "code"),
              text(needed(root, underNode, "name"), "name"),
              choice(Field.UNIT_KIND, needed(root, underNode, "kind")),
              choice(Field.UNIT_LEVEL, needed(root, underNode, "level")));
    }
    return new MappingDefinition.Units(
        create,
        words.get("kind") instanceof Node kind ? choice(Field.UNIT_KIND, kind) : "other",
        words.get("level") instanceof Node level ? choice(Field.UNIT_LEVEL, level) : "none",
        under);
  }

  private FieldRule keyRule(Node node) {
    Map<String, Node> words = map(node, "key", KEY_WORDS);
    List<List<String>> joined = new ArrayList<>();
    if (words.get("or-joined") instanceof Node list) {
      if (!(list instanceof SequenceNode sequence)) {
        throw new ImportProblem("mapping-list", file, line(list), "or-joined");
      }
      for (Node part : sequence.getValue()) {
        joined.add(texts(part, "or-joined"));
      }
    }
    boolean whole = false;
    if (words.get("formats") instanceof Node formats) {
      oneOf(
          texts(formats, "formats").size() == 1 ? first(formats) : formats,
          "formats",
          "whole-number");
      whole = true;
    }
    return new FieldRule(
        texts(needed(words, node, "headers"), "headers"),
        joined,
        List.of(),
        whole,
        List.of(),
        Map.of(),
        true,
        null,
        null,
        true,
        false);
  }

  private static Node first(Node list) {
    return list instanceof SequenceNode sequence ? sequence.getValue().getFirst() : list;
  }

  private FieldRule fieldRule(Field field, Node node) {
    Map<String, Node> words = map(node, field.word(), FIELD_WORDS);
    boolean constant = words.containsKey("constant");
    if (constant == words.containsKey("headers")) {
      throw new ImportProblem("mapping-missing", file, line(node), "headers | constant");
    }
    if (constant && words.size() > 1) {
      throw new ImportProblem("mapping-unknown", file, line(node), "constant", "constant");
    }
    List<DatePattern> formats = new ArrayList<>();
    boolean whole = false;
    if (words.get("formats") instanceof Node formatsNode) {
      for (String format : texts(formatsNode, "formats")) {
        Optional<DatePattern> pattern = DatePattern.of(format);
        if (field.type() == Field.Type.DATE && pattern.isPresent()) {
          formats.add(pattern.get());
        } else if (field.type() == Field.Type.TEXT && format.equals("whole-number")) {
          whole = true;
        } else {
          throw wrong(formatsNode, "formats", format, "year | yyyy-MM-dd … | whole-number");
        }
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    if (words.get("values") instanceof Node valuesNode) {
      for (NodeTuple tuple : tuples(valuesNode, "values")) {
        String stored =
            field.closed()
                ? choice(field, tuple.getValueNode())
                : text(tuple.getValueNode(), "values");
        values.put(Values.folded(text(tuple.getKeyNode(), "values")), stored);
      }
    }
    boolean keep =
        words.get("otherwise") instanceof Node otherwise
            ? oneOf(otherwise, "otherwise", "keep", "refuse").equals("keep")
            : values.isEmpty() || !field.closed();
    if (words.containsKey("otherwise") && keep && field.closed()) {
      throw wrong(words.get("otherwise"), "otherwise", "keep", "refuse");
    }
    boolean lastDay = false;
    if (words.get("ends") instanceof Node ends) {
      if (field != Field.POSTING_ENDS_ON && field != Field.IDENTITY_LEFT_ON) {
        throw new ImportProblem(
            "mapping-unknown", file, line(ends), "ends", String.join(", ", FIELD_WORDS));
      }
      lastDay = oneOf(ends, "ends", "last-day", "first-day-out").equals("last-day");
    }
    boolean required =
        words.get("required") instanceof Node requiredNode
            ? oneOf(requiredNode, "required", "true", "false").equals("true")
            : field.essential();
    return new FieldRule(
        words.get("headers") instanceof Node headers ? texts(headers, "headers") : List.of(),
        List.of(),
        List.copyOf(formats),
        whole,
        words.get("patterns") instanceof Node patterns ? forms(field, patterns) : List.of(),
        Map.copyOf(values),
        keep,
        literal(field, words.get("constant")),
        literal(field, words.get("blank")),
        required,
        lastDay);
  }

  private List<FieldRule.Form> forms(Field field, Node node) {
    List<FieldRule.Form> forms = new ArrayList<>();
    for (NodeTuple tuple : tuples(node, "patterns")) {
      String pattern = text(tuple.getKeyNode(), "patterns");
      String result =
          tuple.getValueNode() instanceof ScalarNode scalar
              ? scalar.getValue()
              : text(tuple.getValueNode(), "patterns");
      try {
        Pattern compiled = Pattern.compile(pattern);
        int groups = compiled.matcher("").groupCount();
        if (!result.matches(groups == 0 ? "[^$\\\\]*" : "([^$\\\\]|\\$[1-" + groups + "])*")) {
          throw wrong(tuple.getValueNode(), "patterns", result, "$1 … $" + groups);
        }
        forms.add(new FieldRule.Form(compiled, result));
      } catch (PatternSyntaxException e) {
        throw wrong(tuple.getKeyNode(), "patterns", pattern, e.getDescription());
      }
      if (field.closed() && !result.isBlank()) {
        choice(field, tuple.getValueNode());
      }
    }
    return List.copyOf(forms);
  }

  /** A value a mapping gives itself. */
  private @Nullable String literal(Field field, @Nullable Node node) {
    if (node == null) {
      return null;
    }
    if (field.closed()) {
      return choice(field, node);
    }
    String value = text(node, field.word());
    if (field.type() != Field.Type.TEXT && field.type() != Field.Type.YEAR) {
      throw wrong(
          node, field.word(), value, Field.Type.TEXT.name().toLowerCase(java.util.Locale.ROOT));
    }
    return value;
  }

  private String choice(Field field, Node node) {
    String value = text(node, field.word());
    String stored = field.words().get(value);
    if (stored == null) {
      throw wrong(node, field.word(), value, String.join(", ", field.allowed()));
    }
    return stored;
  }

  private String oneOf(Node node, String key, String... allowed) {
    String value = text(node, key);
    if (!List.of(allowed).contains(value)) {
      throw wrong(node, key, value, String.join(" | ", allowed));
    }
    return value;
  }

  private ImportProblem wrong(@Nullable Node node, String key, String value, String allowed) {
    return new ImportProblem("mapping-value", file, line(node), key, value, allowed);
  }

  private Node needed(Map<String, Node> map, Node parent, String key) {
    Node node = map.get(key);
    if (node == null) {
      throw new ImportProblem("mapping-missing", file, line(parent), key);
    }
    return node;
  }

  private Map<String, Node> map(Node node, String name, Set<String> allowed) {
    Map<String, Node> map = new LinkedHashMap<>();
    for (NodeTuple tuple : tuples(node, name)) {
      String key = text(tuple.getKeyNode(), name);
      if (!allowed.contains(key)) {
        throw new ImportProblem(
            "mapping-unknown",
            file,
            line(tuple.getKeyNode()),
            key,
            allowed.stream().sorted().collect(Collectors.joining(", ")));
      }
      if (map.put(key, tuple.getValueNode()) != null) {
        throw new ImportProblem("mapping-twice", file, line(tuple.getKeyNode()), key);
      }
    }
    return map;
  }

  private List<NodeTuple> tuples(Node node, String name) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw new ImportProblem("mapping-map", file, line(node), name);
  }

  private List<String> texts(Node node, String name) {
    if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      return sequence.getValue().stream().map(each -> text(each, name)).toList();
    }
    throw new ImportProblem("mapping-list", file, line(node), name);
  }

  private String text(Node node, String name) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw new ImportProblem("mapping-text", file, line(node), name);
  }

  private static int line(@Nullable Node node) {
    return node == null ? 1 : node.getStartMark().getLine() + 1;
  }
}
