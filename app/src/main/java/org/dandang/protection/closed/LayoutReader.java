package org.dandang.protection.closed;

import java.io.IOException;
import java.nio.file.Files;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Part;
import org.dandang.policy.pack.YamlNode;
import org.dandang.protection.hub.NewLead;
import org.dandang.protection.hub.Outcome;
import org.dandang.protection.hub.Source;
import org.jspecify.annotations.Nullable;

/** Reads {@code records.yaml} of a pack and tells all that is wrong with it by file and line. */
final class LayoutReader {
  static final String KIND = "closed-matters";
  private static final String NONE = "none";
  private static final String FILE = "records.yaml";
  private static final List<String> KEYS =
      List.of(
          "kind",
          "source",
          "handled",
          "matters",
          "accused",
          "findings",
          "measures",
          "penalties",
          "ladder",
          "clauses");
  private static final List<String> HANDLED =
      List.of("passed-on-by", "clue", "gravity", "content", "nameless", "because");
  private static final List<String> SOURCES =
      Arrays.stream(Source.values()).map(Source::word).toList();
  private static final List<String> OUTCOMES =
      Stream.concat(Arrays.stream(Outcome.values()).map(Outcome::word), Stream.of(NONE)).toList();

  private final Pack pack;
  private final Consumer<Finding> told;
  private boolean broken;

  private LayoutReader(Pack pack, Consumer<Finding> told) {
    this.pack = pack;
    this.told = told;
  }

  /** Whether a pack says how closed matters are read. */
  static boolean isOne(Pack pack) {
    return document(pack, finding -> {})
        .map(root -> root.telling(finding -> {}).map().get("kind"))
        .filter(kind -> kind.text().equals(KIND))
        .isPresent();
  }

  /** The layout of a pack; empty where it has none, or after telling what is wrong with it. */
  static Optional<Layout> read(Pack pack, Consumer<Finding> told) {
    LayoutReader reader = new LayoutReader(pack, told);
    return document(pack, told)
        .map(root -> reader.layout(root.telling(reader::tell)))
        .filter(layout -> !reader.broken);
  }

  private static Optional<YamlNode> document(Pack pack, Consumer<Finding> told) {
    return pack.part(Part.Records.class)
        .flatMap(
            records -> {
              String name = pack.id() + "/" + FILE;
              try {
                return Optional.ofNullable(
                    YamlNode.of(Files.readString(records.file()), name, told));
              } catch (IOException e) {
                told.accept(
                    Finding.error(name, 0, "", "unreadable", String.valueOf(e.getMessage())));
                return Optional.empty();
              }
            });
  }

  private void tell(Finding finding) {
    broken |= finding.isError();
    told.accept(finding);
  }

  private Layout layout(YamlNode root) {
    Map<String, YamlNode> keys = root.map(KEYS);
    oneOf(root, keys, "kind", List.of(KIND));
    YamlNode handledNode = keys.get("handled");
    Map<String, YamlNode> handled = handledNode == null ? Map.of() : handledNode.map(HANDLED);
    YamlNode within = handledNode == null ? root : handledNode;
    List<String> apart = new ArrayList<>();
    Map<String, Layout.Cell> matters =
        cells(root, keys, "matters", Layout.MATTER_FIELDS, Layout.MATTER_NEEDED, apart);
    Map<String, Layout.Cell> accused =
        cells(root, keys, "accused", Layout.ACCUSED_FIELDS, Layout.ACCUSED_NEEDED, apart);
    return new Layout(
        text(root, keys, "source"),
        oneOf(within, handled, "passed-on-by", SOURCES),
        oneOf(within, handled, "clue", NewLead.CLUES),
        oneOf(within, handled, "gravity", NewLead.GRAVITIES),
        text(within, handled, "content"),
        text(within, handled, "nameless"),
        text(within, handled, "because"),
        matters,
        accused,
        apart,
        findings(root, keys.get("findings")),
        penalties(root, keys.get("penalties")),
        keys.get("ladder") instanceof YamlNode ladder ? ladder.texts() : List.of());
  }

  private static @Nullable YamlNode needed(
      YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    if (node == null) {
      parent.error("key-missing", key);
    }
    return node;
  }

  private static String text(YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = needed(parent, keys, key);
    String text = node == null ? "" : node.text().strip();
    if (node != null && text.isEmpty()) {
      node.error("not-a-text");
    }
    return text;
  }

  private static String oneOf(
      YamlNode parent, Map<String, YamlNode> keys, String key, List<String> allowed) {
    String text = text(parent, keys, key);
    if (!text.isEmpty() && !allowed.contains(text)) {
      keys.getOrDefault(key, parent).error("not-one-of", text, String.join(", ", allowed));
    }
    return text;
  }

  private static Map<String, Layout.Cell> cells(
      YamlNode root,
      Map<String, YamlNode> keys,
      String part,
      List<String> fields,
      int needed,
      List<String> apart) {
    YamlNode node = needed(root, keys, part);
    if (node == null) {
      return Map.of();
    }
    Map<String, YamlNode> given =
        node.map(Stream.concat(fields.stream(), Stream.of("told-apart")).toList());
    Map<String, Layout.Cell> cells = new LinkedHashMap<>();
    for (String field : fields) {
      if (given.get(field) instanceof YamlNode cell) {
        cells.put(field, cell(cell));
      } else if (fields.indexOf(field) < needed) {
        node.error("key-missing", field);
      }
    }
    if (given.get("told-apart") instanceof YamlNode columns) {
      apart.addAll(columns.texts());
    }
    return cells;
  }

  private static Layout.Cell cell(YamlNode node) {
    Map<String, YamlNode> keys = node.map(List.of("headers", "constant", "format", "values"));
    YamlNode constant = keys.get("constant");
    YamlNode headers = keys.get("headers");
    if ((constant == null) == (headers == null)) {
      node.error("key-missing", "headers | constant");
    }
    String format = keys.get("format") instanceof YamlNode one ? one.text() : "";
    Map<String, String> values = new HashMap<>();
    if (keys.get("values") instanceof YamlNode words) {
      words.map().forEach((word, meaning) -> values.put(Layout.folded(word), meaning.text()));
    }
    boolean whole = format.equals("whole-number");
    return new Layout.Cell(
        headers == null ? List.of() : headers.texts(),
        constant == null ? null : constant.text(),
        whole || format.isEmpty() ? null : date(node, format),
        whole,
        Map.copyOf(values));
  }

  private static @Nullable DateTimeFormatter date(YamlNode node, String format) {
    try {
      return DateTimeFormatter.ofPattern(format.replace("yyyy", "uuuu"))
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      node.error("not-one-of", format, "yyyy-MM-dd …, whole-number");
      return null;
    }
  }

  private static Map<String, Layout.Finding> findings(YamlNode root, @Nullable YamlNode node) {
    Map<String, Layout.Finding> findings = new HashMap<>();
    if (node == null) {
      root.error("key-missing", "findings");
      return findings;
    }
    node.map()
        .forEach(
            (word, meaning) -> {
              String outcome = meaning.text();
              if (!OUTCOMES.contains(outcome)) {
                meaning.error("not-one-of", outcome, String.join(", ", OUTCOMES));
              }
              if (findings.put(
                      Layout.folded(word),
                      new Layout.Finding(word.strip(), outcome.equals(NONE) ? null : outcome))
                  != null) {
                meaning.error("key-twice", word);
              }
            });
    return findings;
  }

  private List<Layout.Penalty> penalties(YamlNode root, @Nullable YamlNode node) {
    List<Layout.Penalty> penalties = new ArrayList<>();
    if (node == null) {
      root.error("key-missing", "penalties");
      return penalties;
    }
    List<String> known =
        pack.part(Part.Records.class).map(Part.Records::measures).orElse(List.of());
    for (YamlNode item : node.list()) {
      Map<String, YamlNode> keys = item.map(List.of("written", "measure"));
      String written = text(item, keys, "written");
      String measure = text(item, keys, "measure");
      if (!measure.equals(NONE) && !known.contains(measure)) {
        item.error("not-one-of", measure, String.join(", ", known) + ", " + NONE);
      }
      try {
        penalties.add(
            new Layout.Penalty(
                Pattern.compile(written, Pattern.CASE_INSENSITIVE),
                measure.equals(NONE) ? null : measure));
      } catch (PatternSyntaxException e) {
        item.error("not-a-pattern", written, e.getDescription());
      }
    }
    return penalties;
  }
}
