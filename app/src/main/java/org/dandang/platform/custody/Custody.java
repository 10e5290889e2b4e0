package org.dandang.platform.custody;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.dandang.platform.custody.CustodyProblem.Reason;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Seals records. What was sealed is opened only through {@link Unsealings}; this program keeps no
 * key to it.
 */
@Component
public class Custody {
  private final JdbcClient jdbc;
  private final Custodians custodians;
  private final CustodySettings settings;
  private final Clock clock;
  private final ZoneId zone;
  private final SecureRandom random = new SecureRandom();

  Custody(
      JdbcClient jdbc,
      Custodians custodians,
      CustodySettings settings,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.custodians = custodians;
    this.settings = settings;
    this.clock = clock;
    this.zone = zone;
  }

  /** Whether there are enough custodians for something to be sealed. */
  public boolean ready() {
    return custodians.present().size() >= settings.threshold();
  }

  /**
   * Seals a text under a key of its own, in the transaction of what refers to it. Nothing about the
   * text goes into the ledger here; who calls says what happened.
   *
   * @param kind what it is, for those who decide on opening it: {@code reporter}
   * @return by which it is referred to; random, so that it says nothing of when it was made
   * @throws CustodyProblem when there are too few custodians: then nothing is kept at all
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public UUID seal(String kind, String text) {
    List<Custodian> present = custodians.present();
    if (present.size() < settings.threshold()) {
      throw new CustodyProblem(Reason.TOO_FEW_CUSTODIANS);
    }
    UUID id = UUID.randomUUID();
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    byte[] key = new byte[Envelope.KEY_BYTES];
    random.nextBytes(key);
    jdbc.sql(
            "insert into platform.sealed_record (id, kind, content, threshold, sealed_on) values"
                + " (?, ?, ?, ?, ?)")
        .params(
            id,
            kind,
            Envelope.sealed(key, content, bound(id), random),
            settings.threshold(),
            LocalDate.now(clock.withZone(zone)))
        .update();
    share(id, key, settings.threshold(), present);
    Arrays.fill(key, (byte) 0);
    Arrays.fill(content, (byte) 0);
    return id;
  }

  /** Removes a record for good, where a rule says that it may not be kept any longer. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void remove(UUID id) {
    jdbc.sql("delete from platform.sealed_record where id = ?").param(id).update();
  }

  /** Gives each custodian a share of a record's key in place of those there were. */
  void share(UUID id, byte[] key, int threshold, List<Custodian> among) {
    jdbc.sql("delete from platform.sealed_share where record_id = ?").param(id).update();
    List<byte[]> shares = Shares.of(key, threshold, among.size(), random);
    for (int i = 0; i < among.size(); i++) {
      Custodian custodian = among.get(i);
      jdbc.sql(
              "insert into platform.sealed_share (record_id, custodian_id, share) values (?, ?, ?)")
          .params(
              id, custodian.id(), KeyPair.sealedTo(custodian.publicKey(), shares.get(i), bound(id)))
          .update();
      Arrays.fill(shares.get(i), (byte) 0);
    }
  }

  static byte[] bound(UUID record) {
    return ("record " + record).getBytes(StandardCharsets.UTF_8);
  }
}
