package org.dandang.protection.accusation;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.OnRecord;
import org.dandang.platform.sealing.Seal;
import org.dandang.platform.sealing.Sealing;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * People who are no officials. Kept is a name with what tells the person apart, sealed, and nothing
 * else; it is erased when the last finding about the person is over. Pages and procedures call the
 * person by a number.
 */
@Component
class Outsiders implements OnRecord {
  static final String KIND = "outsider";
  private static final int LONGEST = 100;
  private static final String BETWEEN = "\u0000";

  private final JdbcClient jdbc;
  private final Sealing sealing;
  private final Ledger ledger;
  private final Clock clock;

  Outsiders(JdbcClient jdbc, Sealing sealing, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.sealing = sealing;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * The number of a person, who is noted where this is the first time.
   *
   * @param mark what tells the person from others of the name
   * @throws Refused when either is missing or too long
   */
  @Transactional
  long note(String name, String mark, long unit, UUID client, String actor) {
    String whole = name.strip() + BETWEEN + mark.strip();
    if (name.isBlank() || mark.isBlank() || whole.length() > 2 * LONGEST) {
      throw new Refused("accusation", "accusation.refused.identity", LONGEST);
    }
    Seal seal = sealing.seal();
    byte[] index = seal.index(KIND + BETWEEN + whole);
    Optional<Long> known = found(index);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Long> fresh =
        jdbc.sql(
                """
                insert into protection.outsider (unit_id, sealed, found_by, client, recorded_at, recorded_by)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing returning id
                """)
            .params(unit, seal.seal(whole), index, client, OffsetDateTime.now(clock), actor)
            .query(Long.class)
            .optional();
    if (fresh.isEmpty()) {
      return found(index).orElseThrow();
    }
    ledger.append(actor, "outsider-noted", KIND, Long.toString(fresh.get()), Map.of("unit", unit));
    return fresh.get();
  }

  private Optional<Long> found(byte[] index) {
    return jdbc.sql("select id from protection.outsider where found_by = ?")
        .param(index)
        .query(Long.class)
        .optional();
  }

  /** Who it is; empty when it was erased. Whoever asks records the reading first. */
  Optional<Identity> identity(long id) {
    return jdbc.sql("select sealed from protection.outsider where id = ? and sealed is not null")
        .param(id)
        .query(byte[].class)
        .optional()
        .map(
            kept -> {
              String[] parts = sealing.seal().open(kept).split(BETWEEN, 2);
              return new Identity(parts[0], parts[1]);
            });
  }

  /** Erases those about whom nothing stands or is under way any more; how many. */
  @Transactional
  int erase(java.time.LocalDate day, String actor) {
    Long[] erased =
        jdbc.sql(
                """
                update protection.outsider o set sealed = null, found_by = null, erased_at = :now
                 where sealed is not null
                   and not exists (select from protection.false_accusations_on(:day) f where f.outsider_id = o.id)
                   and not exists (select from protection.credit_entries_on(:day) e where e.outsider_id = o.id)
                   and not exists (select from platform.matter_party p join platform.matter m on m.id = p.matter_id
                                    where p.kind = 'outsider' and p.subject = o.id and m.state in ('draft', 'open', 'suspended'))
                   and o.recorded_at < :before
                returning id
                """)
            .param("now", OffsetDateTime.now(clock))
            .param("day", day)
            .param("before", OffsetDateTime.now(clock).minusDays(1))
            .query(Long.class)
            .list()
            .toArray(Long[]::new);
    if (erased.length > 0) {
      ledger.appendAbout(actor, "outsiders-erased", KIND, Arrays.asList(erased), Map.of());
    }
    return erased.length;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** By number alone: nobody searches people here. */
  @Override
  public Optional<Long> find(String text, SignedIn account) {
    return text.strip().matches("[0-9]{1,18}")
        ? jdbc.sql("select id from protection.outsider where id = ?")
            .param(Long.valueOf(text.strip()))
            .query(Long.class)
            .optional()
        : Optional.empty();
  }

  @Override
  public Map<Long, String> labels(Collection<Long> ids) {
    Map<Long, String> labels = new HashMap<>();
    ids.forEach(id -> labels.put(id, label(id)));
    return labels;
  }

  /** How a person is called without saying who it is. */
  static String label(@Nullable Long id) {
    return "#" + id;
  }

  @Override
  public Optional<Long> unit(long id) {
    return jdbc.sql("select unit_id from protection.outsider where id = ?")
        .param(id)
        .query(Long.class)
        .optional();
  }
}
