package org.dandang.policy.pack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.dandang.platform.procedure.Layout;
import org.dandang.platform.procedure.Layouts;
import org.dandang.platform.procedure.Procedure;
import org.springframework.stereotype.Component;

/** The layouts of papers in packs: of each version of a procedure its own. */
@Component
class PackLayouts implements Layouts {
  private final Packs packs;
  private final Map<String, Held> lately = new ConcurrentHashMap<>();

  PackLayouts(Packs packs) {
    this.packs = packs;
  }

  /** What a pack gave, for as long as the pack is the same object. */
  private record Held(Pack pack, Optional<Layout> layout) {}

  @Override
  public Optional<Layout> find(Procedure procedure, String form) {
    Pack pack = packs.find(procedure.pack()).orElse(null);
    if (pack == null) {
      return Optional.empty();
    }
    return lately
        .compute(
            procedure.pack() + " " + procedure.from() + " " + form,
            (key, held) ->
                held != null && held.pack() == pack
                    ? held
                    : new Held(pack, read(pack, procedure, form)))
        .layout();
  }

  private static Optional<Layout> read(Pack pack, Procedure procedure, String form) {
    return pack.part(Part.Procedure.class)
        .flatMap(
            part ->
                part.versions().stream()
                    .filter(version -> version.from().equals(procedure.from()))
                    .findFirst())
        .flatMap(
            version -> {
              Path path = version.papers().get(form);
              return path == null
                  ? Optional.empty()
                  : LayoutReader.read(
                      form,
                      path,
                      String.valueOf(path.getFileName()),
                      LayoutReader.words(pack),
                      f -> {});
            });
  }
}
