package org.dandang.platform.sealing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts and files under one key and finds them again without opening them.
 *
 * <p>A text is encrypted with AES-256-GCM. Its nonce is computed from the text under a second key,
 * so that the same text always gives the same sealed bytes: what an import repeats can be seen to
 * repeat, and a nonce never serves two texts. The index, a keyed hash under a third key, tells
 * equal texts and nothing else. Not safe for use by several threads; {@link Sealing} gives each
 * user its own.
 */
public final class Seal {
  /** Bytes of an index. */
  public static final int INDEX = 16;

  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final Mac nonces;
  private final Mac indexes;
  private final Cipher cipher;

  Seal(byte[] root) {
    try {
      this.key = new SecretKeySpec(derived(root, "seal"), "AES");
      this.nonces = mac(derived(root, "nonce"));
      this.indexes = mac(derived(root, "index"));
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Version, nonce and ciphertext; the same for the same text. */
  public byte[] seal(String text) {
    return seal(text.getBytes(StandardCharsets.UTF_8));
  }

  /** As {@link #seal(String)}, of any bytes. */
  public byte[] seal(byte[] plain) {
    byte[] nonce = Arrays.copyOf(nonces.doFinal(plain), NONCE);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] encrypted = cipher.doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE + encrypted.length)
          .put(VERSION)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The text that was sealed.
   *
   * @throws IllegalArgumentException when the bytes were not sealed under this key or were changed
   */
  public String open(byte[] sealed) {
    return new String(openBytes(sealed), StandardCharsets.UTF_8);
  }

  /** As {@link #open}, of any bytes. */
  public byte[] openBytes(byte[] sealed) {
    if (sealed.length <= 1 + NONCE || sealed[0] != VERSION) {
      throw new IllegalArgumentException("not sealed by this version");
    }
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE));
      return cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("sealed under another key, or changed", e);
    }
  }

  /** By which an equal text is found. */
  public byte[] index(String text) {
    return Arrays.copyOf(indexes.doFinal(text.getBytes(StandardCharsets.UTF_8)), INDEX);
  }

  private static byte[] derived(byte[] root, String purpose) throws GeneralSecurityException {
    return mac(root).doFinal(("dandang " + purpose).getBytes(StandardCharsets.UTF_8));
  }

  private static Mac mac(byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac;
  }
}
