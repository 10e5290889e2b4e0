package org.dandang.policy.pack;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dandang.policy.PolicyProblem;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what is in force as it is: the first use of a table or figure that has begun to hold
 * records its hash, and from then on another content under the same name and date is refused.
 */
@Component
public class InForce {
  private final JdbcClient jdbc;
  private final Clock clock;
  private final ZoneId zone;

  /** What was seen to be as recorded; a record never changes. */
  private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

  InForce(JdbcClient jdbc, Clock clock, @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.zone = zone;
  }

  /** A recorded table or figure. */
  public record Recorded(
      String what, LocalDate begins, String hash, OffsetDateTime at, String by) {}

  /**
   * The version in force on a day, seen to be what it always was.
   *
   * @param actor who uses it, should this be the first use
   * @throws PolicyProblem when the pack is not in force then, or a table or figure was changed
   */
  public PolicyVersion version(Pack pack, LocalDate asOf, String actor) {
    PolicyVersion version = PolicyVersion.of(pack, asOf);
    confirm(version, actor);
    return version;
  }

  /**
   * @throws PolicyProblem when the table or a figure is not what it was
   */
  public void confirm(PolicyVersion version, String actor) {
    LocalDate today = LocalDate.now(clock.withZone(zone));
    Map<String, Map.Entry<LocalDate, String>> held = new LinkedHashMap<>();
    if (!version.table().from().isAfter(today)) {
      held.put(fileName(version.table()), Map.entry(version.table().from(), version.tableHash()));
    }
    version
        .figures()
        .forEach(
            (id, dated) -> {
              LocalDate from = dated.period().from();
              if (!from.isAfter(today)) {
                held.put(id + "@" + from, Map.entry(from, hash(dated)));
              }
            });
    confirm(version.pack().id(), held, actor);
  }

  /**
   * Confirms what has begun to hold: by its name the day from which it holds and its hash.
   *
   * @throws PolicyProblem when something is not what it was
   */
  void confirm(String pack, Map<String, Map.Entry<LocalDate, String>> held, String actor) {
    held.entrySet()
        .removeIf(
            one -> confirmed.contains(content(pack, one.getKey(), one.getValue().getValue())));
    if (held.isEmpty()) {
      return;
    }
    Map<String, Recorded> known =
        of(pack).stream().collect(Collectors.toMap(Recorded::what, Function.identity()));
    if (!known.keySet().containsAll(held.keySet())) {
      held.forEach((what, one) -> record(pack, what, one.getKey(), one.getValue(), actor));
      known = of(pack).stream().collect(Collectors.toMap(Recorded::what, Function.identity()));
    }
    for (Map.Entry<String, Map.Entry<LocalDate, String>> one : held.entrySet()) {
      Recorded recorded = Objects.requireNonNull(known.get(one.getKey()));
      String hash = one.getValue().getValue();
      if (!recorded.hash().equals(hash)) {
        throw new PolicyProblem(
            "changed-in-force",
            pack,
            one.getKey(),
            recorded.hash().substring(0, 12),
            hash.substring(0, 12),
            recorded.at().toLocalDate(),
            recorded.by());
      }
      confirmed.add(content(pack, one.getKey(), hash));
    }
  }

  private static String content(String pack, String what, String hash) {
    return pack + "\n" + what + "\n" + hash;
  }

  /** Records what is put in force; what is recorded already stays. */
  public void record(String pack, String what, LocalDate begins, String hash, String actor) {
    jdbc.sql(
            """
            insert into policy.in_force (pack, what, begins_on, hash, recorded_at, recorded_by)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(pack, what, begins, hash, OffsetDateTime.now(clock), actor)
        .update();
  }

  /** Everything recorded of a pack, newest first. */
  public List<Recorded> of(String pack) {
    return jdbc.sql("select * from policy.in_force where pack = ? order by begins_on desc, what")
        .param(pack)
        .query(InForce::recorded)
        .list();
  }

  private static Recorded recorded(java.sql.ResultSet row, int number)
      throws java.sql.SQLException {
    return new Recorded(
        row.getString("what"),
        row.getObject("begins_on", LocalDate.class),
        row.getString("hash"),
        row.getObject("recorded_at", OffsetDateTime.class),
        row.getString("recorded_by"));
  }

  /** A table's file name without its folder. */
  public static String fileName(TableFile table) {
    return table.name().substring(table.name().lastIndexOf('/') + 1);
  }

  static String hash(Parameter.Dated dated) {
    return hash(new TreeMap<>(dated.figures()) + "\n" + new TreeMap<>(dated.clauses()));
  }

  /** SHA-256 in hexadecimal digits. */
  public static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
