package org.dandang.policy.pack;

import static org.dandang.policy.pack.PackFolder.required;
import static org.dandang.policy.pack.PackFolder.text;
import static org.dandang.policy.pack.PackFolder.texts;
import static org.dandang.policy.pack.PackFolder.words;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/** Reads one pack's folder, telling everything that is wrong with it by file and line. */
final class PackReader {
  private static final Pattern ID =
      Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern PRACTICE = Pattern.compile("P(0[1-9]|[1-5][0-9]|6[0-8])");
  private static final Pattern OTHER_LANGUAGE = Pattern.compile("> (zh-Hant|zh-CN|en): (.*)");
  private static final List<String> KEYS =
      Stream.of(
              List.of("id", "practices", "title", "place", "level", "parents", "in-force"),
              PolicyReader.KEYS)
          .flatMap(List::stream)
          .toList();

  private final PackFolder folder;

  PackReader(Path root, Path folder, Consumer<Finding> findings) {
    this.folder = new PackFolder(root, folder, findings);
  }

  /** The pack, or empty when it is too broken to be used; the findings say why. */
  Optional<Pack> read() {
    YamlNode document = folder.yaml("pack.yaml", true);
    if (document == null) {
      return Optional.empty();
    }
    Map<String, YamlNode> keys = document.map(KEYS);
    String id = text(document, keys, "id");
    String expected = folder.id();
    if (!id.isEmpty() && (!ID.matcher(id).matches() || !id.equals(expected))) {
      Objects.requireNonNull(keys.get("id")).error("id-is-the-folder", id, expected);
    }
    List<String> practices = texts(keys, "practices");
    for (String practice : practices) {
      if (!PRACTICE.matcher(practice).matches()) {
        Objects.requireNonNull(keys.get("practices")).error("unknown-practice", practice);
      }
    }
    Words title = words(document, keys, "title");
    text(document, keys, "place");
    Period inForce = period(document, keys.get("in-force"));
    Map<String, Clause> clauses = clauses();
    Map<String, Parameter> parameters = ParametersReader.parameters(folder, clauses, inForce);
    Map<String, Properties> messages = messages();
    List<Part> parts = new ArrayList<>();
    new PolicyReader(folder).part(document, keys).ifPresent(parts::add);
    if (inForce != null) {
      new ProcedureReader(folder).read(inForce).ifPresent(parts::add);
    }
    new PublicNoticeReader(folder).read(parameters).ifPresent(parts::add);
    if (folder.holdsScheme("instrument")) {
      parts.add(new Part.Instrument(folder.path().resolve(PackFolder.SCHEME)));
    }
    records(clauses).ifPresent(parts::add);
    if (parts.isEmpty() && !folder.isBroken()) {
      document.error("pack-holds-nothing");
    }
    if (folder.isBroken() || inForce == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Pack(
            id, folder.path(), practices, title, inForce, parameters, clauses, messages, parts));
  }

  private Optional<Part> records(Map<String, Clause> known) {
    YamlNode document = folder.yaml(PackFolder.RECORDS, false);
    if (document == null) {
      return Optional.empty();
    }
    Map<String, YamlNode> keys = document.map();
    List<String> clauses = texts(keys, "clauses");
    for (String clause : clauses) {
      if (!known.containsKey(clause)) {
        Objects.requireNonNull(keys.get("clauses")).error("unknown-clause", clause);
      }
    }
    return Optional.of(
        new Part.Records(
            folder.path().resolve(PackFolder.RECORDS), texts(keys, "measures"), clauses));
  }

  private static @Nullable Period period(YamlNode parent, @Nullable YamlNode node) {
    if (node == null) {
      parent.error("key-missing", "in-force");
      return null;
    }
    Map<String, YamlNode> keys = node.map(List.of("from", "to"));
    YamlNode from = required(node, keys, "from");
    YamlNode to = keys.get("to");
    LocalDate first = from == null ? null : from.date();
    LocalDate last = to == null ? null : to.date();
    if (first == null) {
      return null;
    }
    if (last != null && !last.isAfter(first)) {
      node.error("period-empty", first, last);
      return null;
    }
    return new Period(first, last);
  }

  private Map<String, Clause> clauses() {
    Map<String, Clause> clauses = new LinkedHashMap<>();
    Optional<String> text = folder.file("clauses.md", true);
    if (text.isEmpty()) {
      return clauses;
    }
    String number = null;
    int begins = 0;
    Map<String, StringBuilder> parts = new LinkedHashMap<>();
    int line = 0;
    for (String row : text.get().lines().toList()) {
      line++;
      if (row.startsWith("## ")) {
        addClause(clauses, number, parts, begins);
        number = row.substring(3).strip();
        begins = line;
        parts = new LinkedHashMap<>();
      } else if (number != null && !row.isBlank()) {
        Matcher other = OTHER_LANGUAGE.matcher(row);
        boolean translated = other.matches();
        parts
            .computeIfAbsent(translated ? other.group(1) : "zh-CN", language -> new StringBuilder())
            .append(translated ? other.group(2) : row.strip());
      }
    }
    addClause(clauses, number, parts, begins);
    return clauses;
  }

  private void addClause(
      Map<String, Clause> clauses,
      @Nullable String number,
      Map<String, StringBuilder> parts,
      int line) {
    if (number == null) {
      return;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    parts.forEach((language, text) -> texts.put(language, text.toString()));
    for (String language : Words.LANGUAGES) {
      if (!texts.containsKey(language)) {
        folder.tell(
            Finding.error(folder.name("clauses.md"), line, number, "words-missing", language));
      }
    }
    if (clauses.put(number, new Clause(number, new Words(texts), line)) != null) {
      folder.tell(Finding.error(folder.name("clauses.md"), line, number, "clause-twice", number));
    }
  }

  private Map<String, Properties> messages() {
    Map<String, Properties> messages = new LinkedHashMap<>();
    for (String language : Words.LANGUAGES) {
      String file = "messages." + language + ".properties";
      Properties words = new Properties();
      folder
          .file(file, true)
          .ifPresent(
              text -> {
                try (Reader reader = new StringReader(text)) {
                  words.load(reader);
                } catch (IOException | IllegalArgumentException e) {
                  folder.tell(
                      Finding.error(
                          folder.name(file), 0, "", "unreadable", String.valueOf(e.getMessage())));
                }
              });
      messages.put(language, words);
    }
    return messages;
  }
}
