package org.dandang.official.form;

import java.nio.ByteBuffer;
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
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final List<Charset> TAKEN_FOR =
      List.of(GB18030, StandardCharsets.ISO_8859_1, Charset.forName("windows-1252"));
  private static final int ENOUGH = 6;
  private static final int MEANT = 3;

  private Garbled() {}

  /** True for text that surely was; short texts are given the benefit of the doubt. */
  public static boolean is(String text) {
    return text.indexOf('\ufffd') >= 0 || misread(text);
  }

  /** True where most of what is not ASCII was in another encoding once. */
  public static boolean misread(String text) {
    if (text.contains("锟斤拷")) {
      return true;
    }
    StringBuilder foreign = new StringBuilder();
    int lost = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7f) {
        foreign.append(c);
        lost += c == '\ufffd' ? 1 : 0;
      }
    }
    if (foreign.length() < ENOUGH) {
      return false;
    }
    return 2 * lost >= foreign.length()
        || TAKEN_FOR.stream().anyMatch(charset -> takenFor(charset, foreign.toString()));
  }

  /**
   * Read back as UTF-8, misread Chinese gives Chinese but for a character here and there whose
   * bytes were lost; Chinese that is in order gives hardly any. A column of nothing but 女 happens
   * to be UTF-8 of another alphabet, so that GBK counts only where Chinese comes out.
   */
  private static boolean takenFor(Charset charset, String text) {
    byte[] bytes = text.getBytes(charset);
    String meant = new String(bytes, StandardCharsets.UTF_8);
    long chinese =
        meant.chars().filter(c -> c >= 0x2e80 && c <= 0x9fff || c >= 0xff00 && c < 0xfff0).count();
    long lost = meant.chars().filter(c -> c == '\ufffd').count();
    if (chinese >= MEANT && chinese >= lost) {
      return true;
    }
    return !charset.equals(GB18030) && wholly(charset, text, bytes);
  }

  private static boolean wholly(Charset charset, String text, byte[] bytes) {
    if (!charset.newEncoder().canEncode(text)) {
      return false;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
