package org.dandang.organisation;

import java.sql.Types;
import java.text.Normalizer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Units by what somebody writes: part of a name they have or had, its pinyin or initials, or the
 * beginning of a code.
 */
@Component
public class UnitSearch {
  /** How many are suggested. */
  static final int MOST = 20;

  /** Names looked at for units; those that fit best come first. */
  private static final int MOST_NAMES = 400;

  private static final int LONGEST = 200;

  /** Sorts behind every character a name can have. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private static final String THERE =
      "and (:on::date is null or ((d.starts_on is null or d.starts_on <= :on) and (d.ends_on is null or d.ends_on > :on)))";

  private static final String SUGGESTED =
      """
      with recursive best as (%s),
      chosen as (
        select b.unit_id, min(b.fits) as fits
          from best b group by b.unit_id order by min(b.fits), min(length(b.name)), min(b.name), b.unit_id limit :most),
      up as (
        select c.unit_id, u.parent_id, 0 as steps, '' as name
          from chosen c join organisation.unit u on u.id = c.unit_id
        union all
        select up.unit_id, u.parent_id, up.steps + 1, u.name
          from up join organisation.unit u on u.id = up.parent_id where up.steps < 20)
      select u.id, u.source, u.code, u.name as name_now, said.name,
             (select string_agg(up.name, ' / ' order by up.steps desc) from up where up.unit_id = u.id and up.steps > 0) as above,
             life.closed_on,
             (select count(*) from organisation.unit other where other.code = u.code) > 1 as code_shared
        from chosen c
        join organisation.unit u on u.id = c.unit_id
        join lateral (
          select b.name from best b where b.unit_id = c.unit_id order by b.fits, b.name <> u.name, length(b.name), b.name limit 1) said on true
        left join lateral (
          select case when bool_or(d.ends_on is null) then null else max(d.ends_on) end as closed_on
            from organisation.unit_description d where d.unit_id = u.id and d.superseded_at is null) life on true
       order by c.fits, length(said.name), said.name, u.source, u.code
      """;

  /**
   * Of each unit the names that fit, the better the smaller {@code fits}; what begins so and what
   * only holds it are each found by an index, until there are enough.
   */
  private static final String FITTING =
      """
      select d.unit_id, h.name, h.fits
        from (select s.name, min(s.fits) as fits
                from ((select n.name, 1 as fits from organisation.unit_name n where n.folded = :text limit :names)
                      union all
                      (select n.name, 2 from organisation.unit_name n
                        where n.folded ~>=~ :text and n.folded ~<~ :textEnd limit :names)
                      union all
                      (select n.name, 3 from organisation.unit_name n
                        where :letters <> '' and (n.pinyin = :letters or n.initials = :letters) limit :names)
                      union all
                      (select n.name, 4 from organisation.unit_name n
                        where :letters <> '' and n.pinyin ~>=~ :letters and n.pinyin ~<~ :lettersEnd limit :names)
                      union all
                      (select n.name, 4 from organisation.unit_name n
                        where :letters <> '' and n.initials ~>=~ :letters and n.initials ~<~ :lettersEnd limit :names)
                      union all
                      (select n.name, 5 from organisation.unit_name n
                        where string_to_array(n.folded, null) @> string_to_array(:text, null) and n.folded like :part
                        limit :names)) s
               group by s.name order by min(s.fits), length(s.name), s.name limit :names) h
        cross join lateral (
          select d.unit_id from organisation.unit_description d
           where d.name = h.name and d.superseded_at is null %1$s offset 0) d
      union all
      select d.unit_id, d.name, case when u.code = :code then 0 else 2 end
        from organisation.unit u
        join organisation.unit_description d on d.unit_id = u.id and d.superseded_at is null %1$s
       where u.id in (select c.id from organisation.unit c where c.code like :codes order by c.code limit :names)
      """
          .formatted(THERE);

  private static final String GIVEN =
      """
      select d.unit_id, d.name, 0 as fits
        from organisation.unit_description d where d.unit_id = any(:units) and d.superseded_at is null
      """;

  private final JdbcClient jdbc;
  private final UnitReadings readings;
  private final Clock clock;
  private final ZoneId zone;

  UnitSearch(
      JdbcClient jdbc,
      UnitReadings readings,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.readings = readings;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * The units that may be meant, those that fit best first, {@value #MOST} at most.
   *
   * @param on of the units of which day; null: of all there ever were
   */
  public List<UnitSuggestion> suggest(String written, @Nullable LocalDate on) {
    String text = folded(written);
    if (text.isEmpty()) {
      return List.of();
    }
    readings.complete();
    String letters = text.matches("[a-z0-9 '\\-]+") ? text.replaceAll("[^a-z0-9]", "") : "";
    String code = cut(written.strip());
    return suggestions(
        jdbc.sql(SUGGESTED.formatted(FITTING))
            .param("text", text)
            .param("textEnd", text + LAST)
            .param("part", "%" + literally(text) + "%")
            .param("letters", letters)
            .param("lettersEnd", letters + LAST)
            .param("code", code)
            .param("codes", literally(code) + "%")
            .param("names", MOST_NAMES)
            .param("most", MOST)
            .param("on", on, Types.DATE));
  }

  /**
   * The unit somebody wrote: a code, an exact name, or name and code as suggestions are written. Of
   * several with that name, the one of the day.
   *
   * @param on the day asked about; null: today
   * @throws OrganisationProblem when there is none, or when several can be meant
   */
  public long chosen(String written, @Nullable LocalDate on) {
    String text = cut(written.strip());
    List<Long> found = coded(text);
    if (found.isEmpty()) {
      found = named(text, on == null ? LocalDate.now(clock.withZone(zone)) : on);
    }
    if (found.isEmpty()) {
      found = named(text, null);
    }
    if (found.isEmpty()) {
      throw new OrganisationProblem("no-such-unit", text);
    }
    if (found.size() > 1) {
      throw new OrganisationProblem(
          "several-units",
          text,
          of(found.stream().limit(5).toList()).stream()
              .map(UnitSuggestion::written)
              .collect(Collectors.joining("; ")),
          found.size());
    }
    return found.getFirst();
  }

  /** How a unit is written so that no other can be meant; empty where there is no such unit. */
  public Optional<String> written(long unit) {
    return of(List.of(unit)).stream().map(UnitSuggestion::written).findFirst();
  }

  private List<UnitSuggestion> of(List<Long> units) {
    return suggestions(
        jdbc.sql(SUGGESTED.formatted(GIVEN))
            .param("units", units.toArray(Long[]::new))
            .param("most", MOST));
  }

  /** By code, with the register before it or not, and a name that must be the unit's before it. */
  private List<Long> coded(String text) {
    Map<String, Object> parameters = new HashMap<>();
    int gap = text.lastIndexOf(gap());
    parameters.put("code", gap < 0 ? text : text.substring(gap + gap().length()).strip());
    parameters.put("name", gap < 0 ? "" : folded(text.substring(0, gap)));
    return jdbc.sql(
            """
            select u.id from organisation.unit u
             where (u.code = :code or (u.source || ':' || u.code = :code and u.code = substr(:code, strpos(:code, ':') + 1)))
               and (:name = '' or exists (
                     select from organisation.unit_description d
                      where d.unit_id = u.id and d.superseded_at is null and lower(d.name) = :name))
             order by u.id limit 100
            """)
        .params(parameters)
        .query(Long.class)
        .list();
  }

  private List<Long> named(String text, @Nullable LocalDate on) {
    return jdbc.sql(
            """
            select distinct d.unit_id
              from organisation.unit_name n
              join organisation.unit_description d on d.name = n.name and d.superseded_at is null %s
             where n.folded = :text order by d.unit_id limit 1000
            """
                .formatted(THERE))
        .param("text", folded(text))
        .param("on", on, Types.DATE)
        .query(Long.class)
        .list();
  }

  private static String gap() {
    return UnitSuggestion.BEFORE_CODE;
  }

  private static List<UnitSuggestion> suggestions(JdbcClient.StatementSpec sql) {
    return sql.query(
            (row, number) -> {
              String name = row.getString("name");
              String now = row.getString("name_now");
              String code = row.getString("code");
              String above = row.getString("above");
              return new UnitSuggestion(
                  row.getLong("id"),
                  code,
                  name,
                  name.equals(now) ? null : now,
                  above == null ? "" : above,
                  row.getObject("closed_on", LocalDate.class),
                  name
                      + gap()
                      + (row.getBoolean("code_shared")
                          ? row.getString("source") + ":" + code
                          : code));
            })
        .list();
  }

  /** As names are compared: one form of each character, one blank at most, small letters. */
  private static String folded(String written) {
    return cut(
        Normalizer.normalize(written, Normalizer.Form.NFC)
            .strip()
            .replaceAll("\\s+", " ")
            .toLowerCase(Locale.ROOT));
  }

  private static String cut(String text) {
    String known = text.replace("\u0000", "");
    return known.length() > LONGEST ? known.substring(0, LONGEST) : known;
  }

  private static String literally(String text) {
    return text.replaceAll("([%_\\\\])", "\\\\$1");
  }
}
