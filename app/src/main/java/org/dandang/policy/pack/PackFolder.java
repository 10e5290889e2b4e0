package org.dandang.policy.pack;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/** A pack's folder while it is read: opens its files and tells what is wrong with them. */
final class PackFolder {
  /** Where a scheme stands, of whatever kind. */
  static final String SCHEME = "scheme.yaml";

  /** Where it is said how records kept elsewhere are read. */
  static final String RECORDS = "records.yaml";

  private final Path root;
  private final Path folder;
  private final Consumer<Finding> findings;
  private boolean broken;

  PackFolder(Path root, Path folder, Consumer<Finding> findings) {
    this.root = root;
    this.folder = folder;
    this.findings = findings;
  }

  Path path() {
    return folder;
  }

  /** The id a pack in this folder has. */
  String id() {
    return root.relativize(folder).toString().replace('\\', '/');
  }

  void tell(Finding finding) {
    findings.accept(finding);
    broken |= finding.isError();
  }

  /** Whether an error was told. */
  boolean isBroken() {
    return broken;
  }

  boolean holds(String file) {
    return Files.exists(folder.resolve(file));
  }

  /** Whether it holds a scheme of a kind. */
  boolean holdsScheme(String kind) {
    return holds(SCHEME)
        && file(SCHEME, true)
            .map(text -> text.lines().anyMatch(line -> line.matches("kind:\\s*" + kind + "\\s*")))
            .orElse(false);
  }

  /** The names of files with an ending, in a folder within, in order. */
  List<String> names(String within, String ending) {
    Path inside = folder.resolve(within);
    if (!Files.isDirectory(inside)) {
      return List.of();
    }
    try (var files = Files.list(inside)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(ending))
          .sorted()
          .map(file -> within.isEmpty() ? file : within + "/" + file)
          .toList();
    } catch (IOException e) {
      tell(Finding.error(name(within), 0, "", "unreadable", String.valueOf(e.getMessage())));
      return List.of();
    }
  }

  /** A file as findings name it: within the packs' root. */
  String name(String file) {
    return root.relativize(folder.resolve(file)).toString().replace('\\', '/');
  }

  /**
   * The document of a YAML file; null after telling why there is none, or where it is not needed.
   */
  @Nullable YamlNode yaml(String file, boolean needed) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      if (needed) {
        tell(Finding.error(name(file), 0, "", "file-missing"));
      }
      return null;
    }
    return YamlNode.read(path, name(file), this::tell);
  }

  Optional<String> file(String file, boolean needed) {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      if (needed) {
        tell(Finding.error(name(file), 0, "", "file-missing"));
      }
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(path));
    } catch (MalformedInputException e) {
      tell(Finding.error(name(file), 0, "", "not-utf-8"));
    } catch (IOException e) {
      tell(Finding.error(name(file), 0, "", "unreadable", String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  static @Nullable YamlNode required(YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    if (node == null) {
      parent.error("key-missing", key);
    }
    return node;
  }

  static String text(YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = required(parent, keys, key);
    return node == null ? "" : node.text();
  }

  static List<String> texts(Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    return node == null ? List.of() : node.texts();
  }

  static Words words(YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = required(parent, keys, key);
    Map<String, String> texts = new LinkedHashMap<>();
    if (node != null) {
      node.map(Words.LANGUAGES).forEach((language, text) -> texts.put(language, text.text()));
      for (String language : Words.LANGUAGES) {
        if (!texts.containsKey(language)) {
          node.error("words-missing", language);
        }
      }
    }
    return new Words(texts);
  }
}
