package org.dandang.platform.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.springframework.mock.web.MockHttpServletResponse;

/** What every file that leaves has to show: who took it, outside, inside and hidden. */
public final class MarkedFile {
  private static final Pattern NAME =
      Pattern.compile("filename\\*=UTF-8''(?<coded>\\S+)|filename=\"(?<plain>[^\"]+)\"");
  private static final Pattern NUMBERED =
      Pattern.compile(".+-(?<number>[0-9a-f]{8})\\.(?<ending>csv|xlsx|docx|lrmx|zip)");

  /** The first two bytes of the mark that stands in a csv file's quotation marks. */
  private static final String BEGINNING = "1101101001101101";

  private MarkedFile() {}

  /**
   * Fails unless the answer is a file that says of its name, its text and its marks who took it.
   */
  public static void of(MockHttpServletResponse answer, String signInName, Exports exports)
      throws IOException {
    assertThat(answer.getStatus()).isEqualTo(200);
    of(
        Objects.requireNonNullElse(answer.getHeader("Content-Disposition"), ""),
        answer.getContentAsByteArray(),
        signInName,
        exports);
  }

  static void of(String disposition, byte[] content, String signInName, Exports exports)
      throws IOException {
    Matcher file = NUMBERED.matcher(name(disposition));
    assertThat(file.matches()).as("a number in the name: " + disposition).isTrue();
    String number = file.group("number");
    assertThat(whose(content, exports))
        .as("the register knows the file as it was sent")
        .singleElement()
        .matches(taken -> taken.asSent() && taken.signInName().equals(signInName))
        .matches(taken -> taken.id().toString().startsWith(number));
    if (file.group("ending").equals("csv")) {
      String text = new String(content, StandardCharsets.UTF_8);
      assertThat(text.lines().findFirst().orElse(""))
          .as("visible in the heading")
          .contains(number, signInName);
      String bits = bits(text);
      int length = Math.min(bits.length(), BEGINNING.length());
      assertThat(length).as("fields that carry the hidden mark").isGreaterThan(3);
      assertThat(bits.substring(0, length)).isEqualTo(BEGINNING.substring(0, length));
      return;
    }
    List<String> texts = new ArrayList<>();
    byte[] changed = copied(content, file.group("ending"), texts);
    assertThat(texts)
        .as("visible in every file within")
        .isNotEmpty()
        .allMatch(text -> text.contains(number) && text.contains(signInName));
    assertThat(whose(changed, exports))
        .as("hidden, whatever else was changed")
        .singleElement()
        .matches(taken -> !taken.asSent() && taken.id().toString().startsWith(number));
  }

  private static String name(String disposition) {
    String name = "";
    Matcher each = NAME.matcher(disposition);
    while (each.find()) {
      name =
          each.group("coded") == null
              ? each.group("plain")
              : URLDecoder.decode(each.group("coded"), StandardCharsets.UTF_8);
    }
    return name;
  }

  private static List<Taken> whose(byte[] content, Exports exports) throws IOException {
    Path file = Files.createTempFile("marked", ".bin");
    try {
      Files.write(file, content);
      return exports.whose(file);
    } finally {
      Files.delete(file);
    }
  }

  /** Whether fields that may stand without quotation marks have them: 1 and 0, in order. */
  private static String bits(String csv) {
    StringBuilder bits = new StringBuilder();
    int at = csv.startsWith("\uFEFF") ? 1 : 0;
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    boolean within = false;
    for (; at < csv.length(); at++) {
      char c = csv.charAt(at);
      if (c == '"') {
        if (within && at + 1 < csv.length() && csv.charAt(at + 1) == '"') {
          cell.append('"');
          at++;
        } else {
          within = !within;
          quoted = true;
        }
      } else if (!within && (c == ',' || c == '\n')) {
        if (MarkedCsv.isFree(cell.toString())) {
          bits.append(quoted ? '1' : '0');
        }
        cell.setLength(0);
        quoted = false;
      } else if (within || c != '\r') {
        cell.append(c);
      }
    }
    return bits.toString();
  }

  /** A copy with something added, and what a reader of it sees. */
  private static byte[] copied(byte[] content, String ending, List<String> texts)
      throws IOException {
    if (ending.equals("lrmx")) {
      String text = new String(content, StandardCharsets.UTF_8);
      texts.add(text);
      return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    StringBuilder seen = new StringBuilder();
    Path file = Files.write(Files.createTempFile("marked", ".zip"), content);
    try (ZipFile in = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(copy)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] part = in.getInputStream(entry).readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (ending.equals("zip")) {
          String name = entry.getName();
          part = copied(part, name.substring(name.lastIndexOf('.') + 1), texts);
        } else if (!entry.getName().startsWith("docProps/")) {
          seen.append(new String(part, StandardCharsets.UTF_8));
        }
        out.write(part);
      }
      out.putNextEntry(new ZipEntry("added.txt"));
      out.write('!');
    } finally {
      Files.delete(file);
    }
    if (!ending.equals("zip")) {
      texts.add(seen.toString());
    }
    return copy.toByteArray();
  }
}
