package org.dandang.organisation;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Founds, renames, merges, splits, moves and closes units, each from a day and by a document.
 *
 * <p>A change is recorded whole, with its entry in the ledger, or refused with an {@link
 * OrganisationProblem} and nothing is recorded. A unit's changes are recorded in the order of their
 * days; one that comes before a later one needs the later one undone first. A day in the future is
 * refused: a change is recorded when it holds.
 */
@Component
public class Reorganising {
  private final JdbcClient jdbc;
  private final Reorganisations reorganisations;
  private final Ledger ledger;
  private final Clock clock;
  private final ZoneId zone;
  private final TransactionTemplate transaction;

  Reorganising(
      JdbcClient jdbc,
      Reorganisations reorganisations,
      Ledger ledger,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.reorganisations = reorganisations;
    this.ledger = ledger;
    this.clock = clock;
    this.zone = zone;
    this.transaction = transaction;
  }

  public Reorganisation found(NewUnit unit, Order order) {
    return recorded(
        ReorganisationKind.FOUNDED,
        order,
        change -> {
          change.parts("to", Set.of(change.create(unit)));
        });
  }

  public Reorganisation rename(long unit, String name, Order order) {
    String stripped = name.strip();
    NewUnit.checkName(stripped);
    return recorded(
        ReorganisationKind.RENAMED,
        order,
        change -> {
          Known known = change.changeable(Set.of(unit)).getFirst();
          if (known.name().equals(stripped)) {
            throw new OrganisationProblem("same-name", stripped);
          }
          change.parts("from", Set.of(unit));
          change.end(Set.of(unit));
          change.goOn(Set.of(unit), stripped, false, null);
        });
  }

  /**
   * Puts a unit, with all that lies within it, under another.
   *
   * @param parent null: it stands without one above
   */
  public Reorganisation move(long unit, @Nullable Long parent, Order order) {
    return recorded(
        ReorganisationKind.MOVED,
        order,
        change -> {
          Known known = change.changeable(Set.of(unit)).getFirst();
          if (Objects.equals(known.parent(), parent)) {
            throw new OrganisationProblem("same-parent", known.name());
          }
          change.parts("from", Set.of(unit));
          if (parent != null) {
            change.receiver(parent, Set.of(unit));
            change.parts("to", Set.of(parent));
          } else {
            refuseTop();
          }
          change.end(Set.of(unit));
          change.goOn(Set.of(unit), null, true, parent);
        });
  }

  /** Closes units whose work another that is there takes over, with the units below them. */
  public Reorganisation merge(Collection<Long> from, long into, Order order) {
    Set<Long> ending = new LinkedHashSet<>(from);
    return recorded(
        ReorganisationKind.MERGED,
        order,
        change -> {
          if (ending.isEmpty() || ending.contains(into)) {
            throw new OrganisationProblem("nothing-to-merge");
          }
          change.changeable(ending);
          change.receiver(into, ending);
          change.parts("from", ending);
          change.parts("to", Set.of(into));
          change.end(ending);
          change.moveBelow(ending, into);
        });
  }

  /** Closes two units or more; a new one takes over their work and the units below them. */
  public Reorganisation merge(Collection<Long> from, NewUnit into, Order order) {
    Set<Long> ending = new LinkedHashSet<>(from);
    return recorded(
        ReorganisationKind.MERGED,
        order,
        change -> {
          if (ending.size() < 2) {
            throw new OrganisationProblem("nothing-to-merge");
          }
          change.changeable(ending);
          if (into.parent() != null) {
            change.receiver(into.parent(), ending);
          }
          long created = change.create(into);
          change.parts("from", ending);
          change.parts("to", Set.of(created));
          change.end(ending);
          change.moveBelow(ending, created);
        });
  }

  /**
   * Founds new units out of one.
   *
   * @param goesOn whether the one stays beside them, or is closed
   * @param below under which of the new units, by code, units below the one are put; those not
   *     named stay where they are, which a closed one does not allow
   */
  public Reorganisation split(
      long from, List<NewUnit> into, boolean goesOn, Map<Long, String> below, Order order) {
    return recorded(
        ReorganisationKind.SPLIT,
        order,
        change -> {
          if (into.size() < (goesOn ? 1 : 2)) {
            throw new OrganisationProblem("nothing-to-split");
          }
          change.changeable(Set.of(from));
          change.parts("from", Set.of(from));
          Map<String, Long> created = new LinkedHashMap<>();
          for (NewUnit unit : into) {
            created.put(unit.code(), change.create(unit));
          }
          change.parts("to", created.values());
          if (!goesOn) {
            change.end(Set.of(from));
          }
          Map<Long, Set<Long>> moved = new HashMap<>();
          below.forEach(
              (unit, code) -> {
                Long to = created.get(code);
                if (to == null) {
                  throw new OrganisationProblem("unknown-code", code);
                }
                moved.computeIfAbsent(to, key -> new LinkedHashSet<>()).add(unit);
              });
          for (Known child : change.changeable(below.keySet())) {
            if (!Objects.equals(child.parent(), from)) {
              throw new OrganisationProblem("not-below", child.name());
            }
          }
          moved.forEach((to, units) -> change.carry(units, to));
        });
  }

  /**
   * Closes a unit.
   *
   * @param below under which unit those directly below it are put; null when there are none
   */
  public Reorganisation close(long unit, @Nullable Long below, Order order) {
    return recorded(
        ReorganisationKind.CLOSED,
        order,
        change -> {
          change.changeable(Set.of(unit));
          change.parts("from", Set.of(unit));
          change.end(Set.of(unit));
          if (below != null) {
            change.receiver(below, Set.of(unit));
            change.moveBelow(Set.of(unit), below);
          }
        });
  }

  /**
   * Undoes the last change of its units: they are again what they were before, and a unit that was
   * founded is gone. What was recorded stays readable as undone.
   *
   * @throws OrganisationProblem {@code later-change} when one of the units was changed again,
   *     {@code rests-on-it} when something in the registers names a unit that would be gone
   */
  public void undo(long reorganisation, String actor) {
    try {
      transaction.executeWithoutResult(
          status -> {
            queue();
            new Undoing(reorganisation, actor).run();
          });
    } catch (DataIntegrityViolationException e) {
      throw new OrganisationProblem("rests-on-it");
    }
  }

  private interface Recording {
    void into(Change change);
  }

  private Reorganisation recorded(ReorganisationKind kind, Order order, Recording recording) {
    if (order.on().isAfter(LocalDate.now(clock.withZone(zone)))) {
      throw new OrganisationProblem("in-future", order.on());
    }
    Long id =
        transaction.execute(
            status -> {
              queue();
              Change change = new Change(kind, order);
              recording.into(change);
              change.complete();
              return change.id;
            });
    return reorganisations.find(Objects.requireNonNull(id)).orElseThrow();
  }

  /** One change at a time: each is judged by what the last one left. */
  private void queue() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('reorganising', 0))::text")
        .query(String.class)
        .single();
  }

  /** Refuses what reaches beyond the jurisdiction of whoever does it. */
  private void refuseOutside(Collection<Long> units) {
    jdbc.sql(
            """
            select u.name from organisation.unit u
             where u.id = any (:units)
               and not exists (select from organisation.subject_within w where w.subject = u.id)
             order by u.id limit 1
            """)
        .param("units", units.toArray(Long[]::new))
        .query(String.class)
        .optional()
        .ifPresent(
            name -> {
              throw new OrganisationProblem("outside", name);
            });
  }

  /** A unit without one above it is founded by whoever is over everything. */
  private void refuseTop() {
    if (!jdbc.sql("select platform.sees_everything() or platform.officer_of_all()")
        .query(Boolean.class)
        .single()) {
      throw new OrganisationProblem("outside-top");
    }
  }

  /** A unit by its latest description. */
  private record Known(
      long id,
      String name,
      @Nullable Long parent,
      @Nullable LocalDate since,
      @Nullable LocalDate closed,
      @Nullable LocalDate founded) {}

  private List<Known> known(Collection<Long> units) {
    List<Known> found =
        jdbc.sql(
                """
                select distinct on (d.unit_id) d.unit_id, d.name, d.parent_id, d.starts_on, d.ends_on, l.founded_on
                  from organisation.unit_description d
                  join organisation.unit_life l on l.unit_id = d.unit_id
                 where d.unit_id = any(:units) and d.superseded_at is null
                 order by d.unit_id, d.starts_on desc nulls last
                """)
            .param("units", units.toArray(Long[]::new))
            .query(
                (row, number) ->
                    new Known(
                        row.getLong("unit_id"),
                        row.getString("name"),
                        row.getObject("parent_id", Long.class),
                        row.getObject("starts_on", LocalDate.class),
                        row.getObject("ends_on", LocalDate.class),
                        row.getObject("founded_on", LocalDate.class)))
            .list();
    if (found.size() < Set.copyOf(units).size()) {
      throw new OrganisationProblem("unknown-unit");
    }
    return found;
  }

  /** What the units' latest descriptions say becomes what the rest of the program reads. */
  private void keepStep(Collection<Long> units, OffsetDateTime now, String actor) {
    jdbc.sql(
            """
            update organisation.unit u
               set name = d.name, kind = d.kind, level = d.level, parent_id = d.parent_id,
                   hardship_class = d.hardship_class, altitude_zone = d.altitude_zone,
                   recorded_at = :now, recorded_by = :actor, import_id = null, line = null
              from (select distinct on (unit_id) * from organisation.unit_description
                     where unit_id = any(:units) and superseded_at is null
                     order by unit_id, starts_on desc nulls last) d
             where u.id = d.unit_id
            """)
        .param("units", units.toArray(Long[]::new))
        .param("now", now)
        .param("actor", actor)
        .update();
  }

  /** One change under way, within its transaction. */
  private final class Change {
    private final ReorganisationKind kind;
    private final Order order;
    private final OffsetDateTime now = OffsetDateTime.now(clock);
    private final long id;
    private final Set<Long> changed = new LinkedHashSet<>();

    Change(ReorganisationKind kind, Order order) {
      this.kind = kind;
      this.order = order;
      Document document = order.document();
      this.id =
          jdbc.sql(
                  """
                  insert into organisation.reorganisation
                         (kind, on_date, document_title, document_number, document_date, recorded_at, recorded_by)
                  values (?, ?, ?, ?, ?, ?, ?) returning id
                  """)
              .param(kind.word())
              .param(order.on())
              .param(document.title())
              .param(document.number())
              .param(document.dated())
              .param(now)
              .param(order.actor())
              .query(Long.class)
              .single();
    }

    /** Units that are there on the day and were not changed on it or after. */
    List<Known> changeable(Collection<Long> units) {
      List<Known> all = known(units);
      refuseOutside(units);
      for (Known each : all) {
        there(each);
        if (each.since() != null && !order.on().isAfter(each.since())) {
          throw new OrganisationProblem("later-change", each.name(), each.since());
        }
      }
      return all;
    }

    /** A unit that others are put under: it must be there, and not lie within them. */
    void receiver(long unit, Collection<Long> others) {
      Known known = known(Set.of(unit)).getFirst();
      refuseOutside(Set.of(unit));
      there(known);
      boolean within =
          jdbc.sql(
                  """
                  select exists (select from organisation.unit_within
                                  where unit_id = :unit and within_id = any(:others))
                  """)
              .param("unit", unit)
              .param("others", others.toArray(Long[]::new))
              .query(Boolean.class)
              .single();
      if (within) {
        throw new OrganisationProblem("within-itself", known.name());
      }
    }

    private void there(Known unit) {
      if (unit.closed() != null) {
        throw new OrganisationProblem("already-closed", unit.name(), unit.closed());
      }
      if (unit.founded() != null && order.on().isBefore(unit.founded())) {
        throw new OrganisationProblem("before-founded", unit.name(), unit.founded());
      }
    }

    long create(NewUnit unit) {
      if (unit.parent() != null) {
        receiver(unit.parent(), Set.of());
      } else {
        refuseTop();
      }
      long created =
          jdbc.sql(
                  """
                  insert into organisation.unit
                         (source, code, name, kind, level, parent_id, hardship_class, altitude_zone, recorded_at, recorded_by)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  on conflict (source, code) do nothing returning id
                  """)
              .param(unit.source())
              .param(unit.code())
              .param(unit.name())
              .param(unit.kind())
              .param(unit.level())
              .param(unit.parent())
              .param(unit.hardship())
              .param(unit.altitudeZone())
              .param(now)
              .param(order.actor())
              .query(Long.class)
              .optional()
              .orElseThrow(() -> new OrganisationProblem("code-taken", unit.code()));
      // The database described it since before the records; it begins here.
      jdbc.sql(
              """
              update organisation.unit_description
                 set starts_on = ?, begun_by = ?, recorded_in = ? where unit_id = ?
              """)
          .params(order.on(), id, id, created)
          .update();
      changed.add(created);
      return created;
    }

    /** The units' present descriptions end on the day. */
    void end(Collection<Long> units) {
      Long[] ids = units.toArray(Long[]::new);
      jdbc.sql(
              """
              update organisation.unit_description set superseded_at = ?, superseded_in = ?
               where unit_id = any(?) and superseded_at is null and ends_on is null
              """)
          .params(now, id, ids)
          .update();
      jdbc.sql(
              """
              insert into organisation.unit_description
                     (unit_id, name, kind, level, parent_id, hardship_class, altitude_zone,
                      starts_on, ends_on, begun_by, recorded_in, recorded_at, recorded_by)
              select unit_id, name, kind, level, parent_id, hardship_class, altitude_zone,
                     starts_on, ?, begun_by, ?, ?, ?
                from organisation.unit_description where superseded_in = ? and unit_id = any(?)
              """)
          .params(order.on(), id, now, order.actor(), id, ids)
          .update();
      changed.addAll(units);
    }

    /** Units that ended on the day go on from it with another name or below another unit. */
    void goOn(Collection<Long> units, @Nullable String name, boolean moved, @Nullable Long parent) {
      jdbc.sql(
              """
              insert into organisation.unit_description
                     (unit_id, name, kind, level, parent_id, hardship_class, altitude_zone,
                      starts_on, begun_by, recorded_in, recorded_at, recorded_by)
              select unit_id, coalesce(:name, name), kind, level,
                     case when :moved then cast(:parent as bigint) else parent_id end, hardship_class, altitude_zone,
                     :on, :change, :change, :now, :actor
                from organisation.unit_description
               where superseded_in = :change and unit_id = any(:units)
              """)
          .param("name", name)
          .param("moved", moved)
          .param("parent", parent)
          .param("on", order.on())
          .param("change", id)
          .param("now", now)
          .param("actor", order.actor())
          .param("units", units.toArray(Long[]::new))
          .update();
    }

    /** Puts what lies directly below some units under another. */
    void moveBelow(Collection<Long> units, long to) {
      Set<Long> below =
          new LinkedHashSet<>(
              jdbc.sql(
                      """
                      select unit_id from organisation.unit_description
                       where parent_id = any(:units) and superseded_at is null and ends_on is null
                         and unit_id <> all(:units)
                      """)
                  .param("units", units.toArray(Long[]::new))
                  .query(Long.class)
                  .list());
      changeable(below);
      carry(below, to);
    }

    void carry(Collection<Long> units, long to) {
      if (!units.isEmpty()) {
        parts("along", units);
        end(units);
        goOn(units, null, true, to);
      }
    }

    /** Named as they are before the change, or as they are founded. */
    void parts(String part, Collection<Long> units) {
      jdbc.sql(
              """
              insert into organisation.reorganisation_part (reorganisation_id, part, unit_id, unit_code, unit_name)
              select ?, ?, id, code, name from organisation.unit where id = any(?)
              """)
          .params(id, part, units.toArray(Long[]::new))
          .update();
    }

    void complete() {
      Long[] ids = changed.toArray(Long[]::new);
      jdbc.sql(
              """
              select p.name, string_agg(d.name, '、' order by d.name) as below
                from organisation.unit_description d
                join organisation.unit_description p
                  on p.unit_id = d.parent_id and p.superseded_at is null and p.recorded_in = :change and p.ends_on = :on
               where d.parent_id = any(:units) and d.superseded_at is null and (d.ends_on is null or d.ends_on > :on)
                 and not exists (select from organisation.unit_description g
                                  where g.unit_id = p.unit_id and g.superseded_at is null and g.starts_on = :on)
               group by p.name limit 1
              """)
          .param("change", id)
          .param("on", order.on())
          .param("units", ids)
          .query(
              (row, number) ->
                  new OrganisationProblem(
                      "units-below", row.getString("name"), row.getString("below")))
          .optional()
          .ifPresent(Reorganising::refuse);
      keepStep(changed, now, order.actor());
      checkParents(ids, order.on());
      ledger.append(
          order.actor(),
          "unit-" + kind.word(),
          "reorganisation",
          Long.toString(id),
          Map.of("on", order.on().toString(), "units", changed));
    }
  }

  /** From the day of a change on, what a unit lies under must be there. */
  private void checkParents(Long[] units, LocalDate on) {
    jdbc.sql(
            """
            select d.name from organisation.unit_description d
             where d.unit_id = any(:units) and d.superseded_at is null and d.parent_id is not null
               and (d.ends_on is null or d.ends_on > :on)
               and not coalesce(
                     daterange(greatest(d.starts_on, :on), d.ends_on) <@
                     (select range_agg(daterange(p.starts_on, p.ends_on)) from organisation.unit_description p
                       where p.unit_id = d.parent_id and p.superseded_at is null), false)
             limit 1
            """)
        .param("units", units)
        .param("on", on)
        .query((row, number) -> new OrganisationProblem("parent-not-there", row.getString("name")))
        .optional()
        .ifPresent(Reorganising::refuse);
  }

  private static void refuse(OrganisationProblem problem) {
    throw problem;
  }

  /** The last change of its units taken back. */
  private final class Undoing {
    private final long id;
    private final String actor;
    private final OffsetDateTime now = OffsetDateTime.now(clock);

    Undoing(long id, String actor) {
      this.id = id;
      this.actor = actor;
    }

    void run() {
      Reorganisation undone =
          reorganisations.find(id).orElseThrow(() -> new OrganisationProblem("no-such-change"));
      if (undone.undoneAt() != null) {
        throw new OrganisationProblem("undone-already");
      }
      List<Long> units =
          jdbc.sql(
                  """
                  select distinct unit_id from organisation.unit_description
                   where unit_id is not null and (recorded_in = ? or superseded_in = ?)
                  """)
              .params(id, id)
              .query(Long.class)
              .list();
      refuseOutside(units);
      Long[] ids = units.toArray(Long[]::new);
      ToLongFunction<String> count =
          sql ->
              jdbc.sql("select count(*) from " + sql)
                  .param("change", id)
                  .param("units", ids)
                  .query(Long.class)
                  .single();
      if (count.applyAsLong(
              """
              organisation.reorganisation r
               where r.undone_at is null and r.id > :change
                 and exists (select from organisation.unit_description d
                              where d.unit_id = any(:units) and (d.recorded_in = r.id or d.superseded_in = r.id))
              """)
          > 0) {
        throw new OrganisationProblem("later-change-first");
      }
      jdbc.sql(
              """
              update organisation.unit_description set superseded_at = ?
               where recorded_in = ? and superseded_at is null
              """)
          .params(now, id)
          .update();
      jdbc.sql(
              """
              insert into organisation.unit_description
                     (unit_id, name, kind, level, parent_id, hardship_class, altitude_zone,
                      starts_on, ends_on, begun_by, recorded_in, recorded_at, recorded_by)
              select unit_id, name, kind, level, parent_id, hardship_class, altitude_zone,
                     starts_on, ends_on, begun_by, recorded_in, ?, ?
                from organisation.unit_description where superseded_in = ?
              """)
          .params(now, actor, id)
          .update();
      Long[] gone =
          jdbc.sql(
                  """
                  select u.id from organisation.unit u
                   where u.id = any(?)
                     and not exists (select from organisation.unit_description d
                                      where d.unit_id = u.id and d.superseded_at is null)
                  """)
              .param(ids)
              .query(Long.class)
              .list()
              .toArray(Long[]::new);
      boolean named =
          jdbc.sql(
                  """
                  select exists (select from organisation.unit_description
                                  where parent_id = any(:gone) and superseded_at is null)
                      or exists (select from organisation.reorganisation_part p
                                   join organisation.reorganisation r on r.id = p.reorganisation_id
                                  where p.unit_id = any(:gone) and r.undone_at is null and r.id <> :change)
                  """)
              .param("gone", gone)
              .param("change", id)
              .query(Boolean.class)
              .single();
      if (named) {
        throw new OrganisationProblem("rests-on-it");
      }
      keepStep(units, now, actor);
      jdbc.sql("delete from organisation.unit where id = any(?)").param(gone).update();
      checkParents(ids, undone.on());
      jdbc.sql("update organisation.reorganisation set undone_at = ?, undone_by = ? where id = ?")
          .params(now, actor, id)
          .update();
      ledger.append(
          actor,
          "reorganisation-undone",
          "reorganisation",
          Long.toString(id),
          Map.of("kind", undone.kind().word(), "units", units));
    }
  }
}
