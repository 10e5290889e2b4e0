package org.dandang.platform.procedure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Files made from a whole one by cutting, doubling, swapping and writing over. */
public final class Mutations {
  private final byte[] whole;
  private final List<String> words;

  public Mutations(byte[] whole, List<String> words) {
    this.whole = whole.clone();
    this.words = List.copyOf(words);
  }

  /** A mutant: one to four changes. */
  public byte[] next(Random random) {
    byte[] bytes = whole;
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes, Random random) {
    if (bytes.length < 4) {
      return whole;
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(60));
    return switch (random.nextInt(9)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> joined(bytes, at, at + length, new byte[0]);
      case 2 -> joined(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      case 3 -> {
        byte[] other = bytes.clone();
        other[at] ^= (byte) (1 << random.nextInt(8));
        yield other;
      }
      case 4 -> joined(bytes, at, at, word(random));
      case 5 -> line(bytes, random, false);
      case 6 -> line(bytes, random, true);
      case 7 -> replaced(bytes, random);
      default -> joined(bytes, at, at + length, word(random));
    };
  }

  private byte[] word(Random random) {
    return words.get(random.nextInt(words.size())).getBytes(StandardCharsets.UTF_8);
  }

  /** A word of the file put in the place of another. */
  private static byte[] replaced(byte[] bytes, Random random) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String[] parts = text.split("\"", -1);
    if (parts.length < 6) {
      return bytes;
    }
    int a = 1 + 2 * random.nextInt((parts.length - 1) / 2);
    int b = 1 + 2 * random.nextInt((parts.length - 1) / 2);
    parts[a] = parts[b];
    return String.join("\"", parts).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] line(byte[] bytes, Random random, boolean twice) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    int at = random.nextInt(lines.length);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      if (i != at || twice) {
        text.append(lines[i]).append('\n');
      }
      if (i == at && twice) {
        text.append(lines[i]).append('\n');
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] bytes, int to, int from, byte[] between) {
    byte[] all = Arrays.copyOf(bytes, to + between.length + bytes.length - from);
    System.arraycopy(between, 0, all, to, between.length);
    System.arraycopy(bytes, from, all, to + between.length, bytes.length - from);
    return all;
  }
}
