package org.dandang.official;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which officials a list shows and in which order; every state has an address.
 *
 * @param q name, part of a name, pinyin, initials or key; empty for all
 * @param unit the unit or what lies within it; null for all
 * @param flag kind of flag, {@code any}, or empty
 * @param frontLine {@code now}: serves on the front line
 * @param age band such as {@code 40-44}; empty for all
 * @param page from 1
 * @param unknownUnit what somebody wrote for a unit and names none, or several: nobody is shown;
 *     empty otherwise
 */
public record OfficialFilter(
    String q,
    @Nullable Long unit,
    String rank,
    String level,
    String status,
    String sex,
    String flag,
    String frontLine,
    String age,
    String sort,
    int page,
    String unknownUnit) {
  static final List<String> SORTS = List.of("name", "born", "work");
  static final List<String> AGES =
      List.of("0-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-120");

  public OfficialFilter {
    q = said(q);
    rank = said(rank);
    level = said(level);
    status = said(status);
    sex = said(sex);
    flag = said(flag);
    frontLine = said(frontLine);
    age = said(age);
    sort = said(sort);
    unknownUnit = said(unknownUnit);
    sort = SORTS.contains(sort) ? sort : "name";
    page = Math.max(1, Math.min(page, 100_000));
    age = AGES.contains(age) ? age : "";
  }

  private static String said(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** The address of this state, or of another page of it. */
  public String query(int otherPage) {
    StringJoiner parts = new StringJoiner("&", "?", "").setEmptyValue("");
    Map<String, String> values = new LinkedHashMap<>();
    values.put("q", q);
    values.put("unit", unit == null ? "" : unit.toString());
    values.put("within", unknownUnit);
    values.put("rank", rank);
    values.put("level", level);
    values.put("status", status);
    values.put("sex", sex);
    values.put("flag", flag);
    values.put("frontLine", frontLine);
    values.put("age", age);
    values.put("sort", sort.equals("name") ? "" : sort);
    values.put("page", otherPage == 1 ? "" : Integer.toString(otherPage));
    values.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            parts.add(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
          }
        });
    return parts.toString();
  }

  /** The address of this state. */
  public String query() {
    return query(page);
  }

  /** The address of the first page in another order. */
  public String sorted(String other) {
    return new OfficialFilter(
            q, unit, rank, level, status, sex, flag, frontLine, age, other, 1, unknownUnit)
        .query();
  }

  /** Whether anything but the order was chosen. */
  public boolean narrows() {
    return !new OfficialFilter("", null, "", "", "", "", "", "", "", sort, page, "").equals(this);
  }

  /** The condition over identity {@code i} and official {@code o}, with its parameters. */
  String where(Map<String, Object> parameters, LocalDate today) {
    StringBuilder where = new StringBuilder("i.superseded_at is null");
    parameters.put("today", today);
    if (!q.isBlank()) {
      String text = q.strip().toLowerCase(Locale.ROOT).replaceAll("[%_\\\\]", "");
      parameters.put("part", "%" + text + "%");
      parameters.put("begin", text.replace(" ", "") + "%");
      parameters.put("key", q.strip());
      where.append(
          " and (i.name like :part or i.pinyin like :begin or i.initials like :begin or o.key = :key)");
    }
    if (!unknownUnit.isEmpty()) {
      where.append(" and false");
    }
    if (unit != null) {
      parameters.put("unit", unit);
      where.append(
          " and exists (select from official.current_posting p join organisation.unit_within w on w.unit_id = p.unit_id where w.within_id = :unit and p.official_id = i.official_id and p.starts_on <= :today and (p.ends_on is null or p.ends_on > :today))");
    }
    if (!rank.isBlank()) {
      parameters.put("rank", rank);
      where.append(
          " and (select r.rank from official.current_rank_held r where r.official_id = i.official_id order by r.since desc nulls last, r.id desc limit 1) = :rank");
    }
    if (!level.isBlank()) {
      parameters.put("level", level);
      where.append(
          " and exists (select from official.current_posting p where p.official_id = i.official_id and p.post_level = :level and p.kind = 'regular' and p.starts_on <= :today and (p.ends_on is null or p.ends_on > :today))");
    }
    if (!status.isBlank()) {
      parameters.put("status", status);
      where.append(" and i.status = :status");
    }
    if (sex.matches("[0129]")) {
      parameters.put("sex", Integer.valueOf(sex));
      where.append(" and i.sex = :sex");
    }
    if (!flag.isBlank()) {
      parameters.put("flag", flag);
      where.append(
          " and exists (select from official.timeline_flag t where t.official_id = i.official_id and (:flag = 'any' or t.kind = :flag))");
    }
    if (frontLine.equals("now")) {
      where.append(
          " and exists (select from official.front_line_service f where f.official_id = i.official_id and f.starts_on <= :today and (f.ends_on is null or f.ends_on > :today))");
    }
    if (!age.isEmpty()) {
      String[] band = age.split("-");
      parameters.put("bornAfter", today.minusYears(Long.parseLong(band[1]) + 1));
      parameters.put("bornUntil", today.minusYears(Long.parseLong(band[0])));
      where.append(" and i.born > :bornAfter and i.born <= :bornUntil");
    }
    return where.toString();
  }

  String order() {
    return switch (sort) {
      case "born" -> "i.born nulls last, i.official_id";
      case "work" -> "i.began_work nulls last, i.official_id";
      default -> "i.pinyin nulls last, i.official_id";
    };
  }
}
