package org.dandang.organisation;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.dandang.platform.ledger.Ledger;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The registers of posts by level and of who manages them. Nothing is overwritten: an end recorded
 * later supersedes the row without one.
 */
@Component
public class Establishments {
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Establishments(JdbcClient jdbc, Ledger ledger, Clock clock, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** A unit's posts, those that hold and those that held, the latest first. */
  public List<Establishment> of(long unit) {
    return jdbc.sql(
            """
            select * from organisation.establishment where unit_id = ? and superseded_at is null
             order by ends_on is not null, post_level, starts_on desc
            """)
        .param(unit)
        .query(
            (row, number) ->
                new Establishment(
                    row.getLong("id"),
                    row.getLong("unit_id"),
                    row.getString("post_level"),
                    row.getInt("headcount"),
                    row.getObject("starts_on", LocalDate.class),
                    row.getObject("ends_on", LocalDate.class),
                    document(row)))
        .list();
  }

  /** What a unit manages, and by whom its own posts are managed, directly or from further above. */
  public List<ManagementAuthority> authorities(long unit) {
    return jdbc.sql(
            """
            select a.*, m.name as managing_name, d.name as managed_name
              from organisation.management_authority a
              join organisation.unit m on m.id = a.managing_unit_id
              join organisation.unit d on d.id = a.managed_unit_id
             where a.superseded_at is null
               and (a.managing_unit_id = :unit
                    or a.managed_unit_id in (select within_id from organisation.unit_within where unit_id = :unit))
             order by a.ends_on is not null, a.managing_unit_id <> :unit, a.starts_on desc, a.id
            """)
        .param("unit", unit)
        .query(
            (row, number) ->
                new ManagementAuthority(
                    row.getLong("id"),
                    row.getLong("managing_unit_id"),
                    row.getString("managing_name"),
                    row.getLong("managed_unit_id"),
                    row.getString("managed_name"),
                    texts(row.getArray("post_levels")),
                    row.getObject("starts_on", LocalDate.class),
                    row.getObject("ends_on", LocalDate.class),
                    document(row)))
        .list();
  }

  /**
   * Records how many posts of a level a unit has from a day on.
   *
   * @throws OrganisationProblem {@code headcount-overlaps} while another number holds for the level
   */
  public void establish(long unit, String postLevel, int headcount, Order order) {
    PostLevels.check(List.of(postLevel));
    if (headcount < 0 || headcount > 100_000) {
      throw new OrganisationProblem("not-a-headcount", headcount);
    }
    try {
      transaction.executeWithoutResult(
          status -> {
            checkUnit(unit);
            long id =
                jdbc.sql(
                        """
                        insert into organisation.establishment
                               (unit_id, post_level, headcount, starts_on, document_title, document_number, document_date, recorded_at, recorded_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
                        """)
                    .param(unit)
                    .param(postLevel)
                    .param(headcount)
                    .param(order.on())
                    .param(order.document().title())
                    .param(order.document().number())
                    .param(order.document().dated())
                    .param(OffsetDateTime.now(clock))
                    .param(order.actor())
                    .query(Long.class)
                    .single();
            ledger.append(
                order.actor(),
                "establishment-recorded",
                "establishment",
                Long.toString(id),
                Map.of("unit", unit, "post-level", postLevel, "headcount", headcount));
            jdbc.sql("set constraints organisation.one_headcount_at_a_time immediate").update();
          });
    } catch (DataIntegrityViolationException e) {
      throw new OrganisationProblem("headcount-overlaps", order.on());
    }
  }

  /** Records from which day on the posts of a level no longer are. */
  public void endEstablishment(long unit, long id, LocalDate on, String actor) {
    end("establishment", "unit_id", unit, id, on, actor);
  }

  /**
   * Records that a unit manages posts of some levels in another and in all that lies within it.
   *
   * @throws OrganisationProblem when a unit or a level is not known
   */
  public void authorise(long managing, long managed, Collection<String> levels, Order order) {
    PostLevels.check(levels);
    transaction.executeWithoutResult(
        status -> {
          checkUnit(managing);
          checkUnit(managed);
          long id =
              jdbc.sql(
                      """
                      insert into organisation.management_authority
                             (managing_unit_id, managed_unit_id, post_levels, starts_on, document_title, document_number, document_date, recorded_at, recorded_by)
                      values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
                      """)
                  .param(managing)
                  .param(managed)
                  .param(new TreeSet<>(levels).toArray(String[]::new))
                  .param(order.on())
                  .param(order.document().title())
                  .param(order.document().number())
                  .param(order.document().dated())
                  .param(OffsetDateTime.now(clock))
                  .param(order.actor())
                  .query(Long.class)
                  .single();
          ledger.append(
              order.actor(),
              "management-authority-recorded",
              "management-authority",
              Long.toString(id),
              Map.of("managing", managing, "managed", managed, "post-levels", levels));
        });
  }

  /** Records from which day on an authority of a unit no longer holds. */
  public void endAuthority(long managing, long id, LocalDate on, String actor) {
    end("management_authority", "managing_unit_id", managing, id, on, actor);
  }

  private void end(String table, String owner, long unit, long id, LocalDate on, String actor) {
    transaction.executeWithoutResult(
        status -> {
          OffsetDateTime now = OffsetDateTime.now(clock);
          LocalDate from =
              jdbc.sql(
                      "select starts_on from organisation.%s where id = ? and %s = ? and superseded_at is null and ends_on is null for update"
                          .formatted(table, owner))
                  .params(id, unit)
                  .query(LocalDate.class)
                  .optional()
                  .orElseThrow(() -> new OrganisationProblem("ended-already"));
          if (!on.isAfter(from)) {
            throw new OrganisationProblem("ends-before-start", on, from);
          }
          jdbc.sql("update organisation.%s set superseded_at = ? where id = ?".formatted(table))
              .params(now, id)
              .update();
          String own =
              table.equals("establishment")
                  ? "unit_id, post_level, headcount"
                  : "managing_unit_id, managed_unit_id, post_levels";
          jdbc.sql(
                  """
                  insert into organisation.%1$s
                         (%2$s, starts_on, ends_on, document_title, document_number, document_date, recorded_at, recorded_by)
                  select %2$s, starts_on, ?, document_title, document_number, document_date, ?, ?
                    from organisation.%1$s where id = ?
                  """
                      .formatted(table, own))
              .params(on, now, actor, id)
              .update();
          ledger.append(
              actor,
              table.replace('_', '-') + "-ended",
              table.replace('_', '-'),
              Long.toString(id),
              Map.of("unit", unit, "on", on.toString()));
        });
  }

  private void checkUnit(long unit) {
    if (!jdbc.sql("select exists (select from organisation.unit where id = ?)")
        .param(unit)
        .query(Boolean.class)
        .single()) {
      throw new OrganisationProblem("unknown-unit");
    }
  }

  private static Document document(ResultSet row) throws SQLException {
    return new Document(
        Objects.requireNonNull(row.getString("document_title")),
        row.getString("document_number"),
        row.getObject("document_date", LocalDate.class));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
