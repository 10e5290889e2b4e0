package org.dandang.protection.closed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.web.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which accusations of closed matters a list shows; empty and null for any.
 *
 * @param year in which the matter came in
 * @param ended year in which it was closed
 * @param outcome a word of the hub, {@code clear} for unfounded and exonerated, or {@code none}
 *     where the finding says nothing about the person
 * @param finding as the pack spells it; {@code -} where the file says nothing
 * @param unit code of the unit the file gives the accused; {@code -} for none
 * @param agency that handled it; {@code -} for none
 * @param known {@code yes}: the accused is an official on record; {@code no}
 * @param sort {@code received}, {@code closed}, {@code finding}, {@code unit}, {@code days}
 */
public record ClosedFilter(
    @Nullable Integer year,
    @Nullable Integer ended,
    String outcome,
    String finding,
    String unit,
    String agency,
    String known,
    String sort) {
  static final List<String> SORTS = List.of("received", "closed", "finding", "unit", "days");

  static ClosedFilter of(Map<String, String> asked) {
    return new ClosedFilter(
        year(asked.get("year")),
        year(asked.get("ended")),
        asked.getOrDefault("outcome", ""),
        asked.getOrDefault("finding", ""),
        asked.getOrDefault("unit", ""),
        asked.getOrDefault("agency", ""),
        asked.getOrDefault("known", ""),
        SORTS.contains(asked.getOrDefault("sort", ""))
            ? asked.getOrDefault("sort", "received")
            : "received");
  }

  static @Nullable Integer year(@Nullable String text) {
    return text != null && text.matches("[12][0-9]{3}") ? Integer.valueOf(text) : null;
  }

  String condition() {
    StringBuilder all = new StringBuilder("true");
    add(
        all,
        year != null,
        "l.received_on >= make_date(:year, 1, 1) and l.received_on < make_date(:year + 1, 1, 1)");
    add(
        all,
        ended != null,
        "l.closed_on >= make_date(:ended, 1, 1) and l.closed_on < make_date(:ended + 1, 1, 1)");
    add(all, outcome.equals("none"), "a.outcome is null");
    add(all, outcome.equals("clear"), "a.outcome in ('unfounded', 'exonerated')");
    add(
        all,
        !outcome.isEmpty() && !outcome.equals("none") && !outcome.equals("clear"),
        "a.outcome = :outcome");
    add(all, !finding.isEmpty(), "a.finding = :finding");
    add(all, !unit.isEmpty(), "a.unit_code = :unit");
    add(all, !agency.isEmpty(), "c.agency = :agency");
    add(all, known.equals("yes"), "p.official_id is not null");
    add(all, known.equals("no"), "p.official_id is null");
    return all.toString();
  }

  private static void add(StringBuilder all, boolean wanted, String condition) {
    if (wanted) {
      all.append(" and ").append(condition);
    }
  }

  String order() {
    return switch (sort) {
      case "closed" -> "l.closed_on desc, a.id";
      case "finding" -> "a.finding, l.received_on desc, a.id";
      case "unit" -> "a.unit_code, l.received_on desc, a.id";
      case "days" -> "l.closed_on - l.received_on desc, a.id";
      default -> "l.received_on desc, a.id";
    };
  }

  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (year != null) {
      parameters.put("year", year);
    }
    if (ended != null) {
      parameters.put("ended", ended);
    }
    parameters.put("outcome", outcome);
    parameters.put("finding", said(finding));
    parameters.put("unit", said(unit));
    parameters.put("agency", said(agency));
    return parameters;
  }

  private static String said(String word) {
    return word.equals("-") ? "" : word;
  }

  /** The address's query, with one part of it said otherwise. */
  public String query(String part, String value) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("year", year == null ? "" : year.toString());
    parts.put("ended", ended == null ? "" : ended.toString());
    parts.put("outcome", outcome);
    parts.put("finding", finding);
    parts.put("unit", unit);
    parts.put("agency", agency);
    parts.put("known", known);
    parts.put("sort", sort.equals("received") ? "" : sort);
    parts.put(part, value);
    return Query.of(parts);
  }
}
