package org.dandang.platform.custody;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Locks a private key under what its holder knows: Argon2id over the words, then AES-256-GCM. The
 * cost stands in front of the locked bytes, so that it can rise without older keys being lost.
 */
final class Passphrase {
  private static final int SALT = 16;
  private static final int HEADER = 2 * Integer.BYTES + SALT;

  /** Memory in KiB and rounds of new keys. */
  private final int memory;

  private final int rounds;
  private final SecureRandom random;

  Passphrase(int memory, int rounds, SecureRandom random) {
    this.memory = memory;
    this.rounds = rounds;
    this.random = random;
  }

  byte[] locked(byte[] plain, String words, byte[] bound) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    byte[] key = key(words, salt, memory, rounds);
    byte[] locked = Envelope.locked(key, plain, bound, random);
    Arrays.fill(key, (byte) 0);
    return ByteBuffer.allocate(HEADER + locked.length)
        .putInt(memory)
        .putInt(rounds)
        .put(salt)
        .put(locked)
        .array();
  }

  /**
   * @throws NotOpened when the words are others or the bytes were changed
   */
  static byte[] unlocked(byte[] locked, String words, byte[] bound) {
    ByteBuffer buffer = ByteBuffer.wrap(locked);
    if (locked.length <= HEADER) {
      throw new NotOpened("too short to be locked");
    }
    int memory = buffer.getInt();
    int rounds = buffer.getInt();
    if (memory < 8 || memory > 1 << 20 || rounds < 1 || rounds > 100) {
      throw new NotOpened("a cost that no key here has");
    }
    byte[] salt = new byte[SALT];
    buffer.get(salt);
    byte[] key = key(words, salt, memory, rounds);
    try {
      return Envelope.unlocked(key, Arrays.copyOfRange(locked, HEADER, locked.length), bound);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] key(String words, byte[] salt, int memory, int rounds) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(rounds)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] key = new byte[Envelope.KEY_BYTES];
    argon2.generateBytes(words.getBytes(StandardCharsets.UTF_8), key);
    return key;
  }
}
