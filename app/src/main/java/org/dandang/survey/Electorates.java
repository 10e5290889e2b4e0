package org.dandang.survey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dandang.official.ListedOfficials;
import org.dandang.platform.ledger.Ledger;
import org.dandang.survey.instrument.Instrument;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who may vote. Put together while a survey is a draft; afterwards people can only be recused. */
@Component
public class Electorates {
  /** Voters of one survey at most. */
  static final int MOST = 200_000;

  private static final int LONGEST_LIST = 20_000;
  private static final int SHORTEST_REASON = 4;

  private static final String STORED =
      """
      insert into survey.voter (survey_id, official_id, name, unit, grp, paper, origin)
      select :survey, i.official_id, coalesce(i.name, o.key), coalesce(post.unit, ''),
             coalesce(nullif(who.grp, ''), (select g.grp from unnest(cast(:levels as text[]), cast(:groups as text[])) as g (level, grp) where g.level = post.post_level limit 1), ''),
             who.paper, :origin
        from unnest(cast(:officials as bigint[]), cast(:given as text[]), cast(:papers as boolean[])) as who (official, grp, paper)
        join official.current_identity i on i.official_id = who.official
        join official.official o on o.id = i.official_id
        left join lateral (
          select u.name as unit, p.post_level
            from official.current_posting p join organisation.unit u on u.id = p.unit_id
           where p.official_id = i.official_id and (p.ends_on is null or p.ends_on > current_date)
           order by p.kind <> 'regular', p.starts_on desc nulls last limit 1) post on true
      on conflict (survey_id, official_id) do update set grp = excluded.grp, paper = excluded.paper, origin = excluded.origin
      """;

  private final JdbcClient jdbc;
  private final ListedOfficials officials;
  private final Surveys surveys;
  private final Ledger ledger;

  Electorates(JdbcClient jdbc, ListedOfficials officials, Surveys surveys, Ledger ledger) {
    this.jdbc = jdbc;
    this.officials = officials;
    this.surveys = surveys;
    this.ledger = ledger;
  }

  /** Somebody named for an electorate. */
  private record Named(long official, String group, boolean paper) {}

  /** Electorate of a survey, by group, those recused left out. */
  public record Size(long due, long paper, long collected, long recused) {}

  /**
   * Adds those on a list of officials.
   *
   * @param address the query of the list's address
   * @return how many came in anew or were changed
   */
  @Transactional
  public int addListed(long survey, String address, boolean paper, String actor) {
    List<Long> listed;
    String query = address.strip().replaceFirst("^.*/officials\\??", "");
    try {
      listed = officials.of(query);
    } catch (IllegalArgumentException e) {
      throw new SurveyProblem("no-list", address.strip());
    }
    return add(
        survey,
        listed.stream().map(official -> new Named(official, "", paper)).toList(),
        "list " + query,
        actor);
  }

  /**
   * Adds those named line by line: a key or a name, then the group and {@code paper} where they
   * matter, with commas or tabs between.
   *
   * @throws SurveyProblem naming the line that means nobody, several or nothing
   */
  @Transactional
  public int addNamed(long survey, String lines, boolean paper, String actor) {
    Instrument instrument = surveys.asked(surveys.locked(survey)).instrument();
    List<String[]> rows = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      rows.add(line.strip().split("\\s*[,，\\t;；]\\s*", -1));
    }
    if (rows.size() > LONGEST_LIST) {
      throw new SurveyProblem("list-long", LONGEST_LIST);
    }
    Map<String, List<Long>> meant =
        officials.meant(
            rows.stream().map(row -> row[0]).filter(text -> !text.isEmpty()).distinct().toList());
    List<Named> named = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      String[] row = rows.get(i);
      if (row[0].isEmpty()) {
        continue;
      }
      List<Long> ids = meant.getOrDefault(row[0], List.of());
      if (ids.size() != 1) {
        throw new SurveyProblem(ids.isEmpty() ? "line-nobody" : "line-several", i + 1, row[0]);
      }
      String group = "";
      boolean onPaper = paper;
      for (int part = 1; part < row.length; part++) {
        String said = row[part];
        Optional<Instrument.Group> known =
            instrument.groups().values().stream()
                .filter(g -> g.id().equals(said) || g.title().byLanguage().containsValue(said))
                .findFirst();
        if (known.isPresent()) {
          group = known.get().id();
        } else if (List.of("paper", "纸质", "紙質").contains(said)) {
          onPaper = true;
        } else if (!said.isEmpty()) {
          throw new SurveyProblem("line-group", i + 1, said);
        }
      }
      named.add(new Named(ids.getFirst(), group, onPaper));
    }
    if (named.isEmpty()) {
      throw new SurveyProblem("nobody-named");
    }
    return add(survey, named, "names", actor);
  }

  private int add(long id, List<Named> named, String origin, String actor) {
    Survey survey = surveys.locked(id);
    if (survey.state() != Survey.State.DRAFT) {
      throw new SurveyProblem("electorate-fixed");
    }
    if (named.stream().anyMatch(Named::paper) && !survey.secret()) {
      throw new SurveyProblem("paper-secret-only");
    }
    refuseOutside(survey, named);
    List<String> levels = new ArrayList<>();
    List<String> groups = new ArrayList<>();
    surveys
        .asked(survey)
        .instrument()
        .groups()
        .values()
        .forEach(
            group ->
                group
                    .levels()
                    .forEach(
                        level -> {
                          levels.add(level);
                          groups.add(group.id());
                        }));
    Map<Long, Named> once = new LinkedHashMap<>();
    named.forEach(one -> once.put(one.official(), one));
    int stored =
        jdbc.sql(STORED)
            .param("survey", id)
            .param("origin", origin.length() > 400 ? origin.substring(0, 400) : origin)
            .param("levels", levels.toArray(String[]::new))
            .param("groups", groups.toArray(String[]::new))
            .param("officials", once.keySet().toArray(Long[]::new))
            .param("given", once.values().stream().map(Named::group).toArray(String[]::new))
            .param("papers", once.values().stream().map(Named::paper).toArray(Boolean[]::new))
            .update();
    if (size(id).due() > MOST) {
      throw new SurveyProblem("electorate-large", MOST);
    }
    ledger.append(
        actor, "electorate-extended", "survey", Long.toString(id), Map.of("voters", stored));
    return stored;
  }

  /** Whoever holds a vote of a unit asks those of the unit and within it. */
  private void refuseOutside(Survey survey, List<Named> named) {
    if (survey.unit() == null) {
      return;
    }
    long outside =
        jdbc.sql(
                """
                select count(*) from unnest(cast(:officials as bigint[])) as who (official)
                 where not exists (
                   select from official.seen_from(who.official, current_date) as u (id)
                     join organisation.unit_line l on l.unit_id = u.id where :unit = any (l.line))
                """)
            .param("officials", named.stream().map(Named::official).toArray(Long[]::new))
            .param("unit", survey.unit())
            .query(Long.class)
            .single();
    if (outside > 0) {
      throw new SurveyProblem("outside", outside);
    }
  }

  /** Takes people out of a draft's electorate; all when none are named. */
  @Transactional
  public int remove(long id, List<Long> people, String actor) {
    if (surveys.locked(id).state() != Survey.State.DRAFT) {
      throw new SurveyProblem("electorate-fixed");
    }
    int removed =
        jdbc.sql(
                "delete from survey.voter where survey_id = :id and (cardinality(cast(:people as"
                    + " bigint[])) = 0 or official_id = any(:people))")
            .param("id", id)
            .param("people", people.toArray(Long[]::new))
            .update();
    ledger.append(
        actor, "electorate-reduced", "survey", Long.toString(id), Map.of("voters", removed));
    return removed;
  }

  /**
   * Leaves somebody out after opening, who is kin, superior or party to the matter.
   *
   * @throws SurveyProblem without a reason, or when a ballot was collected already
   */
  @Transactional
  public void recuse(long id, long official, String reason, String actor) {
    Survey survey = surveys.locked(id);
    if (survey.state() != Survey.State.OPEN) {
      throw new SurveyProblem("not-open");
    }
    if (reason.strip().length() < SHORTEST_REASON) {
      throw new SurveyProblem("reason");
    }
    int recused =
        jdbc.sql(
                """
                update survey.voter set recused_at = :at, recused_by = :by, recused_reason = :reason
                 where survey_id = :id and official_id = :official and recused_at is null and collected is null
                """)
            .param("at", surveys.now())
            .param("by", actor)
            .param("reason", reason.strip())
            .param("id", id)
            .param("official", official)
            .update();
    if (recused == 0) {
      throw new SurveyProblem("recuse-late");
    }
    jdbc.sql(
            "update survey.named_ballot set superseded_at = ? where survey_id = ? and official_id ="
                + " ? and superseded_at is null")
        .params(surveys.now(), id, official)
        .update();
    ledger.append(actor, "voter-recused", "survey", Long.toString(id), Map.of());
  }

  /** How many there are. */
  public Size size(long survey) {
    return jdbc.sql(
            """
            select count(*) filter (where recused_at is null) as due,
                   count(*) filter (where recused_at is null and paper) as paper,
                   count(*) filter (where recused_at is null and collected is not null) as collected,
                   count(*) filter (where recused_at is not null) as recused
              from survey.voter where survey_id = ?
            """)
        .param(survey)
        .query(Size.class)
        .single();
  }

  /** Those due of each group. */
  Map<String, Long> groups(long survey) {
    return jdbc
        .sql(
            "select grp, count(*) as number from survey.voter where survey_id = ? and recused_at is"
                + " null group by grp order by grp")
        .param(survey)
        .query((row, number) -> Map.entry(row.getString("grp"), row.getLong("number")))
        .list()
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  List<Voter> page(long survey, String part, int offset, int most) {
    return jdbc.sql(
            """
            select * from survey.voter where survey_id = :survey and (:part = '' or name like :like or unit like :like)
             order by unit, name, official_id offset :offset limit :most
            """)
        .param("survey", survey)
        .param("part", part)
        .param("like", "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%")
        .param("offset", offset)
        .param("most", most)
        .query(Electorates::voter)
        .list();
  }

  /** Somebody's place in an electorate. */
  Optional<Voter> find(long survey, long official) {
    return jdbc.sql("select * from survey.voter where survey_id = ? and official_id = ?")
        .params(survey, official)
        .query(Electorates::voter)
        .optional();
  }

  private static Voter voter(ResultSet row, int number) throws SQLException {
    return new Voter(
        row.getLong("official_id"),
        row.getString("name"),
        row.getString("unit"),
        row.getString("grp"),
        row.getBoolean("paper"),
        row.getString("origin"),
        row.getObject("recused_at", OffsetDateTime.class),
        row.getString("recused_reason"),
        row.getBytes("collected") != null);
  }
}
