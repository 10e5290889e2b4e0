package org.dandang.official.structure;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.official.structure.Structure.Dimension;
import org.dandang.official.structure.Structure.Group;
import org.dandang.official.structure.Structure.Member;
import org.dandang.official.structure.Structure.Vacancy;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts who is in a team or unit, in one question for all traits, and lists whom a number counts
 * by the same question. The retirement age and the terms are figures of packs.
 */
@Component
class Structures {
  static final String RETIREMENT = "national/retirement-age";
  static final String TENURE = "national/tenure-in-teams";

  /** Traits in the order of the page. */
  static final List<String> DIMENSIONS =
      List.of(
          "age",
          "sex",
          "full-time-education",
          "education",
          "specialism",
          "tenure",
          "affiliation",
          "ethnic-group");

  private static final Map<String, List<String>> ORDER =
      Map.of(
          "age", List.of("0-34", "35-39", "40-44", "45-49", "50-54", "55-"),
          "sex", List.of("male", "female"),
          "full-time-education", List.of("doctor", "master", "bachelor", "college", "lower"),
          "education", List.of("doctor", "master", "bachelor", "college", "lower"),
          "tenure", List.of("0-1", "1-3", "3-5", "5-10", "10-"),
          "affiliation", List.of("party", "league", "democratic", "independent", "masses"),
          "ethnic-group", List.of("han"));

  /** The members with their traits; everything below asks of {@code described}. */
  private static final String DESCRIBED =
      """
      with recursive within as (
        select cast(:unit as bigint) as id
         union
        select d.unit_id from within w
          join organisation.unit_description d on d.parent_id = w.id and d.superseded_at is null
           and (d.starts_on is null or d.starts_on <= :on) and (d.ends_on is null or d.ends_on > :on)
         where :subtree
      ), holding as materialized (
        select p.id, p.official_id, p.unit_id, p.post, p.post_level, p.kind, p.starts_on
          from within w join official.current_posting p on p.unit_id = w.id
         where p.kind in ('regular', 'concurrent')
           and p.starts_on <= :on and (p.ends_on is null or p.ends_on > :on)
           and (not :leading or p.post_level between '101' and '142')
      ), member as (
        select distinct on (h.official_id) h.*, coalesce(i.name, o.key) as label, i.pinyin, i.sex, i.born, i.ethnic_group,
               case when i.born_precision <> 'Y' then
                 case i.sex when 1 then official.retires_on(i.born, :menEarlier, :menLater, :begins, :step)
                            when 2 then official.retires_on(i.born, :womenEarlier, :womenLater, :begins, :step)
                 end end as retires_on
          from holding h
          join official.official o on o.id = h.official_id
          left join official.current_identity i on i.official_id = h.official_id
         order by h.official_id, h.kind = 'regular' desc, h.post_level nulls last, h.starts_on desc
      ), dated as (
        select m.*, f.level as full_time, f.degree as full_time_degree, h.level as highest, h.degree as highest_degree,
               coalesce(nullif(f.major, ''), nullif(h.major, '')) as major, a.code as affiliation,
               extract(year from age(cast(:on as timestamp), cast(m.born as timestamp)))::int as age,
               extract(year from age(cast(:on as timestamp), cast(m.starts_on as timestamp)))::int as years,
               case when m.post_level between '101' and '142'
                    then (m.starts_on + make_interval(months => :longest))::date end as limit_on,
               case when m.post_level between '101' and '142' and :term > 0
                    then (m.starts_on + make_interval(months => :term * (1 +
                          (extract(year from age(cast(:on as timestamp), cast(m.starts_on as timestamp)))::int * 12 + extract(month from age(cast(:on as timestamp), cast(m.starts_on as timestamp)))::int) / :term)))::date
                     end as term_on
          from member m
          left join lateral (select e.level, e.degree, e.major from official.current_education e
                              where e.official_id = m.official_id and e.kind = 'full-time'
                              order by e.level nulls last, e.degree nulls last, e.id limit 1) f on true
          left join lateral (select e.level, e.degree, e.major from official.current_education e
                              where e.official_id = m.official_id
                              order by e.level nulls last, e.degree nulls last, e.id limit 1) h on true
          left join lateral (select min(c.affiliation) as code from official.current_affiliation c
                              where c.official_id = m.official_id) a on true
      ), described as (
        select d.*, least(d.retires_on, d.limit_on) as leaves_on from dated d
      )
      """;

  private static final String TRAITS =
      """
       cross join lateral (values
        ('all', 'all'),
        ('age', case when d.age is null then 'unknown' when d.age < 35 then '0-34' when d.age < 40 then '35-39'
                     when d.age < 45 then '40-44' when d.age < 50 then '45-49' when d.age < 55 then '50-54' else '55-' end),
        ('sex', case d.sex when 1 then 'male' when 2 then 'female' else 'unknown' end),
        ('full-time-education', %1$s),
        ('education', %2$s),
        ('specialism', coalesce(d.major, 'unknown')),
        ('tenure', case when d.years is null then 'unknown' when d.years < 1 then '0-1' when d.years < 3 then '1-3'
                        when d.years < 5 then '3-5' when d.years < 10 then '5-10' else '10-' end),
        ('affiliation', case when d.affiliation is null then 'unknown' when d.affiliation in ('01', '02') then 'party'
                             when d.affiliation = '03' then 'league' when d.affiliation = '12' then 'independent'
                             when d.affiliation = '13' then 'masses' else 'democratic' end),
        ('ethnic-group', case when nullif(d.ethnic_group, '') is null then 'unknown'
                              when d.ethnic_group in ('汉', '汉族') then 'han' else d.ethnic_group end),
        ('leaving', case when d.leaves_on <= cast(:on as date) + interval '1 year' then '1' end),
        ('leaving', case when d.leaves_on <= cast(:on as date) + interval '2 years' then '2' end),
        ('leaving', case when d.leaves_on <= cast(:on as date) + interval '3 years' then '3' end),
        ('term', case when d.term_on <= cast(:on as date) + interval '1 year' then '1' end),
        ('term', case when d.term_on <= cast(:on as date) + interval '2 years' then '2' end),
        ('term', case when d.term_on <= cast(:on as date) + interval '3 years' then '3' end)
       ) as trait (dimension, grp)
      """
          .formatted(
              education("d.full_time", "d.full_time_degree"),
              education("d.highest", "d.highest_degree"));

  private static final String CHOSEN =
      """
       left join organisation.unit u on u.id = d.unit_id
       where trait.dimension = :dimension and trait.grp = :group
         and (cast(:level as text) is null or d.post_level = :level)
      """;

  private final JdbcClient jdbc;
  private final Packs packs;

  Structures(JdbcClient jdbc, Packs packs) {
    this.jdbc = jdbc;
    this.packs = packs;
  }

  /** GB/T 4658 level, or where only a degree is known, GB/T 6864. */
  private static String education(String level, String degree) {
    return """
        case when %1$s in ('11', '12', '13') or %1$s is null and %2$s = '2' then 'doctor'
             when %1$s like '1_' or %1$s is null and %2$s = '3' then 'master'
             when %1$s like '2_' or %1$s is null and %2$s = '4' then 'bachelor'
             when %1$s like '3_' then 'college' when %1$s is not null then 'lower' else 'unknown' end
        """
        .formatted(level, degree);
  }

  Structure of(Scope scope) {
    Map<String, @Nullable Object> parameters = parameters(scope);
    Map<String, List<Group>> groups = new HashMap<>();
    Map<String, long[]> counted = new HashMap<>();
    jdbc.sql(
            DESCRIBED
                + "select trait.dimension, trait.grp, case when trait.dimension in ('leaving', 'term') then d.post_level end as level, count(*) as members from described d"
                + TRAITS
                + " where trait.grp is not null group by 1, 2, 3")
        .params(parameters)
        .query(
            row -> {
              String dimension = row.getString("dimension");
              String group = row.getString("grp");
              long members = row.getLong("members");
              String level = row.getString("level");
              if (dimension.equals("leaving") || dimension.equals("term")) {
                if (level != null) {
                  counted
                          .computeIfAbsent(dimension + level, key -> new long[3])[
                          Integer.parseInt(group) - 1] =
                      members;
                }
              } else {
                groups
                    .computeIfAbsent(dimension, key -> new ArrayList<>())
                    .add(new Group(group, members));
              }
            });
    return new Structure(
        groups.getOrDefault("all", List.of()).stream().mapToLong(Group::members).sum(),
        DIMENSIONS.stream()
            .map(id -> new Dimension(id, ordered(id, groups.getOrDefault(id, List.of()))))
            .toList(),
        vacancies(parameters, counted),
        version(RETIREMENT, scope.on()).isPresent());
  }

  private static List<Group> ordered(String dimension, List<Group> groups) {
    List<String> order = ORDER.getOrDefault(dimension, List.of());
    return groups.stream()
        .sorted(
            Comparator.comparing(Group::isUnknown)
                .thenComparing(
                    group -> order.contains(group.id()) ? order.indexOf(group.id()) : order.size())
                .thenComparing(Comparator.comparingLong(Group::members).reversed())
                .thenComparing(Group::id))
        .toList();
  }

  private List<Vacancy> vacancies(
      Map<String, @Nullable Object> parameters, Map<String, long[]> counted) {
    return jdbc.sql(
            DESCRIBED
                + """
                , established as (
                  select e.post_level, sum(e.headcount) as posts
                    from within w join organisation.post_establishment e on e.unit_id = w.id
                   where e.starts_on <= :on and (e.ends_on is null or e.ends_on > :on)
                     and (not :leading or e.post_level between '101' and '142')
                   group by e.post_level
                ), held as (
                  select post_level, count(*) as posts from holding where post_level is not null group by post_level
                )
                select post_level, e.posts as established, coalesce(h.posts, 0) as held
                  from established e full join held h using (post_level) order by post_level
                """)
        .params(parameters)
        .query(
            (row, number) ->
                new Vacancy(
                    row.getString("post_level"),
                    row.getObject("established") == null ? null : row.getLong("established"),
                    row.getLong("held"),
                    three(counted.get("leaving" + row.getString("post_level"))),
                    three(counted.get("term" + row.getString("post_level")))))
        .list();
  }

  private static List<Long> three(long @Nullable [] counted) {
    return counted == null ? List.of(0L, 0L, 0L) : Arrays.stream(counted).boxed().toList();
  }

  /** Whom a number counts. */
  List<Member> members(
      Scope scope, String dimension, String group, @Nullable String level, int offset, int most) {
    Map<String, @Nullable Object> parameters = asked(scope, dimension, group, level);
    parameters.put("offset", offset);
    parameters.put("most", most);
    return jdbc.sql(
            DESCRIBED
                + "select d.official_id, d.label, u.name as unit, d.post, d.post_level, d.born, d.starts_on, d.retires_on from described d"
                + TRAITS
                + CHOSEN
                + " order by d.post_level nulls last, d.pinyin nulls last, d.official_id offset :offset limit :most")
        .params(parameters)
        .query(Structures::member)
        .list();
  }

  long count(Scope scope, String dimension, String group, @Nullable String level) {
    return jdbc.sql(DESCRIBED + "select count(*) from described d" + TRAITS + CHOSEN)
        .params(asked(scope, dimension, group, level))
        .query(Long.class)
        .single();
  }

  private Map<String, @Nullable Object> asked(
      Scope scope, String dimension, String group, @Nullable String level) {
    Map<String, @Nullable Object> parameters = parameters(scope);
    parameters.put("dimension", dimension);
    parameters.put("group", group);
    parameters.put("level", level);
    return parameters;
  }

  private static Member member(ResultSet row, int number) throws SQLException {
    return new Member(
        row.getLong("official_id"),
        row.getString("label"),
        row.getString("unit"),
        row.getString("post"),
        row.getString("post_level"),
        row.getObject("born", LocalDate.class),
        row.getObject("starts_on", LocalDate.class),
        row.getObject("retires_on", LocalDate.class));
  }

  private Map<String, @Nullable Object> parameters(Scope scope) {
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("unit", scope.unit());
    parameters.put("on", new SqlParameterValue(Types.DATE, scope.on()));
    parameters.put("subtree", scope.extent() == Scope.Extent.SUBTREE);
    parameters.put("leading", scope.extent() == Scope.Extent.TEAM);
    Optional<PolicyVersion> retirement = version(RETIREMENT, scope.on());
    for (String sex : List.of("men", "women")) {
      parameters.put(sex + "Earlier", figure(retirement, sex + "-earlier-age"));
      parameters.put(sex + "Later", figure(retirement, sex + "-later-age"));
    }
    parameters.put("begins", figure(retirement, "change-begins-in"));
    parameters.put("step", figure(retirement, "months-of-birth-a-step"));
    Optional<PolicyVersion> tenure = version(TENURE, scope.on());
    parameters.put("longest", figure(tenure, "longest-months-in-post"));
    parameters.put("term", figure(tenure, "term-months"));
    return parameters;
  }

  private Optional<PolicyVersion> version(String pack, LocalDate on) {
    return packs
        .find(pack)
        .flatMap(
            found -> {
              try {
                return Optional.of(PolicyVersion.of(found, on));
              } catch (PolicyProblem notInForce) {
                return Optional.empty();
              }
            });
  }

  /** A whole number of months; null where no figure is in force. */
  private static SqlParameterValue figure(Optional<PolicyVersion> version, String parameter) {
    Object figure =
        version
            .map(v -> v.figures().get(parameter))
            .map(dated -> dated.figures().get(Parameter.FOR_ALL))
            .orElse(null);
    return new SqlParameterValue(
        Types.INTEGER, figure instanceof BigDecimal number ? number.intValueExact() : figure);
  }
}
