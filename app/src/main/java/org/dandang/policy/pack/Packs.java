package org.dandang.policy.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The packs of a folder: {@code <place>/<practice>/pack.yaml}. Read afresh at every question. */
public final class Packs {
  private final Path root;

  public Packs(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  public Path root() {
    return root;
  }

  /** Ids of all packs, by name. */
  public List<String> ids() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var files = Files.find(root, 3, (path, attributes) -> path.endsWith("pack.yaml"))) {
      return files
          .map(path -> root.relativize(path.getParent()).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every pack that can be used; those that cannot are left to {@code pack check}. */
  public List<Pack> all() {
    return ids().stream().flatMap(id -> read(id, finding -> {}).stream()).toList();
  }

  public Optional<Pack> find(String id) {
    return ids().contains(id) ? read(id, finding -> {}) : Optional.empty();
  }

  /** Reads one pack and tells all that is wrong with its files. */
  public Optional<Pack> read(String id, Consumer<Finding> findings) {
    Path folder = root.resolve(id).normalize();
    if (!folder.startsWith(root) || !Files.isDirectory(folder)) {
      findings.accept(
          Finding.error(id, 0, "", "no-such-pack", String.join(", ", new ArrayList<>(ids()))));
      return Optional.empty();
    }
    return new PackReader(root, folder, findings).read();
  }
}
