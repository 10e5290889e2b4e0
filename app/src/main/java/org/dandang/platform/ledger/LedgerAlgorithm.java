package org.dandang.platform.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * What a chain is made with: a hash, named in every link, and the signature that goes with it, made
 * over every checkpoint. SM3 (GB/T 32905) and SM2 (GB/T 32918) are for offices that must use
 * national cryptography.
 */
public enum LedgerAlgorithm {
  SHA_256("SHA-256", "Ed25519"),
  SM3("SM3", "SM3withSM2");

  private final String word;
  private final String signing;

  LedgerAlgorithm(String word, String signing) {
    this.word = word;
    this.signing = signing;
  }

  /** As stored: {@code SHA-256} or {@code SM3}. */
  public String word() {
    return word;
  }

  /**
   * @throws IllegalArgumentException when there is no such algorithm; the message says which there
   *     are
   */
  public static LedgerAlgorithm of(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word.equalsIgnoreCase(word.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The ledger's algorithm is one of %s, not %s."
                        .formatted(
                            Arrays.stream(values())
                                .map(LedgerAlgorithm::word)
                                .collect(Collectors.joining(", ")),
                            word)));
  }

  MessageDigest digest() {
    try {
      return MessageDigest.getInstance(word, provider());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  KeyPair newKey() throws GeneralSecurityException {
    return switch (this) {
      case SHA_256 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      case SM3 -> {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider());
        generator.initialize(new ECGenParameterSpec("sm2p256v1"));
        yield generator.generateKeyPair();
      }
    };
  }

  KeyFactory keys() throws GeneralSecurityException {
    return switch (this) {
      case SHA_256 -> KeyFactory.getInstance("Ed25519");
      case SM3 -> KeyFactory.getInstance("EC", provider());
    };
  }

  Signature signature() throws GeneralSecurityException {
    return switch (this) {
      case SHA_256 -> Signature.getInstance(signing);
      case SM3 -> Signature.getInstance(signing, provider());
    };
  }

  private Provider provider() {
    return switch (this) {
      case SHA_256 -> Security.getProvider("SUN");
      case SM3 -> National.PROVIDER;
    };
  }

  /** Loaded only where it is asked for: it takes a while. */
  private static final class National {
    static final Provider PROVIDER = new BouncyCastleProvider();
  }
}
