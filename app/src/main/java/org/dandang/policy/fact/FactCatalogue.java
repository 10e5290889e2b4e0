package org.dandang.policy.fact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  private FactCatalogue(Map<String, Fact> facts) {
    this.facts = Collections.unmodifiableMap(facts);
  }

  /**
   * Reads the catalogue of the class path.
   *
   * @throws IllegalStateException naming file and key when a fact is not documented in full
   */
  public static FactCatalogue ofTheProgram() {
    Map<String, Fact> facts = new TreeMap<>();
    try {
      for (Resource file :
          new PathMatchingResourcePatternResolver().getResources("classpath*:facts/*/*.sql")) {
        Fact fact =
            parse(file.getURL().toString(), file.getContentAsString(StandardCharsets.UTF_8));
        if (facts.put(fact.id(), fact) != null) {
          throw new IllegalStateException("The fact " + fact.id() + " is defined twice.");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FactCatalogue(facts);
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
    Map<String, String> header = new LinkedHashMap<>();
    StringBuilder sql = new StringBuilder();
    for (String line : text.lines().toList()) {
      Matcher matcher = HEADER.matcher(line);
      if (sql.isEmpty() && matcher.matches()) {
        header.put(matcher.group(1), matcher.group(2).strip());
      } else {
        sql.append(line).append('\n');
      }
    }
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
        sql.toString().strip());
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
