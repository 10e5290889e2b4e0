package org.dandang.official.form;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.official.ImportProblem;

/** From the bytes of a file to clean text, whatever encoding it was written in. */
final class FormText {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Pattern REFERENCE =
      Pattern.compile("&#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}));");

  private FormText() {}

  /**
   * @param text without invisible control characters
   * @param controls how many there were
   */
  record Clean(String text, int controls) {}

  /**
   * UTF-8 with or without its mark, UTF-16 with its mark, or GBK.
   *
   * @throws ImportProblem when it is neither
   */
  static Clean decoded(String file, byte[] bytes) {
    int mark =
        bytes.length >= 3
                && bytes[0] == (byte) 0xef
                && bytes[1] == (byte) 0xbb
                && bytes[2] == (byte) 0xbf
            ? 3
            : 0;
    if (bytes.length >= 2
        && (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe
            || bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff)) {
      return clean(new String(bytes, StandardCharsets.UTF_16));
    }
    // A replacement character stands for bytes that are not UTF-8, or was in the file already.
    String plain = new String(bytes, mark, bytes.length - mark, StandardCharsets.UTF_8);
    String text =
        plain.indexOf('\ufffd') < 0
            ? plain
            : strictly(StandardCharsets.UTF_8, bytes, mark)
                .or(() -> strictly(GB18030, bytes, mark))
                .orElseThrow(() -> new ImportProblem("encoding", file, wrongLine(bytes)));
    if (Garbled.is(text)) {
      throw new ImportProblem("form-garbled", file, "Person");
    }
    return clean(text);
  }

  private static Optional<String> strictly(Charset charset, byte[] bytes, int from) {
    try {
      CharBuffer decoded =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
      return Optional.of(decoded.toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static int wrongLine(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    return 1 + (int) out.chars().filter(c -> c == '\n').count();
  }

  /** A form may be large: its text is copied only where something has to be taken out of it. */
  private static Clean clean(String text) {
    int controls = 0;
    String plain = text;
    if (text.chars().anyMatch(FormText::isControl)) {
      StringBuilder kept = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (isControl(c)) {
          controls++;
        } else {
          kept.append(c);
        }
      }
      plain = kept.toString();
    }
    if (plain.contains("&#")) {
      Matcher references = REFERENCE.matcher(plain);
      StringBuilder result = new StringBuilder(plain.length());
      while (references.find()) {
        int code =
            references.group(1) != null
                ? Integer.parseInt(references.group(1), 16)
                : Integer.parseInt(references.group(2));
        if (isControl(code)) {
          controls++;
          references.appendReplacement(result, "");
        }
      }
      plain = references.appendTail(result).toString();
    }
    return new Clean(plain, controls);
  }

  /** U+0000–001F and U+007F–009F, but for tabs and line ends. */
  private static boolean isControl(int c) {
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c >= 0x7f && c <= 0x9f;
  }
}
