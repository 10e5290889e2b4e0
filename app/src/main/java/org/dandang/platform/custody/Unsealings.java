package org.dandang.platform.custody;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.custody.CustodyProblem.Reason;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opening sealed records: one asks with a motive and for a time, custodians other than the asker
 * consent, each with the own passphrase, and the asker reads with a code that was shown to nobody
 * else. A consent carries the custodian's share sealed to the request's key; the database never
 * holds what would open a record.
 */
@Component
public class Unsealings {
  private static final int CODE_BYTES = 16;
  private static final int LEAST_WORDS = 10;

  private static final String ALL =
      """
      select u.*, r.kind, r.threshold, asker.shown_name as asker, refuser.shown_name as refuser
        from platform.unsealing u
        join platform.sealed_record r on r.id = u.record_id
        join platform.account asker on asker.id = u.asked_by
        left join platform.account refuser on refuser.id = u.refused_by
      """;

  private final JdbcClient jdbc;
  private final Custodians custodians;
  private final CustodySettings settings;
  private final Ledger ledger;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Unsealings(
      JdbcClient jdbc,
      Custodians custodians,
      CustodySettings settings,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.custodians = custodians;
    this.settings = settings;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** A request that was made, with the code that is shown once and kept nowhere. */
  public record Asked(long id, String code) {}

  /**
   * Asks for a record to be opened.
   *
   * @param motive why it has to be; custodians read it
   * @param length for how long it may be read, from now; at most what is set for this place
   */
  @Transactional
  public Asked ask(SignedIn asker, UUID record, String motive, Duration length) {
    String why = said(motive);
    if (length.isNegative() || length.isZero() || length.compareTo(settings.longest()) > 0) {
      throw new CustodyProblem(Reason.TOO_LONG);
    }
    if (jdbc.sql("select 1 from platform.sealed_record where id = ?")
        .param(record)
        .query(Integer.class)
        .optional()
        .isEmpty()) {
      throw new CustodyProblem(Reason.UNKNOWN_RECORD);
    }
    byte[] secret = new byte[CODE_BYTES];
    random.nextBytes(secret);
    String code = HexFormat.of().formatHex(secret);
    KeyPair pair = KeyPair.generated();
    OffsetDateTime now = now();
    long id =
        jdbc.sql(
                """
                insert into platform.unsealing (record_id, asked_by, asked_at, motive, expires_at, public_key, private_key)
                values (:record, :asker, :at, :motive, :until, :public, :private) returning id
                """)
            .param("record", record)
            .param("asker", asker.account())
            .param("at", now)
            .param("motive", why)
            .param("until", now.plus(length))
            .param("public", pair.publicKey())
            .param(
                "private",
                Envelope.locked(keyOf(code), pair.privateKey(), Custody.bound(record), random))
            .query(Long.class)
            .single();
    pair.forget();
    ledger.append(
        asker.signInName(),
        "unsealing-asked",
        "sealed-record",
        record.toString(),
        Map.of("request", id, "hours", length.toHours()));
    return new Asked(id, grouped(code));
  }

  /**
   * A custodian's consent.
   *
   * @throws CustodyProblem when the custodian asked, consented already, has no share or not this
   *     passphrase, or the request is over
   */
  @Transactional
  public void consent(SignedIn account, long request, String passphrase, String reason) {
    String why = said(reason);
    Unsealing asked = open(request, account);
    if (asked.consentedBy(account.account())) {
      throw new CustodyProblem(Reason.CONSENTED_ALREADY);
    }
    Custodian custodian = custodians.required(account);
    byte[] sealed =
        jdbc.sql("select share from platform.sealed_share where record_id = ? and custodian_id = ?")
            .params(asked.record(), custodian.id())
            .query(byte[].class)
            .optional()
            .orElseThrow(() -> new CustodyProblem(Reason.NO_SHARE));
    KeyPair own = custodian.unlocked(passphrase);
    byte[] share = own.opened(sealed, Custody.bound(asked.record()));
    own.forget();
    byte[] publicKey =
        jdbc.sql("select public_key from platform.unsealing where id = ?")
            .param(request)
            .query(byte[].class)
            .single();
    try {
      jdbc.sql(
              """
              insert into platform.unsealing_consent (unsealing_id, custodian_id, account_id, consented_at, reason, share)
              values (?, ?, ?, ?, ?, ?)
              """)
          .params(
              request,
              custodian.id(),
              account.account(),
              now(),
              why,
              KeyPair.sealedTo(publicKey, share, Custody.bound(asked.record())))
          .update();
    } catch (DuplicateKeyException e) {
      throw new CustodyProblem(Reason.CONSENTED_ALREADY);
    } finally {
      Arrays.fill(share, (byte) 0);
    }
    ledger.append(
        account.signInName(),
        "unsealing-consented",
        "sealed-record",
        asked.record().toString(),
        Map.of("request", request));
  }

  /** Ends a request with a reason; one custodian suffices. */
  @Transactional
  public void refuse(SignedIn account, long request, String reason) {
    String why = said(reason);
    Unsealing asked = open(request, account);
    custodians.required(account);
    jdbc.sql(
            "update platform.unsealing set refused_by = ?, refused_at = ?, refusal = ? where id ="
                + " ?")
        .params(account.account(), now(), why, request)
        .update();
    forget(request);
    ledger.append(
        account.signInName(),
        "unsealing-refused",
        "sealed-record",
        asked.record().toString(),
        Map.of("request", request));
  }

  /**
   * The text, for the asker alone. The reading stands in the ledger, committed, before this
   * returns.
   */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public String read(SignedIn account, long request, String code) {
    Unsealing asked = find(request).orElseThrow(() -> new CustodyProblem(Reason.UNKNOWN_RECORD));
    if (asked.askedBy() != account.account()) {
      throw new CustodyProblem(Reason.UNKNOWN_RECORD);
    }
    switch (asked.state(now())) {
      case ASKED -> throw new CustodyProblem(Reason.NOT_CONSENTED);
      case REFUSED -> throw new CustodyProblem(Reason.REFUSED);
      case EXPIRED -> throw new CustodyProblem(Reason.EXPIRED);
      case CONSENTED -> {}
    }
    String content = new String(opened(asked, code), StandardCharsets.UTF_8);
    ledger.append(
        account.signInName(),
        "sealed-record-read",
        "sealed-record",
        asked.record().toString(),
        Map.of("request", request));
    return content;
  }

  private byte[] opened(Unsealing asked, String code) {
    byte[] bound = Custody.bound(asked.record());
    KeyPair pair = keys(asked.id(), code, bound);
    try {
      return opened(asked, pair, bound);
    } catch (NotOpened e) {
      throw new CustodyProblem(Reason.CHANGED);
    } finally {
      pair.forget();
    }
  }

  private byte[] opened(Unsealing asked, KeyPair pair, byte[] bound) {
    List<byte[]> shares = new ArrayList<>();
    for (byte[] share :
        jdbc.sql("select share from platform.unsealing_consent where unsealing_id = ? limit ?")
            .params(asked.id(), asked.threshold())
            .query(byte[].class)
            .list()) {
      shares.add(pair.opened(share, bound));
    }
    byte[] key = Shares.joined(shares);
    byte[] sealed =
        jdbc.sql("select content from platform.sealed_record where id = ?")
            .param(asked.record())
            .query(byte[].class)
            .single();
    try {
      return Envelope.opened(key, sealed, bound);
    } finally {
      Arrays.fill(key, (byte) 0);
      shares.forEach(share -> Arrays.fill(share, (byte) 0));
    }
  }

  private KeyPair keys(long request, String code, byte[] bound) {
    return jdbc.sql("select public_key, private_key from platform.unsealing where id = ?")
        .param(request)
        .query(
            (row, number) -> {
              try {
                return new KeyPair(
                    row.getBytes("public_key"),
                    Envelope.unlocked(
                        keyOf(code.replaceAll("[\\s-]", "")), row.getBytes("private_key"), bound));
              } catch (NotOpened e) {
                throw new CustodyProblem(Reason.WRONG_CODE);
              }
            })
        .single();
  }

  /** What this account asked for, newest first. */
  public List<Unsealing> askedBy(long account) {
    return list(ALL + " where u.asked_by = ? order by u.id desc limit 200", account);
  }

  /** What waits for custodians or was decided by them, newest first. */
  public List<Unsealing> forCustodians() {
    return list(ALL + " order by u.id desc limit 200");
  }

  public Optional<Unsealing> find(long request) {
    return list(ALL + " where u.id = ?", request).stream().findFirst();
  }

  /** Forgets the keys of requests that are over. What was asked, why, and by whom stays. */
  @Transactional
  public int forgetExpired() {
    List<Long> over =
        jdbc.sql(
                "select id from platform.unsealing where private_key is not null and expires_at <="
                    + " ?")
            .param(now())
            .query(Long.class)
            .list();
    over.forEach(this::forget);
    return over.size();
  }

  private void forget(long request) {
    jdbc.sql("update platform.unsealing set public_key = null, private_key = null where id = ?")
        .param(request)
        .update();
    jdbc.sql("update platform.unsealing_consent set share = null where unsealing_id = ?")
        .param(request)
        .update();
  }

  /** A request that custodians may still decide on, held against others until the end. */
  private Unsealing open(long request, SignedIn account) {
    jdbc.sql("select 1 from platform.unsealing where id = ? for update")
        .param(request)
        .query(Integer.class)
        .optional();
    Unsealing asked = find(request).orElseThrow(() -> new CustodyProblem(Reason.UNKNOWN_RECORD));
    if (asked.askedBy() == account.account()) {
      throw new CustodyProblem(Reason.OWN_REQUEST);
    }
    switch (asked.state(now())) {
      case REFUSED -> throw new CustodyProblem(Reason.REFUSED);
      case EXPIRED -> throw new CustodyProblem(Reason.EXPIRED);
      case ASKED, CONSENTED -> {}
    }
    return asked;
  }

  private List<Unsealing> list(String sql, Object... values) {
    List<Unsealing> bare = jdbc.sql(sql).params(values).query((row, number) -> bare(row)).list();
    if (bare.isEmpty()) {
      return bare;
    }
    Map<Long, List<Unsealing.Consent>> consents = new HashMap<>();
    jdbc.sql(
            """
            select c.unsealing_id, a.shown_name, c.account_id, c.consented_at, c.reason
              from platform.unsealing_consent c join platform.account a on a.id = c.account_id
             where c.unsealing_id in (:ids) order by c.consented_at
            """)
        .param("ids", bare.stream().map(Unsealing::id).toList())
        .query(
            row -> {
              consents
                  .computeIfAbsent(row.getLong("unsealing_id"), id -> new ArrayList<>())
                  .add(
                      new Unsealing.Consent(
                          row.getString("shown_name"),
                          row.getLong("account_id"),
                          row.getObject("consented_at", OffsetDateTime.class),
                          row.getString("reason")));
            });
    return bare.stream()
        .map(one -> withConsents(one, consents.getOrDefault(one.id(), List.of())))
        .toList();
  }

  private static Unsealing bare(ResultSet row) throws SQLException {
    OffsetDateTime refusedAt = row.getObject("refused_at", OffsetDateTime.class);
    Unsealing.@Nullable Refusal refusal =
        refusedAt == null
            ? null
            : new Unsealing.Refusal(row.getString("refuser"), refusedAt, row.getString("refusal"));
    return new Unsealing(
        row.getLong("id"),
        row.getObject("record_id", UUID.class),
        row.getString("kind"),
        row.getInt("threshold"),
        row.getLong("asked_by"),
        row.getString("asker"),
        row.getObject("asked_at", OffsetDateTime.class),
        row.getString("motive"),
        row.getObject("expires_at", OffsetDateTime.class),
        List.of(),
        refusal);
  }

  private static Unsealing withConsents(Unsealing one, List<Unsealing.Consent> consents) {
    return new Unsealing(
        one.id(),
        one.record(),
        one.kind(),
        one.threshold(),
        one.askedBy(),
        one.asker(),
        one.askedAt(),
        one.motive(),
        one.expiresAt(),
        List.copyOf(consents),
        one.refusal());
  }

  private static String said(String text) {
    String said = text.strip();
    if (said.length() < LEAST_WORDS || said.length() > 2000) {
      throw new CustodyProblem(Reason.SAY_WHY);
    }
    return said;
  }

  private static byte[] keyOf(String code) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(("unsealing " + code).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In groups of four, as it is easier to copy. */
  private static String grouped(String code) {
    return code.replaceAll("(.{4})(?!$)", "$1-");
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
