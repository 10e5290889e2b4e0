package org.dandang.survey.ballot;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** How tokens and receipts are written. */
final class BallotBytes {
  /** Without letters and digits that are mistaken for each other. */
  private static final String LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  private static final int RECEIPT = 20;

  private BallotBytes() {}

  /** A number in that many bytes, the highest first. */
  static byte[] padded(BigInteger number, int width) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[width];
    int length = Math.min(bytes.length, width);
    System.arraycopy(bytes, bytes.length - length, padded, width - length, length);
    return padded;
  }

  /** The code by which a voter finds the own ballot among those counted: 100 bits of a hash. */
  static String receipt(byte[] token) {
    byte[] hash = sha256("dandang receipt", token);
    BigInteger number = new BigInteger(1, Arrays.copyOf(hash, 13)).shiftRight(4);
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < RECEIPT; i++) {
      if (i > 0 && i % 4 == 0) {
        code.append('-');
      }
      int digit = number.shiftRight(5 * (RECEIPT - 1 - i)).intValue() & 31;
      code.append(LETTERS.charAt(digit));
    }
    return code.toString();
  }

  static byte[] sha256(String purpose, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(purpose.getBytes(StandardCharsets.UTF_8));
      return digest.digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
