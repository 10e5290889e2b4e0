package org.dandang.commandline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dandang.policy.Words;
import org.dandang.policy.pack.Packs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where packs are, and in which language to speak of them. */
final class PackOptions {
  @Option(
      names = "--packs",
      paramLabel = "DIR",
      description = "Folder of the packs (default: packs beside the program).")
  @Nullable Path folder;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      defaultValue = "${DANDANG_LANGUAGE:-en}",
      description = "zh-CN, zh-Hant or en (default: ${DEFAULT-VALUE}).")
  String tag = "en";

  Locale language() {
    return Locale.forLanguageTag(tag);
  }

  /** The product's own tag of the language. */
  String languageTag() {
    return Words.tag(language());
  }

  Packs packs() {
    return new Packs(
        folder != null ? folder : Path.of(System.getProperty("dandang.home", "."), "packs"));
  }

  /** Packs that a command is to work on. */
  record Chosen(Packs packs, List<String> ids) {}

  /**
   * What was named: ids, folders of packs within the packs' own, or one folder anywhere, of a pack
   * or of several; all packs when nothing was named.
   */
  Chosen chosen(List<String> names) {
    if (names.isEmpty()) {
      return new Chosen(packs(), packs().ids());
    }
    Path first = Path.of(names.getFirst()).toAbsolutePath().normalize();
    if (names.size() == 1 && Files.isDirectory(first) && !first.startsWith(packs().root())) {
      Path place = first.getParent();
      if (!Files.exists(first.resolve("pack.yaml"))) {
        return new Chosen(new Packs(first), new Packs(first).ids());
      }
      if (place != null && place.getParent() != null) {
        Packs others = new Packs(place.getParent());
        return new Chosen(others, List.of(others.root().relativize(first).toString()));
      }
    }
    Packs packs = packs();
    return new Chosen(packs, names.stream().flatMap(name -> within(packs, name)).toList());
  }

  private static Stream<String> within(Packs packs, String name) {
    Path path = Path.of(name).toAbsolutePath().normalize();
    if (!Files.isDirectory(path) || !path.startsWith(packs.root())) {
      return Stream.of(name);
    }
    Path folder = packs.root().relativize(path);
    return Files.exists(path.resolve("pack.yaml"))
        ? Stream.of(folder.toString())
        : packs.ids().stream()
            .filter(id -> path.equals(packs.root()) || Path.of(id).startsWith(folder));
  }
}
