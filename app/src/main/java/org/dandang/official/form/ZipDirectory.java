package org.dandang.official.form;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the end of an archive says of its table of contents. Java reads that table whole before it
 * opens an archive: one of millions of entries has to be refused before.
 *
 * @param entries how many
 * @param bytes the table's own size
 */
public record ZipDirectory(long entries, long bytes) {
  private static final int END = 0x06054b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int END_64 = 0x06064b50;
  private static final int END_BYTES = 22;
  private static final int LOCATOR_BYTES = 20;
  private static final int LONGEST_COMMENT = 0xffff;

  /** Of several possible ends the one that claims most; empty where there is none. */
  public static Optional<ZipDirectory> of(Path archive) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "r")) {
      int length = (int) Math.min(file.length(), END_BYTES + LONGEST_COMMENT + LOCATOR_BYTES);
      byte[] bytes = new byte[length];
      file.seek(file.length() - length);
      file.readFully(bytes);
      ByteBuffer tail = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      ZipDirectory most = null;
      for (int at = length - END_BYTES; at >= 0; at--) {
        if (tail.getInt(at) == END) {
          ZipDirectory found = at(file, tail, at);
          if (most == null || found.bytes > most.bytes) {
            most = found;
          }
        }
      }
      return Optional.ofNullable(most);
    }
  }

  private static ZipDirectory at(RandomAccessFile file, ByteBuffer tail, int end)
      throws IOException {
    long entries = Short.toUnsignedLong(tail.getShort(end + 10));
    long bytes = Integer.toUnsignedLong(tail.getInt(end + 12));
    int locator = end - LOCATOR_BYTES;
    if (locator >= 0 && tail.getInt(locator) == LOCATOR_64) {
      long place = tail.getLong(locator + 8);
      if (place >= 0 && place <= file.length() - 56) {
        byte[] large = new byte[56];
        file.seek(place);
        file.readFully(large);
        ByteBuffer end64 = ByteBuffer.wrap(large).order(ByteOrder.LITTLE_ENDIAN);
        if (end64.getInt(0) == END_64) {
          entries = Math.max(entries == 0xffff ? 0 : entries, positive(end64.getLong(32)));
          bytes = Math.max(bytes == 0xffff_ffffL ? 0 : bytes, positive(end64.getLong(40)));
        }
      }
    }
    return new ZipDirectory(entries, Math.min(bytes, file.length()));
  }

  private static long positive(long value) {
    return value < 0 ? Long.MAX_VALUE : value;
  }
}
