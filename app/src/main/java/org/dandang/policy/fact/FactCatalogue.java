package org.dandang.policy.fact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * All facts of all modules, read from {@code facts/<module>/<id>.sql}.
 *
 * <p>A file is a header of {@code -- key: value} lines, then the SQL of the evidence.
 */
public final class FactCatalogue {
  private static final Pattern HEADER = Pattern.compile("-- ([A-Za-z-]+): (.*)");
  private static final Pattern PLACE = Pattern.compile("facts/([a-z]+)/([a-z0-9-]+)\\.sql");

  private final Map<String, Fact> facts;
  private final List<Grouping> groupings;

  private FactCatalogue(Map<String, Fact> facts, List<Grouping> groupings) {
    this.facts = Collections.unmodifiableMap(facts);
    this.groupings = groupings.stream().sorted(Comparator.comparingInt(Grouping::order)).toList();
  }

  /**
   * Reads the catalogue of the class path.
   *
   * @throws IllegalStateException naming file and key when a fact is not documented in full
   */
  public static FactCatalogue ofTheProgram() {
    Map<String, Fact> facts = new TreeMap<>();
    List<Grouping> groupings = new ArrayList<>();
    try {
      for (Resource file :
          new PathMatchingResourcePatternResolver().getResources("classpath*:facts/*/*.sql")) {
        String place = file.getURL().toString();
        String text = file.getContentAsString(StandardCharsets.UTF_8);
        Fact fact = parse(place, text);
        grouping(place, fact, header(text)).ifPresent(groupings::add);
        if (facts.put(fact.id(), fact) != null) {
          throw new IllegalStateException("The fact " + fact.id() + " is defined twice.");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FactCatalogue(facts, groupings);
  }

  /** The facts by which subjects of a kind are grouped in comparisons, in their order. */
  public List<Grouping> groupings(String subject) {
    return groupings.stream().filter(g -> g.fact().subject().equals(subject)).toList();
  }

  public Optional<Fact> find(String id) {
    return Optional.ofNullable(facts.get(id));
  }

  /** The fact; the pack check has made sure that it exists. */
  public Fact get(String id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("There is no fact " + id + "."));
  }

  public List<Fact> all() {
    return List.copyOf(facts.values());
  }

  static Fact parse(String place, String text) {
    Matcher name = PLACE.matcher(place);
    if (!name.find()) {
      throw new IllegalStateException(place + ": facts live in facts/<module>/<id>.sql");
    }
    Map<String, String> header = header(text);
    String sql = text.lines().skip(header.size()).collect(Collectors.joining("\n"));
    String id = required(place, header, "id");
    if (!id.equals(name.group(2))) {
      throw new IllegalStateException(place + ": the id " + id + " is not the file's name");
    }
    Map<String, String> titles = new LinkedHashMap<>();
    for (String language : Words.LANGUAGES) {
      titles.put(language, required(place, header, language));
    }
    String type = required(place, header, "type");
    String values = header.get("values");
    return new Fact(
        id,
        name.group(1),
        required(place, header, "subject"),
        FactType.parse(type)
            .orElseThrow(() -> new IllegalStateException(place + ": unknown type " + type)),
        header.get("unit"),
        values == null ? List.of() : List.of(values.split(",\\s*")),
        new Words(titles),
        required(place, header, "null"),
        absent(place, header.get("absent")),
        required(place, header, "value"),
        sql.strip());
  }

  /** The lines {@code -- key: value} a file begins with. */
  private static Map<String, String> header(String text) {
    Map<String, String> header = new LinkedHashMap<>();
    text.lines()
        .map(HEADER::matcher)
        .takeWhile(Matcher::matches)
        .forEach(line -> header.put(line.group(1), line.group(2).strip()));
    return header;
  }

  private static Optional<Grouping> grouping(String place, Fact fact, Map<String, String> header) {
    String order = header.get("group");
    String bands = header.get("bands");
    if (order == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Grouping(
              fact,
              Integer.parseInt(order),
              bands == null
                  ? List.of()
                  : Stream.of(bands.split(",\\s*")).map(Integer::valueOf).toList()));
    } catch (NumberFormatException e) {
      throw new IllegalStateException(place + ": group and bands are whole numbers", e);
    }
  }

  private static String required(String place, Map<String, String> header, String key) {
    String value = header.get(key);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(place + ": the header lacks " + key);
    }
    return Objects.requireNonNull(value);
  }

  private static @Nullable String absent(String place, @Nullable String literal) {
    if (literal != null && !literal.toLowerCase(Locale.ROOT).matches("-?[0-9.]+|true|false")) {
      throw new IllegalStateException(place + ": absent is a number, true or false");
    }
    return literal;
  }
}
