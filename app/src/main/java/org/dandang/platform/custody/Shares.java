package org.dandang.platform.custody;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/** A key in shares (Shamir): so many of them give it back, fewer say nothing about it. */
final class Shares {
  private static final ShamirSecretSplitter.Algorithm FIELD = ShamirSecretSplitter.Algorithm.AES;

  private Shares() {}

  /**
   * Splits a key.
   *
   * @param key the whole
   * @param threshold how many give it back
   * @param count how many are made, at most 255
   * @return each share with its number in front
   */
  static List<byte[]> of(byte[] key, int threshold, int count, SecureRandom random) {
    try {
      ShamirSplitSecret split =
          ShamirSecretSplitter.getInstance(FIELD, key.length, random)
              .resplit(key, threshold, count);
      List<byte[]> shares = new ArrayList<>(count);
      int number = 1;
      for (ShamirSplitSecretShare share : split.getSecretShares()) {
        byte[] encoded = share.getEncoded();
        shares.add(
            ByteBuffer.allocate(1 + encoded.length).put((byte) number++).put(encoded).array());
      }
      return shares;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The key again; another value where there are too few shares. */
  static byte[] joined(List<byte[]> shares) {
    ShamirSplitSecretShare[] parts =
        shares.stream()
            .map(
                share ->
                    new ShamirSplitSecretShare(
                        Arrays.copyOfRange(share, 1, share.length), Byte.toUnsignedInt(share[0])))
            .toArray(ShamirSplitSecretShare[]::new);
    try {
      return ShamirSplitSecret.getInstance(FIELD, parts).getSecret();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
