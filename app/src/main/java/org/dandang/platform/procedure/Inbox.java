package org.dandang.platform.procedure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What lies before somebody: own steps, those of the own units, overdue ones, what was done. */
@Component
class Inbox {
  static final int PER_PAGE = 30;
  private static final long FRESH = 5_000_000_000L;

  /** A step is somebody's own: taken on, of the own person, sent back, or to be signed. */
  private static final String MINE =
      """
      (s.claimed_by = :me
       or (s.claimed_by is null and s.party and exists (select from platform.matter_party p
             where p.matter_id = m.id and (p.kind = 'official' and p.subject = :own
                   or p.kind = 'outsider' and m.begun_by = :me)))
       or (s.claimed_by is null and s.beginner and m.begun_by = :me)
       or exists (select from platform.matter_signature g
             where g.step_id = s.id and g.account_id = :me and g.outcome is null))
      """;

  /** A step could be taken on: a role held today over the matter's unit, and nothing against it. */
  private static final String UNIT =
      """
      (s.claimed_by is null and not s.party and not (:me = any (s.not_by))
       and not exists (select from platform.matter_party p
             where p.matter_id = m.id and p.kind = 'official' and p.subject = :own)
       and not exists (select from platform.matter_signature g
             where g.step_id = s.id and g.account_id = :me)
       and exists (select from platform.role_assignment a
             where a.account_id = :me and a.role = any (s.roles)
               and (a.unit_id is null or a.unit_id = any (coalesce(s.reach, m.above)))
               and a.starts_on <= :today and (a.ends_on is null or a.ends_on > :today)))
      """;

  private static final String OPEN = "s.state = 'open' and m.state in ('open', 'suspended')";

  private final JdbcClient jdbc;
  private final Versions versions;
  private final Register register;
  private final OfficeCalendar office;
  private final Map<Long, Counted> lately = new ConcurrentHashMap<>();

  Inbox(JdbcClient jdbc, Versions versions, Register register, OfficeCalendar office) {
    this.jdbc = jdbc;
    this.versions = versions;
    this.register = register;
    this.office = office;
  }

  private record Counted(int count, long at) {}

  /** A list of the inbox. */
  enum Tab {
    MINE,
    UNIT,
    OVERDUE,
    DONE,
    DRAFTS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Tab of(String word) {
      for (Tab tab : values()) {
        if (tab.word().equals(word)) {
          return tab;
        }
      }
      return MINE;
    }
  }

  /** Lines of a list, one more than a page holds where there are more. */
  List<InboxEntry> list(SignedIn account, Tab tab, int from) {
    String which =
        switch (tab) {
          case MINE -> OPEN + " and " + MINE;
          case UNIT -> OPEN + " and " + UNIT;
          case OVERDUE -> OPEN + " and s.due_on < :today and (" + MINE + " or " + UNIT + ")";
          case DONE ->
              """
              s.state = 'done' and (s.done_by = :me or exists (select from platform.matter_signature g
                 where g.step_id = s.id and g.account_id = :me and g.outcome is not null))
              """;
          case DRAFTS -> "m.state = 'draft' and m.begun_by = :me";
        };
    String order =
        switch (tab) {
          case DONE -> "s.done_at desc, s.id desc";
          case DRAFTS -> "m.drafted_at desc";
          default -> "s.due_on nulls last, s.opened_at, s.id";
        };
    String sql =
        """
        select m.id, m.version_id, m.state, m.unit_id, m.drafted_at, s.step, s.id as open, s.due_on,
               c.shown_name, s.opened_at, s.done_at, s.outcome,
               (select array_agg(p.kind || ' ' || p.subject) from platform.matter_party p where p.matter_id = m.id) as parties
          from platform.matter m
          %s join platform.matter_step s on s.matter_id = m.id
          left join platform.account c on c.id = coalesce(s.done_by, s.claimed_by)
         where %s
         order by %s limit :most offset :from
        """
            .formatted(tab == Tab.DRAFTS ? "left" : "", which, order);
    return named(
        jdbc.sql(sql)
            .params(asked(account))
            .param("most", PER_PAGE + 1)
            .param("from", from)
            .query((row, number) -> entry(row, tab))
            .list());
  }

  private InboxEntry entry(ResultSet row, Tab tab) throws SQLException {
    java.sql.Array parties = row.getArray("parties");
    List<Party> about = new ArrayList<>();
    if (parties != null) {
      for (String text : (String[]) parties.getArray()) {
        String[] parts = text.split(" ");
        about.add(new Party(parts[0], Long.parseLong(parts[1])));
      }
    }
    boolean draft = tab == Tab.DRAFTS;
    return new InboxEntry(
        row.getLong("id"),
        versions.get(row.getLong("version_id")).procedure(),
        Matter.State.of(row.getString("state")),
        draft ? null : row.getString("step"),
        draft ? null : row.getObject("open", Long.class),
        row.getObject("due_on", LocalDate.class),
        row.getString("shown_name"),
        row.getObject(
            draft ? "drafted_at" : tab == Tab.DONE ? "done_at" : "opened_at", OffsetDateTime.class),
        row.getString("outcome"),
        row.getLong("unit_id"),
        about,
        "");
  }

  private List<InboxEntry> named(List<InboxEntry> entries) {
    Map<Party, String> labels =
        register.labels(
            entries.stream().flatMap(entry -> entry.parties().stream()).distinct().toList());
    return entries.stream()
        .map(
            entry ->
                entry.named(
                    entry.parties().stream().map(labels::get).collect(Collectors.joining("、"))))
        .toList();
  }

  /** How many lines each list has, drafts too. */
  Map<Tab, Integer> counts(SignedIn account) {
    return jdbc.sql(
            """
            select count(*) filter (where mine) as mine, count(*) filter (where unit) as unit,
                   count(*) filter (where due_on < :today) as overdue
              from (select s.due_on, %s as mine, %s as unit
                      from platform.matter_step s join platform.matter m on m.id = s.matter_id
                     where %s and (%s or %s)) x
            """
                .formatted(MINE, UNIT, OPEN, MINE, UNIT))
        .params(asked(account))
        .query(
            (row, number) ->
                Map.of(
                    Tab.MINE, row.getInt("mine"),
                    Tab.UNIT, row.getInt("unit"),
                    Tab.OVERDUE, row.getInt("overdue")))
        .single();
  }

  /** Own steps and those that could be taken on; at most five seconds old. */
  int count(SignedIn account) {
    Counted known = lately.get(account.account());
    if (known == null || System.nanoTime() - known.at() > FRESH) {
      Map<Tab, Integer> counts = counts(account);
      known =
          new Counted(
              counts.getOrDefault(Tab.MINE, 0) + counts.getOrDefault(Tab.UNIT, 0),
              System.nanoTime());
      lately.put(account.account(), known);
    }
    return known.count();
  }

  /** Forgets what was counted for an account, so that the next page counts anew. */
  void forget(long account) {
    lately.remove(account);
  }

  private Map<String, Object> asked(SignedIn account) {
    Map<String, Object> values = new HashMap<>();
    values.put("me", account.account());
    values.put("own", account.official() == null ? -1L : account.official());
    values.put("today", office.today());
    return values;
  }
}
