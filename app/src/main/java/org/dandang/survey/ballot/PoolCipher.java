package org.dandang.survey.ballot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts buckets of a pool with AES-256-GCM.
 *
 * <p>A bucket has room for sixteen ballots, then thirty-two and so on, each of the same length, and
 * is filled up: its size tells nothing of what came in. The order within is drawn anew each time.
 */
final class PoolCipher {
  /** Ballots a bucket has room for at first. */
  static final int SLOTS = 16;

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final UUID pool;
  private final int width;
  private final SecretKeySpec key;
  private final SecretKeySpec places;

  /**
   * @param width bytes of one ballot at most
   */
  PoolCipher(UUID pool, byte[] root, int width) {
    this.pool = pool;
    this.width = width + Integer.BYTES;
    this.key = new SecretKeySpec(derived(root, "bucket"), "AES");
    this.places = new SecretKeySpec(derived(root, "place"), "HmacSHA256");
  }

  /** The bucket a token's ballot lies in: the same each time, and told by the key alone. */
  int bucket(byte[] token, int buckets) {
    byte[] hash = mac(places, token);
    return (int) Math.floorMod(ByteBuffer.wrap(hash).getLong(), (long) buckets);
  }

  byte[] seal(int bucket, List<byte[]> ballots) {
    int slots = SLOTS;
    while (slots < ballots.size()) {
      slots *= 2;
    }
    List<byte[]> mixed = new ArrayList<>(ballots);
    Collections.shuffle(mixed, RANDOM);
    ByteBuffer plain = ByteBuffer.allocate(slots * width);
    for (byte[] ballot : mixed) {
      int at = plain.position();
      plain.putInt(ballot.length).put(ballot).position(at + width);
    }
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, bucket, nonce).doFinal(plain.array());
      return ByteBuffer.allocate(NONCE + encrypted.length).put(nonce).put(encrypted).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IllegalStateException when the bucket was altered
   */
  List<byte[]> open(int bucket, byte[] sealed) {
    try {
      ByteBuffer plain =
          ByteBuffer.wrap(
              cipher(Cipher.DECRYPT_MODE, bucket, Arrays.copyOf(sealed, NONCE))
                  .doFinal(sealed, NONCE, sealed.length - NONCE));
      List<byte[]> ballots = new ArrayList<>();
      for (int at = 0; at < plain.limit(); at += width) {
        int length = plain.getInt(at);
        if (length > 0) {
          byte[] ballot = new byte[length];
          plain.get(at + Integer.BYTES, ballot);
          ballots.add(ballot);
        }
      }
      return ballots;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A bucket of ballots was altered outside the program.", e);
    }
  }

  private Cipher cipher(int mode, int bucket, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((pool + "/" + bucket).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] derived(byte[] root, String purpose) {
    return mac(
        new SecretKeySpec(root, "HmacSHA256"),
        ("dandang " + purpose).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(SecretKeySpec key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
