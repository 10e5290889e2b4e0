package org.dandang.protection.hub;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dandang.platform.web.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which leads a list shows.
 *
 * @param state {@code open}, {@code overdue}, {@code unlinked}, {@code closed}, {@code merged};
 *     empty for all but merged ones
 * @param since first day of receipt; null for any
 * @param before day of receipt from which on none is shown; null for any
 * @param unit in whose subtree they are handled; null for any
 * @param channel by which it came in; empty for any
 * @param agency that handled a matter closed elsewhere; {@code -} for none named
 * @param sort {@code received}, {@code due}, {@code number}
 */
public record LeadFilter(
    String state,
    String source,
    String outcome,
    String severity,
    @Nullable LocalDate since,
    @Nullable LocalDate before,
    @Nullable Long unit,
    String text,
    String channel,
    String agency,
    String sort) {
  static LeadFilter of(Map<String, String> asked) {
    return new LeadFilter(
        asked.getOrDefault("state", ""),
        asked.getOrDefault("source", ""),
        asked.getOrDefault("outcome", ""),
        asked.getOrDefault("severity", ""),
        day(asked.get("since")),
        day(asked.get("before")),
        number(asked.get("unit")),
        asked.getOrDefault("q", "").strip(),
        asked.getOrDefault("channel", ""),
        asked.getOrDefault("agency", ""),
        asked.getOrDefault("sort", "received"));
  }

  static @Nullable LocalDate day(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
    } catch (java.time.format.DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null || !text.matches("[0-9]{1,18}") ? null : Long.valueOf(text);
  }

  String condition() {
    StringBuilder all =
        new StringBuilder(
            switch (state) {
              case "open" -> "l.state = 'open'";
              case "overdue" -> "l.state = 'open' and l.due_on < :today";
              case "unlinked" ->
                  "l.state = 'open' and exists (select from protection.lead_person p where"
                      + " p.lead_id = l.id and p.official_id is null and p.set_aside is null)";
              case "closed" -> "l.state = 'closed'";
              case "merged" -> "l.state = 'merged'";
              default -> "l.state <> 'merged'";
            });
    add(all, !source.isEmpty(), "l.source = :source");
    add(all, since != null, "l.received_on >= :since");
    add(all, before != null, "l.received_on < :before");
    add(
        all,
        unit != null,
        "exists (select from organisation.unit_line n where n.unit_id = l.unit_id and :unit = any"
            + " (n.line))");
    add(
        all,
        !outcome.isEmpty() || !severity.isEmpty(),
        "l.id in (select p.lead_id from protection.lead_person p where p.outcome is not null"
            + (outcome.isEmpty() ? "" : " and p.outcome = :outcome")
            + (severity.isEmpty() ? "" : " and p.severity = :severity")
            + ")");
    add(all, !channel.isEmpty(), "l.channel = :channel");
    // What an agency closed is mostly old: asked for first and not lead by lead, newest first.
    add(
        all,
        !agency.isEmpty(),
        "l.id in (select m.lead_id from protection.closed_matter m where m.agency = :agency offset"
            + " 0)");
    add(
        all,
        !text.isEmpty(),
        "l.id in (select t.id from protection.lead t where t.number = :text or t.reference = :text"
            + " or t.title like :like union all select p.lead_id from protection.lead_person p"
            + " where p.name = :text)");
    return all.toString();
  }

  private static void add(StringBuilder all, boolean wanted, String condition) {
    if (wanted) {
      all.append(" and ").append(condition);
    }
  }

  String order() {
    return switch (sort) {
      case "due" -> "l.due_on nulls last, l.id";
      case "number" -> "l.id desc";
      default -> "l.received_on desc, l.id desc";
    };
  }

  Map<String, Object> parameters(LocalDate today) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("today", today);
    parameters.put("source", source);
    parameters.put("outcome", outcome);
    parameters.put("severity", severity);
    parameters.put("text", text);
    parameters.put("channel", channel);
    parameters.put("agency", agency.equals("-") ? "" : agency);
    parameters.put("like", "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%");
    if (since != null) {
      parameters.put("since", since);
    }
    if (before != null) {
      parameters.put("before", before);
    }
    if (unit != null) {
      parameters.put("unit", unit);
    }
    return parameters;
  }

  /** The address's query, with one part of it said otherwise. */
  public String query(String part, String value) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("state", state);
    parts.put("source", source);
    parts.put("outcome", outcome);
    parts.put("severity", severity);
    parts.put("since", since == null ? "" : since.toString());
    parts.put("before", before == null ? "" : before.toString());
    parts.put("unit", unit == null ? "" : unit.toString());
    parts.put("q", text);
    parts.put("channel", channel);
    parts.put("agency", agency);
    parts.put("sort", sort.equals("received") ? "" : sort);
    parts.put(part, value);
    return Query.of(parts);
  }
}
