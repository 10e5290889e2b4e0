package org.dandang.platform.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * The hashes of a chain under one algorithm, each kind told apart by its first byte. Not safe for
 * use by several threads.
 */
final class LedgerHash {
  /** Bytes of every hash. */
  static final int LENGTH = 32;

  /** Bytes of the salt beside every entry: without it a guessed entry could be tried. */
  static final int SALT = 16;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final byte LINK = 2;
  private static final byte BEGINNING = 3;

  private final MessageDigest digest;

  LedgerHash(LedgerAlgorithm algorithm) {
    this.digest = algorithm.digest();
  }

  byte[] leaf(byte[] salt, byte[] content) {
    digest.update(LEAF);
    digest.update(salt);
    return digest.digest(content);
  }

  /** Of two neighbours in a Merkle tree. */
  byte[] node(byte[] left, byte[] right) {
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  byte[] link(byte[] previous, long position, byte[] leaf) {
    digest.update(LINK);
    digest.update(previous);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    return digest.digest(leaf);
  }

  byte[] of(byte[] bytes) {
    return digest.digest(bytes);
  }

  /** What stands before the first link; always SHA-256, whatever the chain goes on with. */
  static byte[] beginning(UUID database) {
    MessageDigest digest = LedgerAlgorithm.SHA_256.digest();
    digest.update(BEGINNING);
    digest.update(
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(database.getMostSignificantBits())
            .putLong(database.getLeastSignificantBits())
            .array());
    return digest.digest();
  }
}
