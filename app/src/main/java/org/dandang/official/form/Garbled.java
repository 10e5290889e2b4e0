package org.dandang.official.form;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whether text was read in a wrong encoding before it was saved: UTF-8 taken for GBK or for Latin-1
 * ("å¼ ä¸‰"), or GBK taken for UTF-8, which leaves U+FFFD behind. What it said cannot be trusted.
 */
public final class Garbled {
  private static final List<Charset> TAKEN_FOR =
      List.of(
          Charset.forName("GB18030"), StandardCharsets.ISO_8859_1, Charset.forName("windows-1252"));
  private static final int ENOUGH = 6;

  private Garbled() {}

  /** True for text that surely was; short texts are given the benefit of the doubt. */
  public static boolean is(String text) {
    if (text.indexOf('\ufffd') >= 0 || text.contains("锟斤拷")) {
      return true;
    }
    String foreign = text.replaceAll("[\\x00-\\x7f]", "");
    if (foreign.length() < ENOUGH) {
      return false;
    }
    for (Charset charset : TAKEN_FOR) {
      try {
        ByteBuffer bytes =
            charset
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .encode(CharBuffer.wrap(foreign));
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(bytes);
        return true;
      } catch (CharacterCodingException e) {
        // Not taken for this one.
      }
    }
    return false;
  }
}
