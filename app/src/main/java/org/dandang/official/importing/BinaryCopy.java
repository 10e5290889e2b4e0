package org.dandang.official.importing;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Writes rows in PostgreSQL's binary copy format. */
final class BinaryCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int SEND_FROM = 1 << 16;
  private static final int DAYS_TO_2000 = 10_957;

  private final CopyIn copy;
  private byte[] bytes = new byte[SEND_FROM + (1 << 14)];
  private int at;

  BinaryCopy(CopyIn copy) {
    this.copy = copy;
    System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
    at = SIGNATURE.length;
  }

  void row(int columns) throws SQLException {
    if (at >= SEND_FROM) {
      copy.writeToCopy(bytes, 0, at);
      at = 0;
    }
    room(2);
    put2(columns);
  }

  void nothing() {
    room(4);
    put4(-1);
  }

  void text(@Nullable String text) {
    if (text == null) {
      nothing();
      return;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    room(4 + encoded.length);
    put4(encoded.length);
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
    at += encoded.length;
  }

  void bytes(byte[] value) {
    room(4 + value.length);
    put4(value.length);
    System.arraycopy(value, 0, bytes, at, value.length);
    at += value.length;
  }

  void truth(boolean value) {
    room(5);
    put4(1);
    bytes[at++] = (byte) (value ? 1 : 0);
  }

  void int2(int value) {
    room(6);
    put4(2);
    put2(value);
  }

  void int4(int value) {
    room(8);
    put4(4);
    put4(value);
  }

  void int8(long value) {
    room(12);
    put4(8);
    put4((int) (value >>> 32));
    put4((int) value);
  }

  /** A date as days since 1970. */
  void date(long days) {
    int4((int) (days - DAYS_TO_2000));
  }

  int position() {
    return at;
  }

  /** Mixes the bytes from a position on into a number that tells rows apart. */
  long digest(long seed, int from) {
    long mixed = seed;
    for (int i = from; i < at; i++) {
      mixed = (mixed ^ bytes[i]) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return mixed;
  }

  void end() throws SQLException {
    room(2);
    put2(-1);
    copy.writeToCopy(bytes, 0, at);
    copy.endCopy();
  }

  void cancel() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void room(int more) {
    if (at + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
    }
  }

  private void put2(int value) {
    bytes[at++] = (byte) (value >>> 8);
    bytes[at++] = (byte) value;
  }

  private void put4(int value) {
    bytes[at++] = (byte) (value >>> 24);
    bytes[at++] = (byte) (value >>> 16);
    bytes[at++] = (byte) (value >>> 8);
    bytes[at++] = (byte) value;
  }
}
