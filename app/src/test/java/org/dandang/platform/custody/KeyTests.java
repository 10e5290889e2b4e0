package org.dandang.platform.custody;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTests {
  private static final byte[] BOUND = "record 1".getBytes(UTF_8);
  private static final byte[] OTHER = "record 2".getBytes(UTF_8);

  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @CsvSource({"2,2", "2,3", "3,5", "2,20"})
  void soManySharesGiveTheKeyBackAndOneFewerDoesNot(int threshold, int count) {
    byte[] key = key();
    List<byte[]> shares = Shares.of(key, threshold, count, random);
    assertThat(shares).hasSize(count);
    assertThat(Shares.joined(shares.subList(0, threshold))).isEqualTo(key);
    assertThat(Shares.joined(shares.subList(count - threshold, count))).isEqualTo(key);
    assertThat(Shares.joined(shares.subList(0, threshold - 1))).isNotEqualTo(key);
  }

  @Test
  void contentOpensUnderItsKeyForItsRecordAlone() {
    byte[] key = key();
    byte[] sealed = Envelope.sealed(key, "检举人：李四".getBytes(UTF_8), BOUND, random);
    assertThat(new String(Envelope.opened(key, sealed, BOUND), UTF_8)).isEqualTo("检举人：李四");
    assertThatThrownBy(() -> Envelope.opened(key(), sealed, BOUND)).isInstanceOf(NotOpened.class);
    assertThatThrownBy(() -> Envelope.opened(key, sealed, OTHER)).isInstanceOf(NotOpened.class);
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> Envelope.opened(key, sealed, BOUND)).isInstanceOf(NotOpened.class);
    assertThatThrownBy(() -> Envelope.opened(key, new byte[3], BOUND))
        .isInstanceOf(NotOpened.class);
  }

  @Test
  void theLengthOfASealedTextTellsLittle() {
    byte[] key = key();
    assertThat(Envelope.sealed(key, new byte[1], BOUND, random).length)
        .isEqualTo(Envelope.sealed(key, new byte[1000], BOUND, random).length);
  }

  @Test
  void whatIsSealedToAKeyOpensWithItsOtherHalfAlone() {
    KeyPair pair = KeyPair.generated();
    byte[] sealed = KeyPair.sealedTo(pair.publicKey(), "a share".getBytes(UTF_8), BOUND);
    assertThat(pair.opened(sealed, BOUND)).isEqualTo("a share".getBytes(UTF_8));
    assertThatThrownBy(() -> pair.opened(sealed, OTHER)).isInstanceOf(NotOpened.class);
    assertThatThrownBy(() -> KeyPair.generated().opened(sealed, BOUND))
        .isInstanceOf(NotOpened.class);
    assertThatThrownBy(() -> pair.opened(new byte[5], BOUND)).isInstanceOf(NotOpened.class);
  }

  @Test
  void aKeyIsUnlockedByItsWordsAlone() {
    byte[] locked = new Passphrase(64, 1, random).locked("key".getBytes(UTF_8), "四个字的口令", BOUND);
    assertThat(Passphrase.unlocked(locked, "四个字的口令", BOUND)).isEqualTo("key".getBytes(UTF_8));
    assertThatThrownBy(() -> Passphrase.unlocked(locked, "四个字的口令 ", BOUND))
        .isInstanceOf(NotOpened.class);
    assertThatThrownBy(() -> Passphrase.unlocked(locked, "四个字的口令", OTHER))
        .isInstanceOf(NotOpened.class);
    locked[0] = 0x7f;
    assertThatThrownBy(() -> Passphrase.unlocked(locked, "四个字的口令", BOUND))
        .isInstanceOf(NotOpened.class);
  }

  private byte[] key() {
    byte[] key = new byte[Envelope.KEY_BYTES];
    random.nextBytes(key);
    return key;
  }
}
