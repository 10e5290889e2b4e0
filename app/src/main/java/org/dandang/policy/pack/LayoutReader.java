package org.dandang.policy.pack;

import static org.dandang.policy.pack.PackFolder.required;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dandang.platform.procedure.Layout;
import org.dandang.platform.procedure.Texts;
import org.jspecify.annotations.Nullable;

/** Reads the layout of a paper, telling what is wrong with it by line. */
final class LayoutReader {
  private static final int MOST_PARTS = 50;

  private LayoutReader() {}

  /** The words of a pack's messages. */
  static Texts words(Pack pack) {
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    pack.messages()
        .forEach(
            (language, messages) -> {
              Map<String, String> words = new LinkedHashMap<>();
              messages
                  .stringPropertyNames()
                  .forEach(key -> words.put(key, messages.getProperty(key)));
              texts.put(language, words);
            });
    return new Texts(texts);
  }

  /** The layout, or empty when it cannot be used; the findings say why. */
  static Optional<Layout> read(
      String form, Path path, String name, Texts texts, Consumer<Finding> told) {
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
    Map<String, YamlNode> keys =
        document.map(List.of("after", "number", "to", "parts", "signed", "date", "seal"));
    List<Layout.Part> parts = new ArrayList<>();
    YamlNode list = required(document, keys, "parts");
    if (list != null) {
      List<YamlNode> nodes = list.list();
      if (nodes.isEmpty() || nodes.size() > MOST_PARTS) {
        list.error("layout-parts", MOST_PARTS);
      }
      nodes.forEach(node -> part(node).ifPresent(parts::add));
    }
    YamlNode signed = keys.get("signed");
    if (signed != null && !List.of("unit", "person").contains(signed.text())) {
      signed.error("layout-signed", signed.text());
    }
    YamlNode seal = keys.get("seal");
    if (seal != null && !(seal.value() instanceof Boolean)) {
      seal.error("not-true-or-false", "seal");
    }
    return broken[0]
        ? Optional.empty()
        : Optional.of(
            new Layout(
                form,
                text(keys, "after"),
                text(keys, "number"),
                text(keys, "to"),
                parts,
                signed == null || signed.text().equals("unit"),
                text(keys, "date"),
                seal != null && Boolean.TRUE.equals(seal.value()),
                texts));
  }

  private static @Nullable String text(Map<String, YamlNode> keys, String key) {
    YamlNode node = keys.get(key);
    return node == null ? null : node.text();
  }

  private static Optional<Layout.Part> part(YamlNode node) {
    Map<String, YamlNode> keys = node.map(List.of("text", "fields"));
    YamlNode text = keys.get("text");
    YamlNode fields = keys.get("fields");
    if ((text == null) == (fields == null)) {
      node.error("layout-part");
      return Optional.empty();
    }
    return Optional.of(
        text == null
            ? new Layout.Part.Fields(fields == null ? List.of() : fields.texts())
            : new Layout.Part.Text(text.text()));
  }
}
