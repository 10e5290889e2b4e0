package org.dandang.survey.ballot;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a voter's browser does, step by step as RFC 9474 writes it: for invented voters and for
 * tests. Real voters' tokens are made in their browsers and nowhere else.
 */
public final class BlindVoter {
  private static final BigInteger E = BigInteger.valueOf(65_537);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int HASH = 48;

  private final BigInteger n;
  private final BigInteger message;
  private final BigInteger undo;
  private final byte[] blinded;
  private final byte[] token = new byte[TokenKey.TOKEN];
  private byte[] signature = new byte[0];

  public BlindVoter(TokenKey key) {
    this.n = new BigInteger(key.modulus(), 16);
    RANDOM.nextBytes(token);
    this.message = new BigInteger(1, encoded(token, n.bitLength() - 1));
    BigInteger factor;
    do {
      factor = new BigInteger(n.bitLength() - 1, RANDOM);
    } while (!factor.gcd(n).equals(BigInteger.ONE));
    this.undo = factor.modInverse(n);
    this.blinded = BallotBytes.padded(message.multiply(factor.modPow(E, n)).mod(n), TokenKey.WIDTH);
  }

  public byte[] token() {
    return token.clone();
  }

  /** Empty until the ballot is collected. */
  public byte[] signature() {
    return signature.clone();
  }

  public byte[] blinded() {
    return blinded.clone();
  }

  /** The same with another token under the signature, as a forger would send it. */
  public BlindVoter altered(int bit) {
    token[bit / 8] ^= (byte) (1 << (bit % 8));
    return this;
  }

  /** Asks for the signature and takes the blinding off. */
  public BlindVoter collect(UnaryOperator<byte[]> office) {
    BigInteger signed = new BigInteger(1, office.apply(blinded)).multiply(undo).mod(n);
    if (!signed.modPow(E, n).equals(message)) {
      throw new IllegalStateException("the signature does not hold");
    }
    signature = BallotBytes.padded(signed, TokenKey.WIDTH);
    return this;
  }

  /** The request with a ballot. */
  public byte[] request(String group, Map<String, List<String>> fields) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return JsonMapper.shared()
        .writeValueAsBytes(
            Map.of(
                "group",
                group,
                "token",
                base64.encodeToString(token),
                "signature",
                base64.encodeToString(signature),
                "fields",
                fields));
  }

  public String receipt() {
    return BallotBytes.receipt(token);
  }

  private static byte[] encoded(byte[] message, int bits) {
    int length = (bits + 7) / 8;
    byte[] salt = new byte[HASH];
    RANDOM.nextBytes(salt);
    byte[] hash = sha384(new byte[8], sha384(message), salt);
    byte[] block = new byte[length - HASH - 1];
    block[block.length - HASH - 1] = 1;
    System.arraycopy(salt, 0, block, block.length - HASH, HASH);
    byte[] cover = mask(hash, block.length);
    for (int i = 0; i < block.length; i++) {
      block[i] ^= cover[i];
    }
    block[0] &= (byte) (0xff >> (8 * length - bits));
    byte[] all = Arrays.copyOf(block, length);
    System.arraycopy(hash, 0, all, block.length, HASH);
    all[length - 1] = (byte) 0xbc;
    return all;
  }

  private static byte[] mask(byte[] seed, int length) {
    byte[] mask = new byte[0];
    for (int i = 0; mask.length < length; i++) {
      byte[] more = sha384(seed, new byte[] {0, 0, 0, (byte) i});
      int from = mask.length;
      mask = Arrays.copyOf(mask, from + more.length);
      System.arraycopy(more, 0, mask, from, more.length);
    }
    return Arrays.copyOf(mask, length);
  }

  private static byte[] sha384(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-384");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
