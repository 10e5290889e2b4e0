package org.dandang.platform.custody;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a share of every record sealed since.
 *
 * @param endedAt null until the custodian gave the key up
 * @param present whether shares of new records are held: the key is not ended, and the account is
 *     still named as custodian
 */
@SuppressWarnings("ArrayRecordComponent")
public record Custodian(
    long id,
    long account,
    String shownName,
    OffsetDateTime enrolledAt,
    @Nullable OffsetDateTime endedAt,
    byte[] publicKey,
    byte[] privateKey,
    boolean present) {

  /**
   * The key, opened by its holder's passphrase.
   *
   * @throws CustodyProblem when the passphrase is another
   */
  KeyPair unlocked(String passphrase) {
    try {
      return new KeyPair(
          publicKey.clone(), Passphrase.unlocked(privateKey, passphrase, bound(account)));
    } catch (NotOpened e) {
      throw new CustodyProblem(CustodyProblem.Reason.WRONG_PASSPHRASE);
    }
  }

  static byte[] bound(long account) {
    return ("custodian " + account).getBytes(StandardCharsets.UTF_8);
  }
}
