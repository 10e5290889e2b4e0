package org.dandang.policy.simulation;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * A figure put in place of the one in force.
 *
 * @param key value of the fact that picks among several figures; null where one holds for all
 * @param value as it was written
 */
public record Setting(String parameter, @Nullable String key, String value) {
  private static final Pattern FORM = Pattern.compile("([^=\\[\\]]+)(?:\\[([^]]*)])?=(.*)");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,6})?");

  /**
   * Reads {@code parameter=value} or {@code parameter[key]=value}.
   *
   * @throws PolicyProblem for anything else
   */
  public static Setting parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new PolicyProblem("set-form", text);
    }
    return new Setting(matcher.group(1).strip(), matcher.group(2), matcher.group(3).strip());
  }

  /**
   * A version with these figures in place of its own.
   *
   * @throws PolicyProblem for a parameter or key the version does not have, or a value of another
   *     type than the figure in force
   */
  public static PolicyVersion apply(PolicyVersion version, List<Setting> settings) {
    Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
    for (Setting setting : settings) {
      Parameter.Dated dated = version.figures().get(setting.parameter());
      if (dated == null) {
        throw new PolicyProblem(
            "set-unknown", setting.parameter(), String.join(", ", known(version)));
      }
      String key = Objects.requireNonNullElse(setting.key(), Parameter.FOR_ALL);
      Object present = dated.figures().get(key);
      if (present == null) {
        throw new PolicyProblem("set-key", setting.name(), String.join(", ", known(version)));
      }
      figures
          .computeIfAbsent(setting.parameter(), id -> new LinkedHashMap<>())
          .put(key, setting.as(present));
    }
    return figures.isEmpty() ? version : version.withFigures(figures);
  }

  /** As it is written: {@code parameter} or {@code parameter[key]}. */
  public String name() {
    return name(parameter, Objects.requireNonNullElse(key, Parameter.FOR_ALL));
  }

  /** How a figure is named: {@code parameter} or {@code parameter[key]}. */
  public static String name(String parameter, String key) {
    return key.equals(Parameter.FOR_ALL) ? parameter : parameter + "[" + key + "]";
  }

  private static List<String> known(PolicyVersion version) {
    TreeSet<String> names = new TreeSet<>();
    version
        .figures()
        .forEach((id, dated) -> dated.figures().keySet().forEach(key -> names.add(name(id, key))));
    return List.copyOf(names);
  }

  private Object as(Object present) {
    return switch (present) {
      case BigDecimal number -> {
        if (!NUMBER.matcher(value).matches()) {
          throw new PolicyProblem("set-number", name(), value, number.toPlainString());
        }
        yield new BigDecimal(value);
      }
      case Boolean truth -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw new PolicyProblem("set-truth", name(), value, truth);
        }
        yield Boolean.valueOf(value);
      }
      default -> value;
    };
  }
}
