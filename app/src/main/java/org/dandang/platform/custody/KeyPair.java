package org.dandang.platform.custody;

import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * A pair of keys to which small things are sealed: HPKE (RFC 9180) with X25519, HKDF-SHA256 and
 * AES-256-GCM.
 */
@SuppressWarnings("ArrayRecordComponent")
record KeyPair(byte[] publicKey, byte[] privateKey) {
  private static final int ENCAPSULATED = 32;

  static KeyPair generated() {
    HPKE hpke = hpke();
    AsymmetricCipherKeyPair pair = hpke.generatePrivateKey();
    return new KeyPair(
        hpke.serializePublicKey(pair.getPublic()), hpke.serializePrivateKey(pair.getPrivate()));
  }

  /**
   * Sealed so that only the holder of the private key opens it, and only for what it is bound to.
   */
  static byte[] sealedTo(byte[] publicKey, byte[] plain, byte[] bound) {
    HPKE hpke = hpke();
    try {
      byte[][] parts =
          hpke.seal(
              hpke.deserializePublicKey(publicKey), new byte[0], bound, plain, null, null, null);
      byte[] sealed = Arrays.copyOf(parts[1], ENCAPSULATED + parts[0].length);
      System.arraycopy(parts[0], 0, sealed, ENCAPSULATED, parts[0].length);
      return sealed;
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws NotOpened when it was sealed to another key, for something else, or changed
   */
  byte[] opened(byte[] sealed, byte[] bound) {
    if (sealed.length <= ENCAPSULATED) {
      throw new NotOpened("too short to be sealed");
    }
    HPKE hpke = hpke();
    try {
      return hpke.open(
          Arrays.copyOf(sealed, ENCAPSULATED),
          hpke.deserializePrivateKey(privateKey, publicKey),
          new byte[0],
          bound,
          Arrays.copyOfRange(sealed, ENCAPSULATED, sealed.length),
          null,
          null,
          null);
    } catch (InvalidCipherTextException | RuntimeException e) {
      throw new NotOpened("sealed to another key, or changed", e);
    }
  }

  void forget() {
    Arrays.fill(privateKey, (byte) 0);
  }

  private static HPKE hpke() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }
}
