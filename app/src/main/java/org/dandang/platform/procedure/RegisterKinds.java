package org.dandang.platform.procedure;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The registers that the modules of the program describe, whether or not it runs. */
public final class RegisterKinds {
  private static final String PLACES = "classpath*:registers/*/*.properties";

  private final Map<String, RegisterKind> kinds;

  private RegisterKinds(Map<String, RegisterKind> kinds) {
    this.kinds = Collections.unmodifiableMap(kinds);
  }

  private static final class OfTheProgram {
    static final RegisterKinds KINDS = read();
  }

  /**
   * Those of the class path.
   *
   * @throws IllegalStateException when one is described twice or not as {@link RegisterKind} says
   */
  public static RegisterKinds ofTheProgram() {
    return OfTheProgram.KINDS;
  }

  private static RegisterKinds read() {
    Map<String, RegisterKind> kinds = new TreeMap<>();
    try {
      for (Resource file : new PathMatchingResourcePatternResolver().getResources(PLACES)) {
        Properties text = new Properties();
        try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
          text.load(reader);
        }
        String name = String.valueOf(file.getFilename());
        String word = name.substring(0, name.length() - ".properties".length());
        if (kinds.put(word, RegisterKind.of(word, text)) != null) {
          throw new IllegalStateException("The register " + word + " is described twice.");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RegisterKinds(kinds);
  }

  /** All of them. */
  public List<RegisterKind> all() {
    return List.copyOf(kinds.values());
  }

  public Optional<RegisterKind> find(String word) {
    return Optional.ofNullable(kinds.get(word));
  }

  /** Words of what forms can name. */
  public List<String> named() {
    return words(RegisterKind::named);
  }

  private List<String> words(java.util.function.Predicate<RegisterKind> which) {
    return kinds.values().stream().filter(which).map(RegisterKind::word).toList();
  }

  /** What is wrong with the entries a procedure makes; empty when nothing is. */
  public List<Flaw> flaws(Flow flow, Map<String, Form> forms) {
    List<Flaw> flaws = new ArrayList<>();
    for (Node.Step step : flow.steps()) {
      check(step, step.enters(), false, forms, flaws);
    }
    for (Node.End end : flow.ends()) {
      check(end, end.enters(), end.adverse(), forms, flaws);
    }
    return flaws;
  }

  private void check(
      Node node,
      @Nullable String word,
      boolean adverse,
      Map<String, Form> forms,
      List<Flaw> flaws) {
    if (word == null) {
      return;
    }
    RegisterKind kind = kinds.get(word);
    if (kind == null || !kind.entered()) {
      flaws.add(
          Flaw.of(
              node.line(),
              node.id(),
              "no-such-register",
              word,
              String.join(", ", words(RegisterKind::entered))));
      return;
    }
    if (kind.adverse() && !adverse) {
      flaws.add(Flaw.of(node.line(), node.id(), "adverse-entry", word));
    }
    Map<String, List<Field>> fields =
        forms.values().stream()
            .flatMap(form -> form.fields().stream())
            .collect(Collectors.groupingBy(Field::id, LinkedHashMap::new, Collectors.toList()));
    new TreeMap<>(kind.fields())
        .forEach(
            (field, words) -> {
              List<Field> there = fields.getOrDefault(field, List.of());
              if (there.isEmpty()) {
                flaws.add(Flaw.of(node.line(), node.id(), "entry-without-field", word, field));
              } else if (there.stream().anyMatch(one -> !words.contains(one.word()))) {
                flaws.add(
                    Flaw.of(
                        node.line(),
                        node.id(),
                        "entry-field-kind",
                        word,
                        field,
                        String.join(", ", words)));
              }
            });
  }
}
