package org.dandang.platform.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The accounts as the security administrator keeps them: who there is, with which roles. */
@Component
public class AccountBook {
  private static final String MATCHES =
      """
       where (:q = '' or a.sign_in_name like :part or lower(a.shown_name) like :part)
         and (:role = '' or exists (select from platform.role_assignment r
                                     where r.account_id = a.id and r.role = :role and r.starts_on <= :day
                                       and (r.ends_on is null or r.ends_on > :day)))
      """;

  private final JdbcClient jdbc;
  private final Assignments assignments;
  private final Ledger ledger;
  private final Clock clock;

  AccountBook(JdbcClient jdbc, Assignments assignments, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.assignments = assignments;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * An account as lists show it.
   *
   * @param closed since when it may not sign in; null while it may
   * @param roles words of the roles held on the present day
   */
  public record Line(
      long id,
      String signInName,
      String shownName,
      boolean ofOfficial,
      OffsetDateTime opened,
      @Nullable OffsetDateTime closed,
      List<String> roles) {}

  /** A role that was given, with how it came and ended. */
  public record Given(
      Assignment assignment,
      String kind,
      @Nullable String reason,
      OffsetDateTime givenAt,
      String givenBy,
      @Nullable OffsetDateTime endedAt,
      @Nullable String endedBy) {}

  /** Something that happened to an account. */
  public record Happened(OffsetDateTime at, String actor, String action, String detail) {}

  public long count(String q, String role) {
    return asked("select count(*) from platform.account a" + MATCHES, q, role)
        .query(Long.class)
        .single();
  }

  /** Accounts by sign-in name; both conditions may be empty. */
  public List<Line> page(String q, String role, int offset, int most) {
    return asked(LINE + MATCHES + " order by a.sign_in_name offset :offset limit :most", q, role)
        .param("offset", offset)
        .param("most", most)
        .query((row, number) -> line(row))
        .list();
  }

  public Optional<Line> find(long id) {
    return jdbc.sql(LINE + " where a.id = :id")
        .param("id", id)
        .param("day", assignments.today())
        .query((row, number) -> line(row))
        .optional();
  }

  /** The number of the account of a sign-in name. */
  public Optional<Long> number(String signInName) {
    return jdbc.sql("select id from platform.account where sign_in_name = lower(?)")
        .param(signInName.strip())
        .query(Long.class)
        .optional();
  }

  /** Every role an account has or had, the present ones first, then the latest. */
  public List<Given> roles(long account) {
    return given("a.account_id = :account", account);
  }

  /** What an account has passed on to others. */
  public List<Passed> passedOn(long account) {
    return jdbc.sql(
            """
            select a.*, f.sign_in_name as for_name, c.shown_name as holder
              from platform.role_assignment a
              join platform.account f on f.id = a.for_account
              join platform.account c on c.id = a.account_id
             where a.for_account = :account and a.kind = 'delegated'
             order by a.id desc limit 200
            """)
        .param("account", account)
        .query((row, number) -> new Passed(row.getString("holder"), given(row)))
        .list();
  }

  /** A role passed on, and to whom. */
  public record Passed(String holder, Given given) {}

  private List<Given> given(String which, long account) {
    return jdbc.sql(
            """
            select a.*, f.sign_in_name as for_name
              from platform.role_assignment a left join platform.account f on f.id = a.for_account
             where %s
             order by (a.ends_on is null or a.ends_on > :day) desc, a.id desc limit 500
            """
                .formatted(which))
        .param("account", account)
        .param("day", assignments.today())
        .query((row, number) -> given(row))
        .list();
  }

  /** What happened to an account, the latest first. */
  public List<Happened> history(long account, int most) {
    return jdbc.sql(
            """
            select recorded_at, actor, action, detail::text as detail from platform.ledger_entry
             where subject_kind = 'account' and subject_id in (:id, (select sign_in_name from platform.account where id = :account)) order by id desc limit :most
            """)
        .param("id", Long.toString(account))
        .param("account", account)
        .param("most", most)
        .query(
            (row, number) ->
                new Happened(
                    row.getObject("recorded_at", OffsetDateTime.class),
                    row.getString("actor"),
                    row.getString("action"),
                    row.getString("detail")))
        .list();
  }

  /** Lets nobody sign in with an account any more, or again. What it holds stays as it is. */
  @Transactional
  public void close(long account, boolean closed, String reason, String actor) {
    int changed =
        jdbc.sql(
                """
                update platform.account set disabled_at = case when :closed then :now end
                 where id = :id and (disabled_at is null) = :closed
                """)
            .param("closed", closed)
            .param("now", OffsetDateTime.now(clock))
            .param("id", account)
            .update();
    if (changed > 0) {
      ledger.append(
          actor,
          closed ? "account-closed" : "account-reopened",
          "account",
          Long.toString(account),
          Map.of("reason", reason));
    }
  }

  private static final String LINE =
      """
      select a.id, a.sign_in_name, a.shown_name, a.official_id is not null as of_official, a.created_at, a.disabled_at,
             array(select distinct r.role from platform.role_assignment r
                    where r.account_id = a.id and r.starts_on <= :day and (r.ends_on is null or r.ends_on > :day)
                    order by r.role) as roles
        from platform.account a
      """;

  private JdbcClient.StatementSpec asked(String sql, String q, String role) {
    Map<String, Object> values = new HashMap<>();
    values.put("q", q.strip());
    String part = q.strip().toLowerCase(java.util.Locale.ROOT);
    values.put("part", "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%");
    values.put("role", role);
    values.put("day", assignments.today());
    return jdbc.sql(sql).params(values);
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("id"),
        row.getString("sign_in_name"),
        row.getString("shown_name"),
        row.getBoolean("of_official"),
        row.getObject("created_at", OffsetDateTime.class),
        row.getObject("disabled_at", OffsetDateTime.class),
        List.of((String[]) row.getArray("roles").getArray()));
  }

  private static Given given(ResultSet row) throws SQLException {
    return new Given(
        new Assignment(
            row.getLong("id"),
            Role.of(row.getString("role")),
            row.getObject("unit_id", Long.class),
            row.getObject("starts_on", LocalDate.class),
            row.getObject("ends_on", LocalDate.class),
            row.getString("for_name")),
        row.getString("kind"),
        row.getString("reason"),
        row.getObject("given_at", OffsetDateTime.class),
        row.getString("given_by"),
        row.getObject("ended_at", OffsetDateTime.class),
        row.getString("ended_by"));
  }
}
