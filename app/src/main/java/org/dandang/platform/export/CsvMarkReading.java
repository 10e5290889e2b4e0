package org.dandang.platform.export;

import java.io.IOException;
import java.io.Reader;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Function;

/** Reads the mark out of the quotation marks of a CSV file, wherever a whole one is left. */
final class CsvMarkReading {
  /** Enough for a mark to be there a thousand times over. */
  private static final int MOST = 1_000 * CsvBits.LENGTH;

  private final BitSet bits = new BitSet();
  private int length;

  private CsvMarkReading() {}

  /**
   * @param known tells what the bytes of a mark stand for; empty when they are none
   */
  static <T> Optional<T> find(Reader csv, Function<byte[], Optional<T>> known) throws IOException {
    CsvMarkReading reading = new CsvMarkReading();
    reading.read(csv);
    for (int from = 0; from + CsvBits.LENGTH <= reading.length; from++) {
      byte[] bytes = reading.bytes(from);
      if (CsvBits.begins(bytes)) {
        Optional<T> found = known.apply(bytes);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private byte[] bytes(int from) {
    byte[] bytes = new byte[CsvBits.BYTES];
    for (int i = 0; i < CsvBits.LENGTH; i++) {
      if (bits.get(from + i)) {
        bytes[i / 8] |= (byte) (1 << (7 - i % 8));
      }
    }
    return bytes;
  }

  private void read(Reader csv) throws IOException {
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    boolean within = false;
    int next = csv.read();
    if (next == '\uFEFF') {
      next = csv.read();
    }
    while (next >= 0 && length < MOST) {
      char c = (char) next;
      next = csv.read();
      if (within) {
        if (c != '"') {
          field.append(c);
        } else if (next == '"') {
          field.append('"');
          next = csv.read();
        } else {
          within = false;
        }
      } else if (c == '"' && field.isEmpty() && !quoted) {
        quoted = true;
        within = true;
      } else if (c == ',' || c == '\n' || c == '\r') {
        end(field, quoted);
        quoted = false;
      } else {
        field.append(c);
      }
    }
    end(field, quoted);
  }

  private void end(StringBuilder field, boolean quoted) {
    if (MarkedCsv.isFree(field.toString())) {
      bits.set(length++, quoted);
    }
    field.setLength(0);
  }
}
