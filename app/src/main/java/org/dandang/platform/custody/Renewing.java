package org.dandang.platform.custody;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.custody.CustodyProblem.Reason;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Ledger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the present custodians shares of records that were sealed before they came, and takes them
 * from those who left. As many custodians as open a record come together within a few minutes;
 * their unlocked keys are held in memory and nowhere else, and no content is opened.
 */
@Component
public class Renewing {
  private static final int AT_A_TIME = 200;

  private final JdbcClient jdbc;
  private final Custody custody;
  private final Custodians custodians;
  private final CustodySettings settings;
  private final Ledger ledger;
  private final Clock clock;
  private final TransactionTemplate transactions;
  private final Map<Long, Held> held = new LinkedHashMap<>();

  private record Held(Custodian custodian, KeyPair keys, Instant until) {}

  Renewing(
      JdbcClient jdbc,
      Custody custody,
      Custodians custodians,
      CustodySettings settings,
      Ledger ledger,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.custody = custody;
    this.custodians = custodians;
    this.settings = settings;
    this.ledger = ledger;
    this.clock = clock;
    this.transactions = new TransactionTemplate(transactions);
  }

  /** How many records some present custodian has no share of, or somebody who left has. */
  public long waiting() {
    return jdbc.sql("select count(*) from platform.sealed_record r where " + TO_RENEW)
        .param("present", presentCustodians())
        .query(Long.class)
        .single();
  }

  private static final String TO_RENEW =
      """
      (select count(*) from platform.sealed_share s where s.record_id = r.id and s.custodian_id = any (:present))
      <> cardinality(:present)
      or exists (select from platform.sealed_share s where s.record_id = r.id and s.custodian_id <> all (:present))
      """;

  private Long[] presentCustodians() {
    return custodians.present().stream().map(Custodian::id).toArray(Long[]::new);
  }

  /** Those whose keys are held at this moment, by shown name. */
  public synchronized List<String> present() {
    letGo();
    return held.values().stream().map(one -> one.custodian().shownName()).toList();
  }

  /**
   * A custodian comes with the own passphrase.
   *
   * @return whether enough are present for {@link #renew}
   */
  public synchronized boolean come(SignedIn account, String passphrase) {
    letGo();
    Custodian custodian = custodians.required(account);
    KeyPair keys = custodian.unlocked(passphrase);
    held.put(custodian.id(), new Held(custodian, keys, clock.instant().plus(settings.ceremony())));
    return held.size() >= settings.threshold();
  }

  /**
   * Shares every record anew among the present custodians, some hundred in a transaction. Cut off,
   * it goes on where it was when it is begun again.
   *
   * @return how many records were shared anew
   * @throws CustodyProblem when fewer custodians are present than it takes
   */
  public synchronized long renew(SignedIn account, Progress progress) {
    letGo();
    if (held.size() < settings.threshold()) {
      throw new CustodyProblem(Reason.NOT_CONSENTED);
    }
    try {
      long all = waiting();
      long done = 0;
      UUID after = new UUID(0, 0);
      while (!progress.cancelled()) {
        progress.at("custody.step.renewing", done, all);
        UUID from = after;
        List<UUID> records =
            jdbc.sql(
                    "select id from platform.sealed_record r where id > :from and (%s) order by id limit :some"
                        .formatted(TO_RENEW))
                .param("present", presentCustodians())
                .param("from", from)
                .param("some", AT_A_TIME)
                .query(UUID.class)
                .list();
        if (records.isEmpty()) {
          break;
        }
        done += transactions.execute(status -> renewed(records, account));
        after = records.getLast();
      }
      return done;
    } finally {
      held.values().forEach(one -> one.keys().forget());
      held.clear();
    }
  }

  private long renewed(List<UUID> records, SignedIn account) {
    List<Custodian> present = custodians.present();
    long renewed = 0;
    for (UUID record : records) {
      if (renewed(record, present)) {
        renewed++;
      }
    }
    ledger.append(
        account.signInName(),
        "shares-renewed",
        "sealed-record",
        null,
        Map.of(
            "records", renewed,
            "among", present.size(),
            "by", held.keySet().stream().sorted().toList()));
    return renewed;
  }

  /** False where those present have too few shares of it: it stays as it is. */
  private boolean renewed(UUID record, List<Custodian> present) {
    byte[] bound = Custody.bound(record);
    int threshold =
        jdbc.sql("select threshold from platform.sealed_record where id = ? for update")
            .param(record)
            .query(Integer.class)
            .single();
    List<byte[]> shares = new ArrayList<>();
    jdbc.sql("select custodian_id, share from platform.sealed_share where record_id = ?")
        .param(record)
        .query(
            row -> {
              Held one = held.get(row.getLong("custodian_id"));
              if (one != null && shares.size() < threshold) {
                shares.add(one.keys().opened(row.getBytes("share"), bound));
              }
            });
    if (shares.size() < threshold) {
      return false;
    }
    byte[] key = Shares.joined(shares);
    custody.share(record, key, threshold, present);
    Arrays.fill(key, (byte) 0);
    shares.forEach(share -> Arrays.fill(share, (byte) 0));
    return true;
  }

  private void letGo() {
    Instant now = clock.instant();
    for (Iterator<Held> all = held.values().iterator(); all.hasNext(); ) {
      Held one = all.next();
      if (!now.isBefore(one.until())) {
        one.keys().forget();
        all.remove();
      }
    }
  }
}
