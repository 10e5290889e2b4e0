package org.dandang.survey.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.dandang.platform.storage.StorageProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are signed unseen, and the encrypted pool. */
class TokenKeyTests {
  private static final TokenKey.Pair PAIR = TokenKey.fresh();

  private static BlindVoter collected() {
    return new BlindVoter(PAIR.key()).collect(blinded -> PAIR.key().sign(PAIR.secret(), blinded));
  }

  @Test
  void aTokenThatWasSignedUnseenBearsAnOrdinarySignature() {
    BlindVoter voter = collected();
    assertThat(PAIR.key().signed(voter.token(), voter.signature())).isTrue();
    assertThat(TokenKey.of(PAIR.key().modulus()).signed(voter.token(), voter.signature())).isTrue();
  }

  @Test
  void refusesAnAlteredTokenAnAlteredSignatureAndAnotherKey() {
    BlindVoter voter = collected();
    byte[] token = voter.token();
    token[5] ^= 1;
    assertThat(PAIR.key().signed(token, voter.signature())).isFalse();
    byte[] signature = voter.signature();
    signature[100] ^= 1;
    assertThat(PAIR.key().signed(voter.token(), signature)).isFalse();
    assertThat(PAIR.key().signed(voter.token(), new byte[0])).isFalse();
    assertThat(TokenKey.fresh().key().signed(voter.token(), voter.signature())).isFalse();
  }

  @Test
  void theProductOfTwoSignaturesSignsNothing() {
    BlindVoter one = collected();
    BlindVoter two = collected();
    BigInteger n = new BigInteger(PAIR.key().modulus(), 16);
    byte[] product =
        BallotBytes.padded(
            new BigInteger(1, one.signature()).multiply(new BigInteger(1, two.signature())).mod(n),
            TokenKey.WIDTH);
    assertThat(PAIR.key().signed(one.token(), product)).isFalse();
    assertThat(PAIR.key().signed(two.token(), product)).isFalse();
  }

  @Test
  void refusesToSignWhatIsNoBlindedToken() {
    byte[] large = new byte[TokenKey.WIDTH];
    Arrays.fill(large, (byte) 0xff);
    for (byte[] wrong : List.of(new byte[0], new byte[TokenKey.WIDTH], large, new byte[255])) {
      assertThatThrownBy(() -> PAIR.key().sign(PAIR.secret(), wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsSignedSaysNothingOfTheToken() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      seen.add(new BigInteger(1, new BlindVoter(PAIR.key()).blinded()).toString(16));
    }
    assertThat(seen).hasSize(20);
  }

  @Test
  void aReceiptHasTwentyLettersThatAreNotMistaken() {
    Set<String> codes = new HashSet<>();
    byte[] token = new byte[32];
    for (int i = 0; i < 500; i++) {
      new SecureRandom().nextBytes(token);
      codes.add(BallotBytes.receipt(token));
    }
    assertThat(codes)
        .hasSize(500)
        .allMatch(code -> code.matches("([2-9A-HJ-NP-Z]{4}-){4}[2-9A-HJ-NP-Z]{4}"));
  }

  @Test
  void aBucketIsAsLongWithOneBallotAsWithSixteen() {
    PoolCipher cipher = new PoolCipher(UUID.randomUUID(), new byte[32], 100);
    List<byte[]> ballots = new ArrayList<>();
    Set<Integer> lengths = new HashSet<>();
    for (int i = 0; i < PoolCipher.SLOTS; i++) {
      ballots.add(("ballot " + i).getBytes(StandardCharsets.UTF_8));
      byte[] sealed = cipher.seal(3, ballots);
      lengths.add(sealed.length);
      assertThat(cipher.open(3, sealed)).containsExactlyInAnyOrderElementsOf(ballots);
    }
    assertThat(lengths).hasSize(1);
  }

  @Test
  void anAlteredBucketAndABucketInAnothersPlaceAreRefused() {
    PoolCipher cipher = new PoolCipher(UUID.randomUUID(), new byte[32], 100);
    byte[] sealed = cipher.seal(3, List.of(new byte[] {1, 2, 3}));
    assertThatThrownBy(() -> cipher.open(4, sealed)).isInstanceOf(IllegalStateException.class);
    sealed[40] ^= 1;
    assertThatThrownBy(() -> cipher.open(3, sealed)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aDestroyedKeyIsGone(@TempDir Path folder) {
    PoolKeys keys = new PoolKeys(folder.resolve("key").toString());
    UUID pool = UUID.randomUUID();
    keys.make(pool);
    byte[] key = keys.of(pool);
    assertThat(key).hasSize(32);
    assertThat(keys.of(pool)).isEqualTo(key);
    assertThat(keys.kept()).containsExactly(pool);
    keys.destroy(pool);
    keys.destroy(pool);
    assertThat(keys.kept()).isEmpty();
    assertThatThrownBy(() -> keys.of(pool)).isInstanceOf(StorageProblem.class);
  }
}
