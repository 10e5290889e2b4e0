package org.dandang.demonstration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Invented names of people: surnames as common as they are, given names of the person's time. */
final class Names {
  private final List<String> surnames = new ArrayList<>();
  private final List<Integer> upTo = new ArrayList<>();
  private final Map<String, List<String>> given = new HashMap<>();

  Names() {
    try (InputStream in =
            Objects.requireNonNull(Names.class.getResourceAsStream("/demonstration/names.txt"));
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String section = "";
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("[")) {
          section = line.substring(1, line.length() - 1);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          take(section, line.split(" ", -1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String section, String[] words) {
    if (!section.equals("surnames")) {
      given.computeIfAbsent(section, s -> new ArrayList<>()).addAll(List.of(words));
      return;
    }
    for (int i = 0; i < words.length; i += 2) {
      int before = upTo.isEmpty() ? 0 : upTo.getLast();
      surnames.add(words[i]);
      upTo.add(before + Integer.parseInt(words[i + 1]));
    }
  }

  String of(boolean woman, int born, RandomGenerator random) {
    int at = random.nextInt(upTo.getLast());
    int i = 0;
    while (upTo.get(i) <= at) {
      i++;
    }
    String time = born < 1970 ? "before 1970" : born < 1985 ? "1970" : "1985";
    List<String> choice = Objects.requireNonNull(given.get((woman ? "women " : "men ") + time));
    return surnames.get(i) + choice.get(random.nextInt(choice.size()));
  }
}
