package org.dandang.survey.ballot;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;

/**
 * A key that signs tokens without seeing them: RSABSSA-SHA384-PSS-Deterministic of RFC 9474, with
 * 2048 bits. What is signed is blinded by the voter's browser; the signature that comes out after
 * unblinding is an ordinary RSASSA-PSS signature.
 */
public final class TokenKey {
  /** Bytes of a token. */
  public static final int TOKEN = 32;

  /** Bytes of a blinded token, a blind signature and a signature. */
  public static final int WIDTH = 256;

  private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1);

  private final BigInteger modulus;

  private TokenKey(BigInteger modulus) {
    this.modulus = modulus;
  }

  /** A new pair: the public key, and the private one as PKCS#8 to be sealed. */
  public record Pair(TokenKey key, byte[] secret) {}

  public static Pair fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(WIDTH * 8);
      KeyPair pair = generator.generateKeyPair();
      return new Pair(
          new TokenKey(((RSAPublicKey) pair.getPublic()).getModulus()),
          pair.getPrivate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key with this modulus, in hexadecimal digits. */
  public static TokenKey of(String modulus) {
    return new TokenKey(new BigInteger(modulus, 16));
  }

  /** In hexadecimal digits. */
  public String modulus() {
    return modulus.toString(16);
  }

  /** By which voters see that all were given the same key. */
  public String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(BallotBytes.padded(modulus, WIDTH));
      return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(Arrays.copyOf(hash, 8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Signs what it cannot read.
   *
   * @param secret of this key, as PKCS#8
   * @throws IllegalArgumentException when it is not a blinded token of this key
   */
  public byte[] sign(byte[] secret, byte[] blinded) {
    BigInteger number = new BigInteger(1, blinded);
    if (blinded.length != WIDTH || number.signum() == 0 || number.compareTo(modulus) >= 0) {
      throw new IllegalArgumentException("not a blinded token");
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(secret));
      Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
      rsa.init(Cipher.DECRYPT_MODE, key);
      byte[] signed = rsa.doFinal(blinded);
      // A fault in the computation would give the key away (RFC 9474, 4.3).
      if (!new BigInteger(1, signed).modPow(EXPONENT, modulus).equals(number)) {
        throw new IllegalStateException("the signature does not hold");
      }
      return BallotBytes.padded(new BigInteger(1, signed), WIDTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a token bears this key's signature. */
  public boolean signed(byte[] token, byte[] signature) {
    if (token.length != TOKEN || signature.length != WIDTH) {
      return false;
    }
    try {
      PublicKey key =
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, EXPONENT));
      Signature check = Signature.getInstance("RSASSA-PSS");
      check.setParameter(PSS);
      check.initVerify(key);
      check.update(token);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
