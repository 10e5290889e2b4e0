package org.dandang.platform.export;

import java.util.Arrays;

/**
 * The hidden mark of a CSV file: two fixed bytes, the sixteen of the export's number and six of a
 * signature, bit after bit and over again from the beginning.
 */
public final class CsvBits {
  static final int BYTES = 24;
  static final int LENGTH = 8 * BYTES;
  private static final byte[] BEGINNING = {(byte) 0xDA, 0x6D};

  private final byte[] bytes;

  CsvBits(byte[] number, byte[] signature) {
    bytes = Arrays.copyOf(BEGINNING, BYTES);
    System.arraycopy(number, 0, bytes, 2, 16);
    System.arraycopy(signature, 0, bytes, 18, 6);
  }

  boolean at(long position) {
    int bit = (int) (position % LENGTH);
    return (bytes[bit / 8] >> (7 - bit % 8) & 1) == 1;
  }

  /** Whether these bytes could be a mark. */
  static boolean begins(byte[] found) {
    return found[0] == BEGINNING[0] && found[1] == BEGINNING[1];
  }
}
