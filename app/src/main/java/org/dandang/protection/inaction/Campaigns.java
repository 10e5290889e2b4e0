package org.dandang.protection.inaction;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.OnRecord;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Campaigns in which findings are put forward. */
@Component
public class Campaigns implements OnRecord {
  private static final int LONGEST_TITLE = 100;
  private static final int MOST_OFFERED = 20;

  private final JdbcClient jdbc;
  private final Access access;
  private final UnitsAbove units;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final Clock clock;

  Campaigns(
      JdbcClient jdbc,
      @Lazy Access access,
      @Lazy UnitsAbove units,
      @Lazy OfficeCalendar office,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.access = access;
    this.units = units;
    this.office = office;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Opens a campaign; sent again under the same number it is not opened again.
   *
   * @throws Refused when it has no title, ends before it starts, or the account does not answer for
   *     the unit
   */
  @Transactional
  public long open(
      String pack,
      String title,
      long unit,
      LocalDate starts,
      @Nullable LocalDate ends,
      UUID client,
      SignedIn by) {
    String named = title.strip();
    if (named.isEmpty() || named.codePointCount(0, named.length()) > LONGEST_TITLE) {
      throw refused("title", LONGEST_TITLE);
    }
    if (ends != null && ends.isBefore(starts)) {
      throw refused("ends-before");
    }
    if (!access.holds(by, Role.PERSONNEL_OFFICER, unit)
        && !access.holds(by, Role.DISCIPLINE_OFFICER, unit)) {
      throw refused("not-your-unit");
    }
    Optional<Long> fresh =
        jdbc.sql(
                """
                insert into protection.finding_campaign (pack, title, unit_id, starts_on, ends_on, client, recorded_at, recorded_by)
                values (:pack, :title, :unit, :starts, :ends, :client, :now, :by)
                on conflict (client) do nothing returning id
                """)
            .param("pack", pack)
            .param("title", named)
            .param("unit", unit)
            .param("starts", starts)
            .param("ends", ends, java.sql.Types.DATE)
            .param("client", client)
            .param("now", OffsetDateTime.now(clock))
            .param("by", by.signInName())
            .query(Long.class)
            .optional();
    if (fresh.isEmpty()) {
      return jdbc.sql("select id from protection.finding_campaign where client = ?")
          .param(client)
          .query(Long.class)
          .single();
    }
    ledger.append(
        by.signInName(),
        "finding-campaign-opened",
        "finding-campaign",
        Long.toString(fresh.get()),
        Map.of("pack", pack));
    return fresh.get();
  }

  /** Closes a campaign: no finding is entered in it any more. Whether it was open. */
  @Transactional
  boolean close(long id, String actor) {
    boolean closed =
        jdbc.sql(
                    "update protection.finding_campaign set closed_on = ? where id = ? and"
                        + " closed_on is null")
                .params(office.today(), id)
                .update()
            > 0;
    if (closed) {
      ledger.append(
          actor, "finding-campaign-closed", "finding-campaign", Long.toString(id), Map.of());
    }
    return closed;
  }

  private static final String SELECT =
      """
      select c.*, (select count(*) from protection.finding f where f.campaign_id = c.id) as handled
        from protection.finding_campaign c
      """;

  List<Campaign> all() {
    return jdbc.sql(
            SELECT + " order by c.closed_on is not null, c.starts_on desc, c.id desc limit 500")
        .query(Campaigns::campaign)
        .list();
  }

  Optional<Campaign> find(long id) {
    return jdbc.sql(SELECT + " where c.id = ?").param(id).query(Campaigns::campaign).optional();
  }

  private static Campaign campaign(ResultSet row, int number) throws SQLException {
    return new Campaign(
        row.getLong("id"),
        row.getString("pack"),
        row.getString("title"),
        row.getLong("unit_id"),
        row.getObject("starts_on", LocalDate.class),
        row.getObject("ends_on", LocalDate.class),
        row.getObject("closed_on", LocalDate.class),
        row.getLong("handled"));
  }

  @Override
  public String kind() {
    return "finding-campaign";
  }

  /**
   * By number or title; only one that is open, in a unit below or above which the account works.
   */
  @Override
  public Optional<Long> find(String text, SignedIn account) {
    String written = text.strip();
    String key = OnRecord.key(written);
    return Sights.everything(
        () ->
            jdbc
                .sql(
                    """
                    select id, unit_id from protection.finding_campaign
                     where closed_on is null and (id::text = :key or title = :text) limit 20
                    """)
                .param("key", key)
                .param("text", written)
                .query((row, number) -> new Long[] {row.getLong(1), row.getLong(2)})
                .list()
                .stream()
                .filter(one -> worksIn(account, one[1]))
                .map(one -> one[0])
                .reduce((one, other) -> -1L)
                .filter(id -> id > 0));
  }

  /** Those that go on and the account works in. */
  @Override
  public List<Long> offered(@Nullable Long official, SignedIn account) {
    return Sights.everything(
        () ->
            jdbc
                .sql(
                    """
                    select id, unit_id from protection.finding_campaign where closed_on is null
                     order by id desc limit 200
                    """)
                .query((row, number) -> new Long[] {row.getLong(1), row.getLong(2)})
                .list()
                .stream()
                .filter(one -> worksIn(account, one[1]))
                .map(one -> one[0])
                .limit(MOST_OFFERED)
                .toList());
  }

  private boolean worksIn(SignedIn account, long unit) {
    return account.today().stream()
        .filter(
            held -> held.role() == Role.PERSONNEL_OFFICER || held.role() == Role.DISCIPLINE_OFFICER)
        .map(Assignment::unit)
        .anyMatch(
            own ->
                own == null
                    || units.upwards(own).contains(unit)
                    || units.upwards(unit).contains(own));
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    jdbc.sql("select id, title || ' · ' || id from protection.finding_campaign where id = any (?)")
        .param(ids.toArray(Long[]::new))
        .query(
            row -> {
              labels.put(row.getLong(1), row.getString(2));
            });
    return labels;
  }

  @Override
  public Optional<Long> unit(long id) {
    return jdbc.sql("select unit_id from protection.finding_campaign where id = ?")
        .param(id)
        .query(Long.class)
        .optional();
  }

  static Refused refused(String key, Object... values) {
    return new Refused("inaction", "inaction.refused." + key, values);
  }
}
