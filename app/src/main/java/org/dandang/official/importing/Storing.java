package org.dandang.official.importing;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dandang.official.Jurisdiction;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * From the staging table into the registers, set by set, within the import's transaction.
 *
 * <p>First everything that refuses a row is found, so that a refused row leaves no trace; then what
 * repeats an earlier row or what the registers hold already; the rest is stored, and what it
 * corrects is superseded.
 */
final class Storing {
  private static final String LIVE = "s.refusal is null";
  private static final String NOT_REFUSED =
      LIVE + " and not exists (select from refused r where r.n = s.n)";

  private static final Set<Field> NAMES_A_UNIT =
      EnumSet.of(Field.POSTING_UNIT_ID, Field.POSTING_UNIT, Field.POSTING_UNIT_NAME);

  /** Computed from other columns; they say nothing of their own. */
  private static final Set<String> DERIVED =
      Set.of("pinyin", "initials", "number_sealed", "number_disagrees");

  private final Statements sql;
  private final MappingDefinition mapping;
  private final List<Field> fed;
  private final long importId;
  private final OffsetDateTime now;
  private final String actor;
  private final List<Register> registers;
  private final Map<Register, Long> again = new LinkedHashMap<>();
  private final Map<Register, Boolean> compared = new LinkedHashMap<>();
  private final List<String> changes = new ArrayList<>();
  private String live = LIVE;
  private long refusedHere;
  private boolean postingsChanged;
  private boolean allPostingsNew;
  private @Nullable Jurisdiction within;

  Storing(
      JdbcTemplate jdbc,
      Progress progress,
      MappingDefinition mapping,
      Columns columns,
      long importId,
      OffsetDateTime now,
      String actor) {
    this.sql = new Statements(jdbc, progress);
    this.mapping = mapping;
    this.fed = columns.fed();
    this.importId = importId;
    this.now = now;
    this.actor = actor;
    this.registers = fed.stream().map(Field::register).distinct().toList();
  }

  /** Refuses the rows outside a jurisdiction; null: none. */
  Storing within(@Nullable Jurisdiction jurisdiction) {
    within = jurisdiction;
    return this;
  }

  /** Rows stored and unchanged; what is refused besides stands in the table {@code refused}. */
  record Counts(long stored, long unchanged) {}

  Counts store() {
    sql.run(
        "create temp table refused (n int, reason text, field text, detail text) on commit drop");
    refuse();
    createUnits();
    createOfficials();
    Long only = null;
    for (Register register : registers) {
      if (register == Register.UNIT) {
        storeUnits();
      } else {
        findRepeats(register);
        only = store(register);
      }
    }
    long taken = sql.count("select count(*) from stage s where " + live);
    long stored =
        registers.size() == 1 && only != null
            ? only
            : sql.count(
                "select count(*) from stage s where "
                    + live
                    + " and ("
                    + String.join(" or ", changes)
                    + ")");
    flagTimelines();
    return new Counts(stored, taken - stored);
  }

  // ---- what refuses a row

  private void refuse() {
    if (people() && !mapping.createOfficials()) {
      refuse(
          """
          select s.n, 'unknown-official', 'key', s.key from stage s
           where %s and not exists (select from official.known_as o where o.source = ? and o.key = s.key)
          """,
          mapping.source());
    }
    if (registers.contains(Register.POSTING)) {
      refuseUnknownUnits();
    }
    if (within != null) {
      refuseOutside(within);
    }
    if (registers.contains(Register.UNIT)) {
      refuseUnits();
    }
    if (registers.contains(Register.IDENTITY)) {
      refuseSecond("key", "key", "row_digest", "repeated-key");
    }
    if (registers.contains(Register.ANNUAL_GRADE)) {
      refuseSecond(
          "key, annual_grade_year", "annual-grade.year", "annual_grade_digest", "repeated-year");
    }
    if (refusedHere > 0) {
      sql.run("analyze refused");
    }
  }

  private void refuse(String select, Object... parameters) {
    long count = sql.run("insert into refused " + select.formatted(live), parameters);
    if (count > 0 && refusedHere == 0) {
      live = NOT_REFUSED;
    }
    refusedHere += count;
  }

  /** A later row with the same key and other values, naming the line of the first. */
  private void refuseSecond(String key, String field, String digest, String reason) {
    String keys = "s." + key.replace(", ", ", s.");
    refuse(
        """
        select n, '%s', '%s', first_line::text
          from (select s.n, s.%s as digest, row_number() over w as place,
                       first_value(s.%s) over w as first_digest, first_value(s.line) over w as first_line
                  from stage s
                 where %s and s.%s is not null
                   and (%s) in (select %s from stage s where s.refusal is null group by %s having count(*) > 1)
                window w as (partition by %s order by s.n)) as t
         where place > 1 and digest is distinct from first_digest
        """
            .formatted(reason, field, digest, digest, "%s", digest, keys, keys, keys, keys));
  }

  private void refuseUnknownUnits() {
    if (fed.contains(Field.POSTING_UNIT_ID)) {
      return;
    }
    if (fed.contains(Field.POSTING_UNIT)) {
      if (!mapping.units().create()) {
        String here =
            registers.contains(Register.UNIT)
                ? " and s.posting_unit not in (select u.unit_code from stage u where u.refusal is"
                    + " null and u.unit_code is not null)"
                : "";
        refuse(
            """
            select s.n, 'unknown-unit', 'posting.unit', s.posting_unit from stage s
             where %s and s.posting_unit is not null
               and not exists (select from organisation.unit u where u.source = ? and u.code = s.posting_unit)
            """
                + here,
            mapping.source());
      }
      return;
    }
    refuse(
        """
        select s.n, 'ambiguous-unit', 'posting.unit-name', s.posting_unit_name from stage s
         where %s and s.posting_unit_name in
               (select u.name from organisation.unit u where u.source = ? group by u.name having count(*) > 1)
        """,
        mapping.source());
    if (!mapping.units().create()) {
      refuse(
          """
          select s.n, 'unknown-unit', 'posting.unit-name', s.posting_unit_name from stage s
           where %s and s.posting_unit_name is not null
             and not exists (select from organisation.unit u where u.source = ? and u.name = s.posting_unit_name)
          """,
          mapping.source());
    }
  }

  /**
   * Refuses whoever is not of the jurisdiction, who is new and gets no post in it, whoever is given
   * a post outside of it that holds today, and units outside of it. Posts that have ended are the
   * person's history, wherever they were, in units there are.
   */
  private void refuseOutside(Jurisdiction jurisdiction) {
    sql.run(
        "create temp table unit_here on commit drop as select unit_id from organisation.unit_line"
            + " where line && ?",
        (Object) jurisdiction.unitNumbers());
    String unit = postedUnit();
    if (people()) {
      sql.run(
          "create temp table seen_here on commit drop as select all_in_sight as official_id from"
              + " official.all_in_sight(?)",
          jurisdiction.sight());
      refuse(
          """
          select s.n, 'outside', 'key', s.key from stage s
            join official.known_as k on k.source = ? and k.key = s.key
           where %s and k.official_id not in (select official_id from seen_here)
          """,
          mapping.source());
      refuse(
          """
          select s.n, 'outside-new', 'key', s.key from stage s
           where %s and not exists (select from official.known_as k where k.source = ? and k.key = s.key)
             and s.key not in (select p.key from stage p where p.refusal is null and p.key is not null and HERE)
          """
              .replace(
                  "HERE",
                  unit == null
                      ? "false"
                      : unit.replace("s.", "p.") + " in (select unit_id from unit_here)"),
          mapping.source());
    }
    if (unit != null) {
      String ended =
          fed.contains(Field.POSTING_ENDS_ON)
              ? " and (s.posting_ends_on is null or s.posting_ends_on > current_date)"
              : "";
      refuse(
          """
          select s.n, 'outside', 'posting.unit', POSTED from stage s
           where %s and POSTED is not null and (UNIT is null or (UNIT not in (select unit_id from unit_here)ENDED))
          """
              .replace("POSTED", postedAs())
              .replace("UNIT", unit)
              .replace("ENDED", ended));
    }
    if (registers.contains(Register.UNIT)) {
      String parent =
          fed.contains(Field.UNIT_PARENT)
              ? """
               or (s.unit_parent is not null and not exists (select from organisation.unit p join unit_here h on h.unit_id = p.id
                                                              where p.source = 'SOURCE' and p.code = s.unit_parent))
               or (s.unit_parent is null and not exists (select from organisation.unit u where u.source = 'SOURCE' and u.code = s.unit_code))
              """
              : " or not exists (select from organisation.unit u where u.source = 'SOURCE' and"
                  + " u.code = s.unit_code)";
      refuse(
          """
          select s.n, 'outside', 'unit.code', s.unit_code from stage s
           where %s and s.unit_code is not null
             and (exists (select from organisation.unit u where u.source = 'SOURCE' and u.code = s.unit_code
                             and u.id not in (select unit_id from unit_here))PARENT)
          """
              .replace("PARENT", parent)
              .replace("SOURCE", mapping.source().replace("'", "''")));
    }
  }

  /** The number of the unit a row names for a posting; null where no column names one. */
  private @Nullable String postedUnit() {
    if (fed.contains(Field.POSTING_UNIT_ID)) {
      return "s.posting_unit_id";
    }
    if (fed.contains(Field.POSTING_UNIT)) {
      return unitBy("code", "s.posting_unit");
    }
    return fed.contains(Field.POSTING_UNIT_NAME) ? unitBy("name", "s.posting_unit_name") : null;
  }

  private String unitBy(String column, String written) {
    sql.run(
        "create temp table unit_meant on commit drop as select u."
            + column
            + " as written, min(u.id) as id from organisation.unit u where u.source = ? group by 1",
        mapping.source());
    sql.run("create index on unit_meant (written)");
    return "(select m.id from unit_meant m where m.written = " + written + ")";
  }

  private String postedAs() {
    return fed.contains(Field.POSTING_UNIT_ID)
        ? "s.posting_unit_id::text"
        : fed.contains(Field.POSTING_UNIT) ? "s.posting_unit" : "s.posting_unit_name";
  }

  private void refuseUnits() {
    if (!mapping.mostCommonUnit()) {
      refuseSecond("unit_code", "unit.code", "unit_digest", "repeated-unit");
    }
    if (!fed.contains(Field.UNIT_PARENT)) {
      return;
    }
    refuse(
        """
        select s.n, 'parent-within-itself', 'unit.parent', s.unit_parent from stage s
         where %s and s.unit_code in (
           with recursive edge as (
             select s.unit_code as code, s.unit_parent as parent from stage s
              where s.refusal is null and s.unit_parent is not null
              union
             select u.code, p.code from organisation.unit u join organisation.unit p on p.id = u.parent_id
              where u.source = ? and u.code not in (select s.unit_code from stage s where s.refusal is null and s.unit_code is not null)
           ), up as (
             select code as start, parent as at, 1 as steps from edge
              union all
             select up.start, e.parent, steps + 1 from up join edge e on e.code = up.at
              where steps < 20 and up.at <> up.start
           ) select start from up where at = start or steps >= 20)
        """,
        mapping.source());
    long before;
    do {
      before = refusedHere;
      refuse(
          """
          select s.n, 'unknown-parent', 'unit.parent', s.unit_parent from stage s
           where %s and s.unit_parent is not null
             and not exists (select from organisation.unit u where u.source = ? and u.code = s.unit_parent)
             and not exists (select from stage p where p.unit_code = s.unit_parent and p.refusal is null
                                and not exists (select from refused r where r.n = p.n))
          """,
          mapping.source());
    } while (refusedHere > before);
  }

  // ---- units and officials

  private void createUnits() {
    MappingDefinition.Root under = mapping.units().under();
    boolean feeds = registers.contains(Register.UNIT);
    boolean creates = registers.contains(Register.POSTING) && mapping.units().create();
    if (under != null && (feeds || creates)) {
      sql.run(
          """
          insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by)
          select ?, ?, ?, ?, ?, ?, ? where exists (select from stage s where %s)
          on conflict (source, code) do nothing
          """
              .formatted(live),
          mapping.source(),
          under.code(),
          under.name(),
          under.kind(),
          under.level(),
          now,
          actor);
    }
    if (creates) {
      Field unit = fed.contains(Field.POSTING_UNIT) ? Field.POSTING_UNIT : Field.POSTING_UNIT_NAME;
      sql.run(
          """
          insert into organisation.unit
                 (source, code, name, kind, level, parent_id, recorded_at, recorded_by, import_id, line)
          select ?, t.code, t.code, ?, ?,
                 (select id from organisation.unit where source = ? and code = ?), ?, ?, ?, t.line
            from (select s.%1$s as code, min(s.n) as n, min(s.line) as line from stage s
                   where %2$s and s.%1$s is not null group by 1) t
           where not exists (select from organisation.unit u where u.source = ? and u.%3$s = t.code)
           order by t.n
          on conflict (source, code) do nothing
          """
              .formatted(unit.staged(), live, unit == Field.POSTING_UNIT ? "code" : "name"),
          mapping.source(),
          mapping.units().kind(),
          mapping.units().level(),
          mapping.source(),
          under == null ? null : under.code(),
          now,
          actor,
          importId,
          mapping.source());
    }
  }

  private void storeUnits() {
    String hardship =
        fed.contains(Field.UNIT_HARDSHIP_CLASS) ? "s.unit_hardship_class" : "null::smallint";
    String altitude =
        fed.contains(Field.UNIT_ALTITUDE_ZONE) ? "s.unit_altitude_zone" : "null::smallint";
    String parent = fed.contains(Field.UNIT_PARENT) ? "s.unit_parent" : "null::text";
    sql.run(
        """
        create temp table described on commit drop as
        select distinct on (code) * from (
          select s.n, s.line, s.unit_code as code, s.unit_name as name, s.unit_kind as kind, s.unit_level as level,
                 %s as hardship_class, %s as altitude_zone, %s as parent, count(*) over (partition by s.unit_code, s.unit_digest) as times
            from stage s where %s and s.unit_digest is not null) t
         order by code, times desc, n
        """
            .formatted(hardship, altitude, parent, live));
    MappingDefinition.Root under = mapping.units().under();
    sql.run(
        """
        create temp table unit_change on commit drop as
        select d.*, u.id as unit_id, u.parent_id as former_parent_id
          from described d
          left join organisation.unit u on u.source = ? and u.code = d.code
          left join organisation.unit p on p.id = u.parent_id
         where u.id is null or u.name <> d.name or u.kind <> d.kind or u.level <> d.level%s%s%s
        """
            .formatted(
                fed.contains(Field.UNIT_HARDSHIP_CLASS)
                    ? " or u.hardship_class is distinct from d.hardship_class"
                    : "",
                fed.contains(Field.UNIT_ALTITUDE_ZONE)
                    ? " or u.altitude_zone is distinct from d.altitude_zone"
                    : "",
                fed.contains(Field.UNIT_PARENT)
                    ? " or p.code is distinct from coalesce(d.parent, ?)"
                    : ""),
        fed.contains(Field.UNIT_PARENT)
            ? new Object[] {mapping.source(), under == null ? null : under.code()}
            : new Object[] {mapping.source()});
    sql.run(
        """
        insert into organisation.unit_superseded
               (unit_id, name, kind, level, parent_id, hardship_class, recorded_at, recorded_by, import_id, line, superseded_at)
        select u.id, u.name, u.kind, u.level, u.parent_id, u.hardship_class, u.recorded_at, u.recorded_by, u.import_id, u.line, ?
          from organisation.unit u join unit_change c on c.unit_id = u.id
        """,
        now);
    sql.run(
        """
        insert into organisation.unit (source, code, name, kind, level, hardship_class, altitude_zone, recorded_at, recorded_by, import_id, line)
        select ?, code, name, kind, level, hardship_class, altitude_zone, ?, ?, ?, line from unit_change where unit_id is null order by n
        """,
        mapping.source(),
        now,
        actor,
        importId);
    sql.run(
        """
        update organisation.unit u
           set name = c.name, kind = c.kind, level = c.level, recorded_at = ?, recorded_by = ?, import_id = ?, line = c.line%s%s%s
          from unit_change c
         where u.source = ? and u.code = c.code
        """
            .formatted(
                fed.contains(Field.UNIT_HARDSHIP_CLASS)
                    ? ", hardship_class = c.hardship_class"
                    : "",
                fed.contains(Field.UNIT_ALTITUDE_ZONE) ? ", altitude_zone = c.altitude_zone" : "",
                fed.contains(Field.UNIT_PARENT)
                    ? ", parent_id = (select p.id from organisation.unit p where p.source = u.source and p.code = coalesce(c.parent, '%s'))"
                        .formatted(under == null ? "" : under.code().replace("'", "''"))
                    : under == null
                        ? ""
                        : ", parent_id = coalesce(u.parent_id, (select p.id from organisation.unit p where p.source = u.source and p.code = '%s' and p.id <> u.id))"
                            .formatted(under.code().replace("'", "''"))),
        now,
        actor,
        importId,
        mapping.source());
    changes.add("s.n in (select n from unit_change)");
  }

  private boolean people() {
    return mapping.key() != null;
  }

  private void createOfficials() {
    if (!people() || !mapping.createOfficials()) {
      return;
    }
    long last = sql.count("select coalesce(max(id), 0) from official.official");
    long created =
        sql.run(
            """
            insert into official.official (source, key)
            select ?, t.key from (select s.key, min(s.n) as n from stage s where %s group by s.key) t
             where not exists (select from official.known_as o where o.source = ? and o.key = t.key)
             order by t.n
            """
                .formatted(live),
            mapping.source(),
            mapping.source());
    if (created > 0) {
      sql.run(
          """
          insert into official.known_as (source, key, official_id)
          select o.source, o.key, o.id from official.official o
           where o.source = ? and o.id > ?
          """,
          mapping.source(),
          last);
    }
    if (created > 0 && !registers.contains(Register.IDENTITY)) {
      sql.run(
          """
          insert into official.identity (official_id, import_id, recorded_at, recorded_by)
          select o.id, ?, ?, ? from official.official o
           where o.source = ? and not exists (select from official.identity i where i.official_id = o.id)
          """,
          importId,
          now,
          actor,
          mapping.source());
    }
  }

  // ---- registers of people

  /** Later rows of the file that feed the register exactly what an earlier one did. */
  private void findRepeats(Register register) {
    String digest = register.prefix() + "_digest";
    boolean any =
        sql.count(
                """
                select count(*) from (select from stage s where %s and s.%s is not null
                                       group by s.%s having count(*) > 1 limit 1) t
                """
                    .formatted(live, digest, digest))
            > 0;
    if (!any) {
      again.put(register, 0L);
      return;
    }
    String values =
        fed.stream()
            .filter(field -> field.register() == register)
            .map(
                field ->
                    ", s." + field.staged() + (field.type() == Field.Type.NUMBER ? "_index" : ""))
            .collect(Collectors.joining());
    again.put(
        register,
        sql.run(
            """
            create temp table again_%1$s on commit drop as
            select n from (
              select s.n, row_number() over (partition by s.key%2$s order by s.n) as place
                from stage s
               where %3$s and s.%4$s in (select s.%4$s from stage s where %3$s and s.%4$s is not null
                                          group by 1 having count(*) > 1)) t
             where place > 1
            """
                .formatted(register.prefix(), values, live, digest)));
    sql.run("analyze again_" + register.prefix());
  }

  /**
   * A column of a register and where an import takes its value from.
   *
   * @param of the column that says whether there is a value at all: of a date's precision the date,
   *     of a name's pinyin the name
   * @param otherwise what stands where nothing is said; null for nothing
   */
  private record Target(
      String column,
      String staged,
      Field.Part part,
      boolean fed,
      String of,
      @Nullable String otherwise,
      boolean dated) {
    /** Whether a row says nothing here that the other does not say, as precisely or more so. */
    String addsNothing(String row, String other) {
      String blank =
          otherwise == null
              ? "%s.%s is null".formatted(row, of)
              : "%s.%s = %s".formatted(row, of, otherwise);
      return dated
          ? "(%1$s or %2$s.%4$s_precision <> 'D' and %3$s.%4$s between %2$s.%4$s and official.latest(%2$s.%4$s, %2$s.%4$s_precision::char))"
              .formatted(blank, row, other, of)
          : blank;
    }
  }

  private List<Target> targets(Register register) {
    List<Target> all = new ArrayList<>();
    if (register == Register.POSTING) {
      all.add(
          new Target(
              "unit_id",
              fed.contains(Field.POSTING_UNIT_ID) ? "s.posting_unit_id" : "u.id",
              Field.Part.KEY,
              true,
              "unit_id",
              null,
              false));
    }
    for (Field field : register.fields()) {
      if (NAMES_A_UNIT.contains(field)) {
        continue;
      }
      if (field.type() == Field.Type.NUMBER) {
        boolean isFed = fed.contains(field);
        String staged = "s." + field.staged();
        all.add(
            new Target(
                "number_index",
                isFed ? staged + "_index" : "null::bytea",
                Field.Part.VALUE,
                isFed,
                "number_index",
                null,
                false));
        all.add(
            derived(
                "number_sealed",
                isFed ? staged + "_sealed" : "null::bytea",
                isFed,
                "number_index"));
        all.add(
            derived(
                "number_disagrees",
                isFed ? "coalesce(%s_disagrees, false)".formatted(staged) : "false",
                isFed,
                "number_index"));
        continue;
      }
      boolean isFed = fed.contains(field);
      String value =
          !isFed
              ? "null::" + field.type().sql()
              : field.type() == Field.Type.AMOUNT
                  ? "s." + field.staged() + " * 0.01"
                  : "s." + field.staged();
      if (field.unfed() instanceof String otherwise) {
        value = "coalesce(" + value + ", " + otherwise + ")";
      }
      all.add(
          new Target(
              field.column(),
              value,
              field.part(),
              isFed,
              field.column(),
              field.unfed(),
              field.type() == Field.Type.DATE));
      if (field == Field.IDENTITY_NAME) {
        all.add(derived("pinyin", isFed ? "s.identity_pinyin" : "null::text", isFed, "name"));
        all.add(derived("initials", isFed ? "s.identity_initials" : "null::text", isFed, "name"));
      } else if (field.type() == Field.Type.DATE) {
        all.add(
            new Target(
                field.precisionColumn(),
                isFed ? "coalesce(s.%s_precision, 'D')".formatted(field.staged()) : "'D'",
                Field.Part.VALUE,
                isFed,
                field.column(),
                null,
                true));
      }
    }
    return all;
  }

  private static Target derived(String column, String staged, boolean fed, String of) {
    return new Target(column, staged, Field.Part.VALUE, fed, of, null, false);
  }

  private String candidates(Register register, List<Target> targets) {
    String unit =
        register != Register.POSTING || fed.contains(Field.POSTING_UNIT_ID)
            ? ""
            : fed.contains(Field.POSTING_UNIT)
                ? " join organisation.unit u on u.source = '%s' and u.code = s.posting_unit"
                    .formatted(mapping.source())
                : " join organisation.unit u on u.source = '%s' and u.name = s.posting_unit_name"
                    .formatted(mapping.source());
    return """
    select s.n, s.line, o.official_id, %s
      from stage s join official.known_as o on o.source = '%s' and o.key = s.key%s
     where %s and s.%s_digest is not null%s
    """
        .formatted(
            targets.stream()
                .map(target -> target.staged() + " as " + target.column())
                .collect(Collectors.joining(", ")),
            mapping.source(),
            unit,
            live,
            register.prefix(),
            again.getOrDefault(register, 0L) > 0
                ? " and not exists (select from again_%s a where a.n = s.n)"
                    .formatted(register.prefix())
                : "");
  }

  private long store(Register register) {
    List<Target> targets = targets(register);
    String columns = targets.stream().map(Target::column).collect(Collectors.joining(", "));
    String into =
        "insert into %s (official_id, %s, import_id, line, recorded_at, recorded_by) "
            .formatted(register.table(), columns);
    boolean fresh =
        sql.count("select count(*) from (select from %s limit 1) t".formatted(register.table()))
            == 0;
    compared.put(register, !fresh);
    String prefix = register.prefix();
    String changed =
        "(s.%1$s_digest is not null%2$s%3$s)"
            .formatted(
                prefix,
                again.getOrDefault(register, 0L) > 0
                    ? " and not exists (select from again_%s a where a.n = s.n)".formatted(prefix)
                    : "",
                fresh
                    ? ""
                    : " and not exists (select from same_%s a where a.n = s.n)".formatted(prefix));
    changes.add(changed);
    if (fresh) {
      long stored =
          sql.run(
              into
                  + "select official_id, "
                  + columns
                  + ", ?, line, ?, ? from ("
                  + candidates(register, targets)
                  + ") c",
              importId,
              now,
              actor);
      if (register == Register.POSTING) {
        postingsChanged = stored > 0;
        allPostingsNew = true;
      }
      return stored;
    }
    sql.run(
        "create temp table cand_%s on commit drop as %s"
            .formatted(prefix, candidates(register, targets)));
    sql.run("analyze cand_" + prefix);
    sql.run(
        """
        create temp table same_%1$s on commit drop as
        select distinct on (c.n) c.n, cur.id from cand_%1$s c
          join %2$s cur on cur.official_id = c.official_id and cur.superseded_at is null and %3$s
        """
            .formatted(prefix, register.table(), same(register, targets, "c", "cur", true)));
    sql.run("analyze same_" + prefix);
    sql.run(
        """
        create temp table new_%1$s on commit drop as
        select * from cand_%1$s c where not exists (select from same_%1$s a where a.n = c.n)
        """
            .formatted(prefix));
    sql.run("analyze new_" + prefix);
    sql.run(
        """
        create temp table gone_%1$s on commit drop as
        select cur.* from %2$s cur
         where cur.superseded_at is null
           and exists (select from new_%1$s c where c.official_id = cur.official_id and %3$s)
           and not exists (select from same_%1$s a where a.id = cur.id)
        """
            .formatted(prefix, register.table(), same(register, targets, "c", "cur", false)));
    sql.run(
        "update %s set superseded_at = ? where id in (select id from gone_%s)"
            .formatted(register.table(), prefix),
        now);
    boolean carries =
        mapping.blanksKeep()
            || targets.stream()
                .anyMatch(target -> target.part() == Field.Part.VALUE && !target.fed());
    String values =
        targets.stream()
            .map(
                target ->
                    target.part() == Field.Part.VALUE && !target.fed()
                        ? "case when g.id is null then c.%1$s else g.%1$s end"
                            .formatted(target.column())
                        : target.part() == Field.Part.VALUE && mapping.blanksKeep()
                            ? "case when g.id is not null and %2$s then g.%1$s else c.%1$s end"
                                .formatted(target.column(), target.addsNothing("c", "g"))
                            : "c." + target.column())
            .collect(Collectors.joining(", "));
    String carried =
        carries
            ? """
            left join lateral (select * from gone_%s g where g.official_id = c.official_id and %s
                                order by g.id desc limit 1) g on true
            """
                .formatted(prefix, same(register, targets, "c", "g", false))
            : "";
    if (carries) {
      sql.run("create index on gone_%s (official_id)".formatted(prefix));
      sql.run("analyze gone_" + prefix);
    }
    long stored =
        sql.run(
            into
                + "select c.official_id, "
                + values
                + ", ?, c.line, ?, ? from new_%s c ".formatted(prefix)
                + carried,
            importId,
            now,
            actor);
    if (stored > 0 && register == Register.POSTING) {
      postingsChanged = true;
    }
    return stored;
  }

  /** Equal natural keys; with {@code wholly}, equal in every value that is fed as well. */
  private String same(
      Register register, List<Target> targets, String one, String other, boolean wholly) {
    String condition =
        targets.stream()
            .filter(
                target ->
                    target.part() == Field.Part.KEY
                        || wholly && target.fed() && !DERIVED.contains(target.column()))
            .map(
                target -> {
                  String equal =
                      "%1$s.%3$s is not distinct from %2$s.%3$s"
                          .formatted(one, other, target.column());
                  if (wholly && target.part() == Field.Part.VALUE && mapping.blanksKeep()) {
                    return "(%s or %s)".formatted(target.addsNothing(one, other), equal);
                  }
                  // An award's document names it; without one its date does.
                  return register == Register.AWARD
                          && target.column().equals("granted_on")
                          && !wholly
                      ? "(%s.reference is not null or %s)".formatted(one, equal)
                      : equal;
                })
            .collect(Collectors.joining(" and "));
    return condition.isEmpty() ? "true" : condition;
  }

  // ---- timelines

  private void flagTimelines() {
    boolean identities =
        fed.contains(Field.IDENTITY_BEGAN_WORK)
            && sql.count("select count(*) from (select from official.posting limit 1) t") > 0;
    if (!postingsChanged && !identities) {
      return;
    }
    TimelineFlags flags = new TimelineFlags(sql);
    if (allPostingsNew) {
      flags.recomputeAll();
      return;
    }
    List<String> affected = new ArrayList<>();
    if (postingsChanged) {
      affected.add("select c.official_id from new_posting c");
    }
    if (identities) {
      affected.add(
          compared.getOrDefault(Register.IDENTITY, false)
              ? "select c.official_id from new_identity c"
              : "select o.official_id from official.known_as o join stage s on s.key = o.key where o.source = '%s'"
                  .formatted(mapping.source()));
    }
    flags.recompute(String.join(" union ", affected));
  }

  /** Runs statements one after the other, stopping between and within them when asked to. */
  static final class Statements {
    private final JdbcTemplate jdbc;
    private final Progress progress;
    private long done;

    Statements(JdbcTemplate jdbc, Progress progress) {
      this.jdbc = jdbc;
      this.progress = progress;
    }

    long run(String statement, @Nullable Object... parameters) {
      progress.at("importing.step.storing", done++, -1);
      if (progress.cancelled()) {
        throw new org.dandang.official.ImportCancelled();
      }
      return jdbc.update(statement, parameters);
    }

    long count(String query) {
      Long count = jdbc.queryForObject(query, Long.class);
      return count == null ? 0 : count;
    }
  }
}
