package org.dandang.official.importing;

/** Tells whether a stream of bytes is UTF-8, and on which line it first is not. */
final class Utf8Check {
  private int expected;
  private int low = 0x80;
  private int high = 0xbf;
  private long lines;
  private long wrongLine = -1;

  void take(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      int b = bytes[i];
      if (b >= 0 && expected == 0) {
        if (b == '\n') {
          lines++;
        }
        continue;
      }
      if (wrongLine >= 0) {
        if (b == '\n') {
          lines++;
        }
        expected = 0;
        continue;
      }
      int unsigned = b & 0xff;
      if (expected > 0) {
        if (unsigned < low || unsigned > high) {
          wrongLine = lines + 1;
          expected = 0;
          if (b == '\n') {
            lines++;
          }
          continue;
        }
        low = 0x80;
        high = 0xbf;
        expected--;
      } else if (unsigned >= 0xc2 && unsigned <= 0xdf) {
        expected = 1;
      } else if (unsigned >= 0xe0 && unsigned <= 0xef) {
        expected = 2;
        low = unsigned == 0xe0 ? 0xa0 : 0x80;
        high = unsigned == 0xed ? 0x9f : 0xbf;
      } else if (unsigned >= 0xf0 && unsigned <= 0xf4) {
        expected = 3;
        low = unsigned == 0xf0 ? 0x90 : 0x80;
        high = unsigned == 0xf4 ? 0x8f : 0xbf;
      } else {
        wrongLine = lines + 1;
      }
    }
  }

  /** Line ends seen. */
  long lines() {
    return lines;
  }

  /** After the last byte: the first line that is not UTF-8; -1 when all is. */
  long wrongLine() {
    return wrongLine >= 0 ? wrongLine : expected > 0 ? lines + 1 : -1;
  }
}
