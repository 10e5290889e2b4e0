package org.dandang.policy.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The packs of a folder: {@code <place>/<practice>/pack.yaml}. Read anew when a file has changed.
 */
public final class Packs {
  private final Path root;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  /** A pack as it was when its files had these sizes and times. */
  private record Read(Map<String, String> files, Optional<Pack> pack) {}

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
    return ids().stream().flatMap(id -> find(id).stream()).toList();
  }

  /** Of those the packs that decide something. */
  public List<Pack> policies() {
    return all().stream().filter(pack -> pack.holds(Part.Policy.class)).toList();
  }

  public Optional<Pack> find(String id) {
    Path folder = root.resolve(id).normalize();
    if (!folder.startsWith(root) || !Files.isRegularFile(folder.resolve("pack.yaml"))) {
      return Optional.empty();
    }
    Map<String, String> files = files(folder);
    Read known = read.get(id);
    if (known == null || !known.files().equals(files)) {
      known = new Read(files, read(id, finding -> {}));
      read.put(id, known);
    }
    return known.pack();
  }

  private static Map<String, String> files(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try (var entries = Files.walk(folder, 2)) {
      for (Path file : entries.toList()) {
        BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
        files.put(
            folder.relativize(file).toString(), about.size() + " " + about.lastModifiedTime());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
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
