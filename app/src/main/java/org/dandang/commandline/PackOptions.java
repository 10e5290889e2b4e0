package org.dandang.commandline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

  /** Ids of what was named by id or by folder; all packs when nothing was named. */
  List<String> ids(Packs packs, List<String> names) {
    return names.isEmpty()
        ? packs.ids()
        : names.stream()
            .map(
                name -> {
                  Path path = Path.of(name).toAbsolutePath().normalize();
                  return Files.isDirectory(path) && path.startsWith(packs.root())
                      ? packs.root().relativize(path).toString()
                      : name;
                })
            .toList();
  }
}
