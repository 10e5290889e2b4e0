package org.dandang.platform.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wordings;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells people, in the transaction of what it tells them: either both are there or neither is. The
 * mail that says so, where there is an address, waits in the same transaction to be sent.
 */
@Component
public class Notices {
  static final int LONGEST_NOTE = 300;

  private final JdbcClient jdbc;
  private final Access access;
  private final MailSettings mail;
  private final UnreadNotices unread;
  private final OfficeCalendar office;
  private final Wordings wordings;
  private final Ledger ledger;
  private final Clock clock;

  Notices(
      JdbcClient jdbc,
      Access access,
      MailSettings mail,
      UnreadNotices unread,
      OfficeCalendar office,
      Wordings wordings,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.access = access;
    this.mail = mail;
    this.unread = unread;
    this.office = office;
    this.wordings = wordings;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** An account, an official, or an official with the account of the own record. */
  private record Address(@Nullable Long account, @Nullable Long official) {}

  /**
   * Tells every recipient whom the same cause has not told.
   *
   * @return how many were told now
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public int send(NewNotice notice) {
    return Sights.everything(() -> sent(notice));
  }

  private int sent(NewNotice notice) {
    List<Address> to = addresses(notice.to());
    List<Written> told = to.isEmpty() ? List.of() : written(notice, to);
    List<Long> accounts =
        told.stream().map(Written::account).filter(Objects::nonNull).distinct().toList();
    if (!accounts.isEmpty() && mail.isOn()) {
      mailed(told.stream().map(Written::id).toArray(Long[]::new));
    }
    accounts.forEach(unread::forget);
    if (!told.isEmpty() || to.isEmpty()) {
      ledger.append(
          notice.by(),
          to.isEmpty() ? "notice-without-recipient" : "notice-sent",
          "notice",
          notice.cause(),
          Map.of("recipients", told.size()));
    }
    return told.size();
  }

  private record Written(long id, @Nullable Long account) {}

  private List<Written> written(NewNotice notice, List<Address> to) {
    return jdbc.sql(
            """
            insert into platform.notice (cause, account_id, official_id, subject, body, path, sent_at, sent_by)
            select :cause, account, official, cast(:subject as jsonb), cast(:body as jsonb), :path, :at, :by
              from unnest(cast(:accounts as bigint[]), cast(:officials as bigint[]))
                   with ordinality as address (account, official, place)
             order by place
            on conflict do nothing returning id, account_id as account
            """)
        .param("cause", notice.cause())
        .param("accounts", to.stream().map(Address::account).toArray(Long[]::new))
        .param("officials", to.stream().map(Address::official).toArray(Long[]::new))
        .param("subject", wordings.stored(notice.subject()))
        .param("body", notice.body() == null ? null : wordings.stored(notice.body()))
        .param("path", notice.path())
        .param("at", OffsetDateTime.now(clock))
        .param("by", notice.by())
        .query(Written.class)
        .list();
  }

  private void mailed(Long[] notices) {
    jdbc.sql(
            """
            insert into platform.mail (notice_id, account_id, message_id, next_at)
            select n.id, m.account_id, '<' || gen_random_uuid() || '@' || cast(:domain as text) || '>', :now
              from platform.notice n join platform.mail_address m on m.account_id = n.account_id
             where n.id = any(:notices)
             order by n.id
            """)
        .param("notices", notices)
        .param("domain", mail.domain())
        .param("now", OffsetDateTime.now(clock))
        .update();
  }

  private List<Address> addresses(List<Recipient> recipients) {
    Set<Address> addresses = new LinkedHashSet<>();
    List<Long> officials = new ArrayList<>();
    for (Recipient recipient : recipients) {
      switch (recipient) {
        case Recipient.OfAccount one ->
            jdbc.sql(
                    "select id from platform.account where sign_in_name = ? and disabled_at is"
                        + " null")
                .param(one.signInName())
                .query(Long.class)
                .list()
                .forEach(id -> addresses.add(new Address(id, null)));
        case Recipient.OfOfficial one -> officials.add(one.official());
        case Recipient.OfRole holders -> {
          Long unit = holders.unit();
          List<Long> accounts =
              unit != null ? access.holders(holders.role(), unit) : everywhere(holders);
          accounts.forEach(id -> addresses.add(new Address(id, null)));
        }
      }
    }
    if (!officials.isEmpty()) {
      addresses.addAll(
          jdbc.sql(
                  """
                  select a.id as account, one.official
                    from unnest(cast(:officials as bigint[])) with ordinality as one (official, place)
                    left join platform.account a on a.official_id = one.official and a.disabled_at is null
                   order by one.place, a.id
                  """)
              .param("officials", officials.toArray(Long[]::new))
              .query(Address.class)
              .list());
    }
    return List.copyOf(addresses);
  }

  private List<Long> everywhere(Recipient.OfRole holders) {
    return jdbc.sql(
            """
            select distinct a.account_id
              from platform.role_assignment a
              join platform.account c on c.id = a.account_id and c.disabled_at is null
             where a.role = :role and a.starts_on <= :day and (a.ends_on is null or a.ends_on > :day)
            """)
        .param("role", holders.role().word())
        .param("day", office.today())
        .query(Long.class)
        .list();
  }

  /** Notices of an account, the newest first. */
  List<Notice> of(SignedIn account, boolean onlyUnread, int most, int from) {
    return notices(
        "where "
            + MINE
            + (onlyUnread ? " and read_at is null and handed_on is null" : "")
            + " order by id desc limit :most offset :from",
        mine(account, Map.of("most", most, "from", from)));
  }

  /** What belongs to an account, by its own number or by that of its record. */
  static final String MINE =
      "(account_id = :account or (account_id is null and official_id = :official))";

  private static Map<String, Object> mine(SignedIn account, Map<String, ?> more) {
    Map<String, Object> values = new HashMap<>(more);
    values.put("account", account.account());
    values.put("official", account.official() == null ? -1L : account.official());
    return values;
  }

  /** One of an account's own; it is read from then on. */
  @Transactional
  public Optional<Notice> read(long id, SignedIn account) {
    Optional<Notice> found =
        notices("where id = :id and " + MINE, mine(account, Map.of("id", id))).stream().findFirst();
    if (found.filter(Notice::isUnread).isPresent()
        && jdbc.sql("update platform.notice set read_at = ? where id = ? and read_at is null")
                .params(OffsetDateTime.now(clock), id)
                .update()
            > 0) {
      ledger.append(
          account.signInName(), "notice-read", "notice", found.get().cause(), Map.of("notice", id));
      unread.forget(account.account());
    }
    return found;
  }

  /** Marks all of an account's as read. */
  @Transactional
  public int readAll(SignedIn account) {
    int read =
        jdbc.sql(
                "update platform.notice set read_at = :now where read_at is null and handed_on is"
                    + " null and "
                    + MINE)
            .params(mine(account, Map.of("now", OffsetDateTime.now(clock))))
            .update();
    if (read > 0) {
      ledger.append(account.signInName(), "notices-read", "notice", null, Map.of("count", read));
      unread.forget(account.account());
    }
    return read;
  }

  /**
   * Who was told by a cause, and who has read it: receipts for whoever handles the matter, who must
   * have been found to be allowed to see it.
   */
  public List<Notice> receipts(String cause) {
    return Sights.everything(
        () -> notices("where cause = :cause order by id", Map.of("cause", cause)));
  }

  private static final String WAITING =
      """
      where account_id is null and handed_on is null and read_at is null
        and not exists (select from platform.account a where a.official_id = notice.official_id and a.disabled_at is null)
        and (:all or official_id = any (:to))
      """;

  /**
   * Notices to officials without an account that nobody has handed over yet.
   *
   * @param to whom; null: anybody
   */
  List<Notice> waitingOnPaper(@Nullable List<Long> to, boolean newestFirst, int from, int most) {
    Map<String, Object> values = new HashMap<>(waitingFor(to));
    values.put("from", from);
    values.put("most", most);
    return notices(
        WAITING
            + (newestFirst ? " order by id desc" : " order by id")
            + " limit :most offset :from",
        values);
  }

  long countWaitingOnPaper(@Nullable List<Long> to) {
    return jdbc.sql("select count(*) from platform.notice " + WAITING)
        .params(waitingFor(to))
        .query(Long.class)
        .single();
  }

  private static Map<String, Object> waitingFor(@Nullable List<Long> to) {
    return Map.of("all", to == null, "to", to == null ? new Long[0] : to.toArray(Long[]::new));
  }

  /** Those that were handed over, the last first. */
  List<Notice> handedOver(int most) {
    return notices(
        "where handed_on is not null order by handed_on desc, id desc limit :most",
        Map.of("most", most));
  }

  Optional<Notice> find(long id) {
    return notices("where id = :id", Map.of("id", id)).stream().findFirst();
  }

  /**
   * Records that a notice was handed over in person.
   *
   * @param on not after today and not before it was written
   * @param note who received it, or why it was refused; may be empty
   * @throws Refused when it was handed over before, or the day cannot be
   */
  @Transactional
  public void handedOver(long id, LocalDate on, String note, String actor) {
    Notice notice =
        notices("where id = :id for update", Map.of("id", id)).stream()
            .findFirst()
            .orElseThrow(() -> new Refused("notice", "notice.problem.none"));
    if (notice.handedOn() != null) {
      throw new Refused("notice", "notice.problem.handed");
    }
    if (on.isAfter(office.today()) || on.isBefore(office.dayOf(notice.sentAt()))) {
      throw new Refused("notice", "notice.problem.day", on);
    }
    String said = note.strip();
    if (said.length() > LONGEST_NOTE) {
      throw new Refused("notice", "notice.problem.note", LONGEST_NOTE);
    }
    jdbc.sql(
            """
            update platform.notice set handed_on = :on, handed_by = :by, handed_note = nullif(:note, '')
             where id = :id
            """)
        .param("on", on)
        .param("by", actor)
        .param("note", said)
        .param("id", id)
        .update();
    ledger.append(
        actor,
        "notice-handed-over",
        "notice",
        notice.cause(),
        Map.of("notice", id, "on", on.toString()));
    if (notice.account() != null) {
      unread.forget(notice.account());
    }
  }

  private List<Notice> notices(String which, Map<String, ?> values) {
    return jdbc.sql("select * from platform.notice " + which)
        .params(values)
        .query(this::row)
        .list();
  }

  private Notice row(ResultSet row, int number) throws SQLException {
    String body = row.getString("body");
    return new Notice(
        row.getLong("id"),
        row.getString("cause"),
        row.getObject("account_id", Long.class),
        row.getObject("official_id", Long.class),
        wordings.read(row.getString("subject")),
        body == null ? null : wordings.read(body),
        row.getString("path"),
        row.getObject("sent_at", OffsetDateTime.class),
        row.getString("sent_by"),
        row.getObject("read_at", OffsetDateTime.class),
        row.getObject("handed_on", LocalDate.class),
        row.getString("handed_by"),
        row.getString("handed_note"));
  }
}
