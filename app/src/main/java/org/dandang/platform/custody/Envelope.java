package org.dandang.platform.custody;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Content under a data key of its own: AES-256-GCM, bound to the record by its associated data. The
 * content is filled up to whole blocks, so that its length tells little.
 */
final class Envelope {
  static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int BLOCK = 1024;

  private Envelope() {}

  static byte[] sealed(byte[] key, byte[] content, byte[] bound, SecureRandom random) {
    byte[] padded =
        Arrays.copyOf(
            ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(content.length)
                .put(content)
                .array(),
            (Integer.BYTES + content.length + BLOCK - 1) / BLOCK * BLOCK);
    byte[] sealed = locked(key, padded, bound, random);
    Arrays.fill(padded, (byte) 0);
    return sealed;
  }

  /**
   * @throws NotOpened when the key is another or the record was changed
   */
  static byte[] opened(byte[] key, byte[] sealed, byte[] bound) {
    byte[] padded = unlocked(key, sealed, bound);
    ByteBuffer buffer = ByteBuffer.wrap(padded);
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new NotOpened("the sealed record has another length than it says");
    }
    byte[] content = new byte[length];
    buffer.get(content);
    Arrays.fill(padded, (byte) 0);
    return content;
  }

  /** As it is, without filling up. */
  static byte[] locked(byte[] key, byte[] plain, byte[] bound, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(bound);
      byte[] encrypted = cipher.doFinal(plain);
      return ByteBuffer.allocate(NONCE_BYTES + encrypted.length).put(nonce).put(encrypted).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] unlocked(byte[] key, byte[] locked, byte[] bound) {
    if (locked.length <= NONCE_BYTES) {
      throw new NotOpened("too short to be sealed");
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BITS, locked, 0, NONCE_BYTES));
      cipher.updateAAD(bound);
      return cipher.doFinal(locked, NONCE_BYTES, locked.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new NotOpened("sealed under another key, or changed", e);
    }
  }
}
