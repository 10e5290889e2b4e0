package org.dandang.policy.pack;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

/** A node of a YAML file that knows its file and line and tells what is wrong with it. */
public final class YamlNode {
  private static final long MAX_SIZE = 2_000_000;

  private final String file;
  private final String path;
  private final Node node;
  private final Consumer<Finding> findings;

  private YamlNode(String file, String path, Node node, Consumer<Finding> findings) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.findings = findings;
  }

  /** The document of a file, or null after telling why it cannot be read. */
  static @Nullable YamlNode read(Path path, String name, Consumer<Finding> findings) {
    try {
      if (Files.size(path) > MAX_SIZE) {
        findings.accept(Finding.error(name, 0, "", "file-too-large", MAX_SIZE));
        return null;
      }
      return of(Files.readString(path), name, findings);
    } catch (IOException e) {
      findings.accept(Finding.error(name, 0, "", "unreadable", String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** The document in a text, or null after telling why it cannot be read. */
  public static @Nullable YamlNode of(String text, String name, Consumer<Finding> findings) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(10);
    options.setNestingDepthLimit(20);
    options.setAllowDuplicateKeys(false);
    try {
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (node == null) {
        findings.accept(Finding.error(name, 0, "", "file-empty"));
        return null;
      }
      return new YamlNode(name, "", node, findings);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      findings.accept(Finding.error(name, line, "", "yaml", String.valueOf(e.getProblem())));
    } catch (YAMLException e) {
      findings.accept(Finding.error(name, 0, "", "unreadable", String.valueOf(e.getMessage())));
    }
    return null;
  }

  /** The same node, telling somebody else what is wrong from here on. */
  public YamlNode telling(Consumer<Finding> others) {
    return new YamlNode(file, path, node, others);
  }

  /** Line in the file, from 1. */
  public int line() {
    return node.getStartMark().getLine() + 1;
  }

  public String path() {
    return path;
  }

  public void error(String key, Object... values) {
    findings.accept(Finding.error(file, line(), path, key, values));
  }

  public boolean isMap() {
    return node instanceof MappingNode;
  }

  /** The entries in order; told and empty when this is not a map. */
  public Map<String, YamlNode> map() {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      error("not-a-map");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        error("not-a-map");
        continue;
      }
      String key = name.getValue();
      YamlNode value =
          new YamlNode(
              file, path.isEmpty() ? key : path + "." + key, tuple.getValueNode(), findings);
      if (entries.put(key, value) != null) {
        value.error("key-twice", key);
      }
    }
    return entries;
  }

  /** As {@link #map()}, telling of keys that have no meaning here. */
  public Map<String, YamlNode> map(List<String> known) {
    Map<String, YamlNode> entries = map();
    entries.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            value.error("unknown-key", key, String.join(", ", known));
          }
        });
    return entries;
  }

  public List<YamlNode> list() {
    List<YamlNode> items = new ArrayList<>();
    if (!(node instanceof SequenceNode sequence)) {
      error("not-a-list");
      return items;
    }
    int index = 0;
    for (Node item : sequence.getValue()) {
      items.add(new YamlNode(file, path + "[" + ++index + "]", item, findings));
    }
    return items;
  }

  public List<String> texts() {
    return list().stream().map(YamlNode::text).toList();
  }

  public String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    error("not-a-text");
    return "";
  }

  public @Nullable LocalDate date() {
    try {
      return LocalDate.parse(text());
    } catch (DateTimeParseException e) {
      error("not-a-date", text());
      return null;
    }
  }

  /** A value as policies see it: text, number (exact decimal), boolean, date or null. */
  public @Nullable Object value() {
    if (!(node instanceof ScalarNode scalar)) {
      error("not-a-text");
      return null;
    }
    String text = scalar.getValue();
    return switch (scalar.getTag().getValue()) {
      case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float" -> number(text);
      case "tag:yaml.org,2002:bool" -> Boolean.valueOf(text);
      case "tag:yaml.org,2002:timestamp" -> date();
      case "tag:yaml.org,2002:null" -> null;
      default -> text;
    };
  }

  private @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text.replace("_", ""));
    } catch (NumberFormatException e) {
      error("not-a-number", text);
      return null;
    }
  }
}
