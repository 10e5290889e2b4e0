package org.dandang.survey.instrument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.dandang.policy.Words;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.YamlNode;
import org.dandang.survey.instrument.Instrument.Group;
import org.dandang.survey.instrument.Instrument.ItemList;
import org.dandang.survey.instrument.Instrument.Published;
import org.dandang.survey.instrument.Instrument.Secrecy;
import org.dandang.survey.instrument.Instrument.Section;
import org.jspecify.annotations.Nullable;

/** Reads the instrument in a pack's {@code scheme.yaml}, telling what is wrong by line and key. */
public final class InstrumentReader {
  /** The file of a pack that holds it. */
  public static final String FILE = "scheme.yaml";

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int LONGEST_ID = 40;
  private static final int MOST_QUESTIONS = 200;
  private static final int LONGEST_TEXT = 2_000;
  private static final int MOST_ITEMS = 500;
  private static final int WIDEST_SCALE = 100;

  private final Map<String, ItemList> lists = new LinkedHashMap<>();
  private final List<String> questions = new ArrayList<>();
  private boolean wrong;

  private InstrumentReader() {}

  /**
   * Reads a scheme.
   *
   * @param name of the file, for what is told
   * @return empty when something is wrong with it; the findings say what
   */
  public static Optional<Instrument> read(String text, String name, Consumer<Finding> findings) {
    InstrumentReader reader = new InstrumentReader();
    YamlNode document =
        YamlNode.of(
            text,
            name,
            finding -> {
              reader.wrong |= finding.isError();
              findings.accept(finding);
            });
    if (document == null) {
      return Optional.empty();
    }
    Instrument instrument = reader.instrument(document);
    return reader.wrong ? Optional.empty() : Optional.of(instrument);
  }

  private Instrument instrument(YamlNode document) {
    Map<String, YamlNode> keys =
        document.map(
            List.of(
                "kind",
                "secrecy",
                "published-to",
                "lists",
                "groups",
                "smallest-group",
                "quorum",
                "electorate",
                "sections"));
    word(document, keys, "kind", List.of("instrument"));
    String secrecy = word(document, keys, "secrecy", List.of("secret", "named", "either"));
    String open =
        keys.containsKey("published-to")
            ? word(document, keys, "published-to", List.of("office", "electorate", "everybody"))
            : "office";
    YamlNode listNode = keys.get("lists");
    if (listNode != null) {
      listNode.map().forEach(this::list);
    }
    Map<String, Group> groups = groups(keys.get("groups"));
    YamlNode smallest = keys.get("smallest-group");
    YamlNode quorum = keys.get("quorum");
    YamlNode electorate = keys.get("electorate");
    List<Section> sections = new ArrayList<>();
    YamlNode sectionNode = required(document, keys, "sections");
    if (sectionNode != null) {
      for (YamlNode node : sectionNode.list()) {
        sections.add(section(node));
      }
      if (sections.stream().allMatch(section -> section.questions().isEmpty())) {
        sectionNode.error("nothing-asked");
      }
    }
    if (questions.size() > MOST_QUESTIONS) {
      document.error("too-many", questions.size(), MOST_QUESTIONS);
    }
    return new Instrument(
        wrong || secrecy.isEmpty()
            ? Secrecy.SECRET
            : Secrecy.valueOf(secrecy.toUpperCase(Locale.ROOT)),
        open.isEmpty() ? Published.OFFICE : Published.valueOf(open.toUpperCase(Locale.ROOT)),
        lists,
        groups,
        smallest == null ? null : smallest.text(),
        quorum == null ? null : threshold(quorum, Threshold.Basis.DUE),
        electorate == null ? "" : electorate.text(),
        sections);
  }

  private void list(String id, YamlNode node) {
    id(node, id);
    Map<String, YamlNode> keys = node.map(List.of("title", "most"));
    lists.put(
        id,
        new ItemList(
            id, words(node, keys, "title"), number(keys, "most", MOST_ITEMS, 1, MOST_ITEMS)));
  }

  private Map<String, Group> groups(@Nullable YamlNode node) {
    Map<String, Group> groups = new LinkedHashMap<>();
    if (node != null) {
      node.map()
          .forEach(
              (id, one) -> {
                id(one, id);
                Map<String, YamlNode> keys = one.map(List.of("title", "levels"));
                YamlNode levels = keys.get("levels");
                groups.put(
                    id,
                    new Group(
                        id,
                        words(one, keys, "title"),
                        levels == null ? List.of() : levels.texts()));
              });
    }
    return groups;
  }

  private Section section(YamlNode node) {
    Map<String, YamlNode> keys = node.map(List.of("id", "title", "questions"));
    String id = text(node, keys, "id");
    id(node, id);
    Words title = words(node, keys, "title");
    List<Question> asked = new ArrayList<>();
    YamlNode questionNode = required(node, keys, "questions");
    if (questionNode != null) {
      for (YamlNode one : questionNode.list()) {
        asked.add(question(one));
      }
    }
    return new Section(id, title, asked);
  }

  private Question question(YamlNode node) {
    Map<String, YamlNode> keys =
        node.map(
            List.of(
                "id",
                "title",
                "kind",
                "for-each",
                "required",
                "options",
                "least",
                "most",
                "from",
                "to",
                "low",
                "high",
                "list",
                "free",
                "places",
                "majority",
                "longest"));
    String id = text(node, keys, "id");
    id(node, id);
    if (questions.contains(id)) {
      node.error("key-twice", id);
    }
    questions.add(id);
    YamlNode each = keys.get("for-each");
    if (each != null && !lists.containsKey(each.text())) {
      each.error("unknown-list", each.text(), String.join(", ", lists.keySet()));
    }
    YamlNode required = keys.get("required");
    return new Question(
        id,
        words(node, keys, "title"),
        each == null ? null : each.text(),
        required != null && Boolean.TRUE.equals(required.value()),
        kind(node, keys));
  }

  private Question.Kind kind(YamlNode node, Map<String, YamlNode> keys) {
    String kind =
        word(node, keys, "kind", List.of("choice", "scale", "rank", "recommend", "motion", "text"));
    allow(
        node,
        keys,
        kind,
        switch (kind) {
          case "choice" -> List.of("options", "least", "most");
          case "scale" -> List.of("from", "to", "low", "high");
          case "rank" -> List.of("list", "most");
          case "recommend" -> List.of("list", "free", "most", "places");
          case "motion" -> List.of("majority");
          case "text" -> List.of("longest");
          default -> List.copyOf(keys.keySet());
        });
    return switch (kind) {
      case "scale" -> scale(node, keys);
      case "rank" -> rank(node, keys);
      case "recommend" -> recommend(node, keys);
      case "motion" -> {
        YamlNode majority = keys.get("majority");
        yield new Question.Motion(
            majority == null ? null : threshold(majority, Threshold.Basis.DUE));
      }
      case "text" -> new Question.Text(number(keys, "longest", 500, 1, LONGEST_TEXT));
      default -> choice(node, keys);
    };
  }

  private Question.Choice choice(YamlNode node, Map<String, YamlNode> keys) {
    List<Question.Option> options = new ArrayList<>();
    YamlNode optionNode = required(node, keys, "options");
    if (optionNode != null) {
      for (YamlNode one : optionNode.list()) {
        Map<String, YamlNode> parts = one.map(List.of("id", "title", "side"));
        String id = text(one, parts, "id");
        id(one, id);
        if (options.stream().anyMatch(other -> other.id().equals(id))) {
          one.error("key-twice", id);
        }
        String side =
            parts.containsKey("side")
                ? word(one, parts, "side", List.of("positive", "neutral", "negative"))
                : "neutral";
        options.add(
            new Question.Option(
                id,
                words(one, parts, "title"),
                side.isEmpty()
                    ? Question.Side.NEUTRAL
                    : Question.Side.valueOf(side.toUpperCase(Locale.ROOT))));
      }
      if (options.size() < 2) {
        optionNode.error("options-two");
      }
    }
    int all = Math.max(1, options.size());
    int most = number(keys, "most", 1, 1, all);
    return new Question.Choice(options, number(keys, "least", 1, 1, most), most);
  }

  private Question.Scale scale(YamlNode node, Map<String, YamlNode> keys) {
    int from = number(keys, "from", 1, 0, WIDEST_SCALE);
    int to = number(keys, "to", 5, 1, WIDEST_SCALE);
    if (to <= from) {
      node.error("scale-empty", from, to);
    }
    return new Question.Scale(from, to, words(node, keys, "low"), words(node, keys, "high"));
  }

  private Question.Rank rank(YamlNode node, Map<String, YamlNode> keys) {
    return new Question.Rank(
        knownList(node, keys, true), number(keys, "most", MOST_ITEMS, 1, MOST_ITEMS));
  }

  private Question.Recommend recommend(YamlNode node, Map<String, YamlNode> keys) {
    String list = knownList(node, keys, false);
    YamlNode freeNode = keys.get("free");
    boolean free = freeNode == null ? list.isEmpty() : Boolean.TRUE.equals(freeNode.value());
    if (list.isEmpty() && !free) {
      node.error("recommend-nobody");
    }
    return new Question.Recommend(
        list.isEmpty() ? null : list,
        free,
        number(keys, "most", 1, 1, MOST_ITEMS),
        number(keys, "places", 0, 0, MOST_ITEMS));
  }

  private String knownList(YamlNode node, Map<String, YamlNode> keys, boolean needed) {
    YamlNode list = needed ? required(node, keys, "list") : keys.get("list");
    if (list == null) {
      return "";
    }
    if (!lists.containsKey(list.text())) {
      list.error("unknown-list", list.text(), String.join(", ", lists.keySet()));
    }
    return list.text();
  }

  private Threshold threshold(YamlNode node, Threshold.Basis usual) {
    Map<String, YamlNode> keys = node.map(List.of("parameter", "passes", "of"));
    String passes =
        keys.containsKey("passes")
            ? word(node, keys, "passes", List.of("at-least", "more-than"))
            : "at-least";
    String of =
        keys.containsKey("of") ? word(node, keys, "of", List.of("due", "present", "cast")) : "";
    return new Threshold(
        text(node, keys, "parameter"),
        passes.equals("more-than"),
        of.isEmpty() ? usual : Threshold.Basis.valueOf(of.toUpperCase(Locale.ROOT)));
  }

  /** Tells of keys that mean nothing for a question of this kind. */
  private static void allow(
      YamlNode node, Map<String, YamlNode> keys, String kind, List<String> own) {
    for (Map.Entry<String, YamlNode> entry : keys.entrySet()) {
      if (!List.of("id", "title", "kind", "for-each", "required").contains(entry.getKey())
          && !own.contains(entry.getKey())) {
        entry.getValue().error("key-of-another-kind", entry.getKey(), kind);
      }
    }
    if (node.isMap() && kind.equals("text") && keys.containsKey("required")) {
      node.error("text-not-required");
    }
  }

  private static @Nullable YamlNode required(
      YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    if (node == null) {
      parent.error("key-missing", key);
    }
    return node;
  }

  private static String text(YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = required(parent, keys, key);
    return node == null ? "" : node.text();
  }

  /** One of some words; told and empty when it is another. */
  private static String word(
      YamlNode parent, Map<String, YamlNode> keys, String key, List<String> known) {
    YamlNode node = required(parent, keys, key);
    if (node == null) {
      return "";
    }
    String text = node.text();
    if (!known.contains(text)) {
      node.error("unknown-word", text, String.join(", ", known));
      return "";
    }
    return text;
  }

  private static int number(
      Map<String, YamlNode> keys, String key, int usual, int least, int most) {
    YamlNode node = keys.get(key);
    if (node == null) {
      return Math.max(least, Math.min(usual, most));
    }
    String text = node.text();
    if (text.matches("\\d{1,6}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    node.error("number-between", text, least, most);
    return least;
  }

  private static void id(YamlNode node, String id) {
    if (!id.isEmpty() && (id.length() > LONGEST_ID || !ID.matcher(id).matches())) {
      node.error("id-form", id);
    }
  }

  private static Words words(YamlNode parent, Map<String, YamlNode> keys, String key) {
    YamlNode node = required(parent, keys, key);
    Map<String, String> texts = new LinkedHashMap<>();
    if (node != null) {
      node.map(Words.LANGUAGES).forEach((language, text) -> texts.put(language, text.text()));
      for (String language : Words.LANGUAGES) {
        if (texts.getOrDefault(language, "").isBlank()) {
          node.error("words-missing", language);
        }
      }
    }
    return new Words(texts);
  }
}
