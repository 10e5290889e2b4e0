package org.dandang.policy.pack;

import static org.dandang.policy.pack.PackFolder.required;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.policy.Words;

/**
 * Reads {@code public-notice.yaml}: the kinds of public notices a pack rules, and the parameters
 * that say how long each is posted and whether objections have to bear a name.
 */
final class PublicNoticeReader {
  private static final String FILE = "public-notice.yaml";
  private static final BigDecimal LONGEST = BigDecimal.valueOf(250);

  private final PackFolder folder;

  PublicNoticeReader(PackFolder folder) {
    this.folder = folder;
  }

  /** The part; empty where there is none, or after telling what is wrong with it. */
  Optional<Part.PublicNotice> read(Map<String, Parameter> parameters) {
    YamlNode document = folder.yaml(FILE, false);
    if (document == null) {
      return Optional.empty();
    }
    Map<String, YamlNode> keys = document.map(List.of("kinds", "period", "named"));
    YamlNode period = required(document, keys, "period");
    YamlNode kinds = required(document, keys, "kinds");
    if (period == null || kinds == null) {
      return Optional.empty();
    }
    Map<String, Words> titles = new LinkedHashMap<>();
    kinds.map().forEach((code, node) -> titles.put(code, title(node)));
    Parameter days = parameters.get(period.text());
    if (days == null) {
      period.error("unknown-parameter", period.text());
    } else if (!days.values().stream()
        .flatMap(value -> value.figures().values().stream())
        .allMatch(PublicNoticeReader::isDays)) {
      period.error("not-working-days", period.text(), LONGEST);
    }
    YamlNode named = keys.get("named");
    if (named != null && !parameters.containsKey(named.text())) {
      named.error("unknown-parameter", named.text());
    }
    return Optional.of(
        new Part.PublicNotice(titles, period.text(), named == null ? null : named.text()));
  }

  private static boolean isDays(Object figure) {
    return figure instanceof BigDecimal number
        && number.signum() > 0
        && number.stripTrailingZeros().scale() <= 0
        && number.compareTo(LONGEST) <= 0;
  }

  private static Words title(YamlNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.map(Words.LANGUAGES).forEach((language, text) -> texts.put(language, text.text()));
    for (String language : Words.LANGUAGES) {
      if (!texts.containsKey(language)) {
        node.error("words-missing", language);
      }
    }
    return new Words(texts);
  }
}
