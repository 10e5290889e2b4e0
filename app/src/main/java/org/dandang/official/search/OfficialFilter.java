package org.dandang.official.search;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.dandang.platform.web.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which officials a list shows and in which order; every state has an address.
 *
 * @param q name, part of a name, pinyin, initials, key or identity number; empty for all
 * @param unit the unit or what lies within it; null for all
 * @param unknownUnit what somebody wrote for a unit and names none, or several: nobody is shown;
 *     empty otherwise
 * @param flag kind of flag, {@code any}, or empty
 * @param frontLine {@code now}: serves on the front line
 * @param age band such as {@code 40-44}; empty for all
 * @param conditions on facts
 * @param refused conditions that cannot be asked, with the reason, as {@code reason:text}
 * @param anyOf whether one of the conditions is enough
 * @param sort {@code name}, {@code born}, {@code work} or a fact
 * @param falling from the largest to the smallest
 * @param page from 1
 */
public record OfficialFilter(
    String q,
    @Nullable Long unit,
    String unknownUnit,
    String rank,
    String level,
    String status,
    String sex,
    String flag,
    String frontLine,
    String age,
    List<Condition> conditions,
    List<String> refused,
    boolean anyOf,
    String sort,
    boolean falling,
    int page) {
  static final List<String> SORTS = List.of("name", "born", "work");
  static final List<String> AGES =
      List.of("0-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-120");

  public OfficialFilter {
    sort = sort.isEmpty() ? "name" : sort;
    page = Query.page(page);
    age = AGES.contains(age) ? age : "";
    conditions = List.copyOf(conditions);
    refused = List.copyOf(refused);
  }

  /** Everybody, by name. */
  public static final OfficialFilter EVERYBODY =
      new OfficialFilter(
          "", null, "", "", "", "", "", "", "", "", List.of(), List.of(), false, "name", false, 1);

  /** The address of this state, or of another page of it. */
  public String query(int otherPage) {
    return address(otherPage, sort, falling, conditions);
  }

  /** The address of this state. */
  public String query() {
    return query(page);
  }

  /** The address of the first page in another order; asked twice, the other way round. */
  public String sorted(String other) {
    return address(1, other, other.equals(sort) && !falling, conditions);
  }

  /** The address of the first page without one of its conditions. */
  public String without(Condition one) {
    List<Condition> others = new ArrayList<>(conditions);
    others.remove(one);
    return address(1, sort, falling, others);
  }

  /** The parts of the address that say which officials, to be carried by a form. */
  public List<Map.Entry<String, String>> parts() {
    return parts(1, sort, falling, conditions);
  }

  private String address(int page, String sort, boolean falling, List<Condition> conditions) {
    StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");
    parts(page, sort, falling, conditions)
        .forEach(
            part ->
                parts.add(
                    part.getKey()
                        + "="
                        + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8)));
    return parts.toString();
  }

  private List<Map.Entry<String, String>> parts(
      int page, String sort, boolean falling, List<Condition> conditions) {
    List<Map.Entry<String, String>> parts = new ArrayList<>();
    parts.add(Map.entry("q", q));
    parts.add(Map.entry("unit", unit == null ? "" : unit.toString()));
    parts.add(Map.entry("within", unknownUnit));
    parts.add(Map.entry("rank", rank));
    parts.add(Map.entry("level", level));
    parts.add(Map.entry("status", status));
    parts.add(Map.entry("sex", sex));
    parts.add(Map.entry("flag", flag));
    parts.add(Map.entry("frontLine", frontLine));
    parts.add(Map.entry("age", age));
    conditions.forEach(condition -> parts.add(Map.entry("c", condition.address())));
    parts.add(Map.entry("any", anyOf && conditions.size() > 1 ? "true" : ""));
    parts.add(Map.entry("sort", sort.equals("name") ? "" : sort));
    parts.add(Map.entry("falling", falling ? "true" : ""));
    parts.add(Map.entry("page", page == 1 ? "" : Integer.toString(page)));
    parts.removeIf(part -> part.getValue().isEmpty());
    return parts;
  }

  /** Whether anything but the order was chosen. */
  public boolean narrows() {
    return !address(1, "name", false, conditions).isEmpty();
  }
}
