package org.dandang.policy.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dandang.policy.PolicyProblem;
import org.jspecify.annotations.Nullable;

/**
 * The packs of a folder: {@code <place>/<practice>/pack.yaml}. Read anew when a file has changed.
 *
 * <p>Looking at some hundred files for every answer costs more than the answer, so what was just
 * looked at holds for a moment.
 */
public final class Packs {
  private final Path root;
  private final long moment;
  private final Map<String, Read> read = new ConcurrentHashMap<>();
  private volatile @Nullable Listed listed;
  private volatile long changed = System.nanoTime();

  /** A pack as it was when its files had these sizes and times. */
  private record Read(Map<String, String> files, Optional<Pack> pack, long at) {}

  private record Listed(List<String> ids, long at) {}

  /** Looks at the files whenever it is asked. */
  public Packs(Path root) {
    this(root, Duration.ZERO);
  }

  /**
   * @param moment for how long what was looked at holds, and so how late a file is seen that
   *     somebody changes
   */
  public Packs(Path root, Duration moment) {
    this.root = root.toAbsolutePath().normalize();
    this.moment = moment.toNanos();
  }

  /** The program has written a file of a pack: the files are looked at again at once. */
  public void lookAgain() {
    changed = System.nanoTime();
  }

  private boolean holds(long at) {
    return at - changed > 0 && System.nanoTime() - at < moment;
  }

  public Path root() {
    return root;
  }

  /** Ids of all packs, by name. */
  public List<String> ids() {
    Listed known = listed;
    if (known == null || !holds(known.at())) {
      long now = System.nanoTime();
      known = new Listed(onDisk(), now);
      listed = known;
    }
    return known.ids();
  }

  private List<String> onDisk() {
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
    Read known = read.get(id);
    if (known != null && holds(known.at())) {
      return known.pack();
    }
    long now = System.nanoTime();
    Path folder = root.resolve(id).normalize();
    if (!folder.startsWith(root) || !Files.isRegularFile(folder.resolve("pack.yaml"))) {
      return Optional.empty();
    }
    Map<String, String> files = files(folder);
    Optional<Pack> pack =
        known != null && known.files().equals(files) ? known.pack() : read(id, finding -> {});
    read.put(id, new Read(files, pack, now));
    return pack;
  }

  /**
   * A pack that can be used.
   *
   * @throws PolicyProblem when there is none of this id, or it has errors
   */
  public Pack usable(String id) {
    if (!ids().contains(id)) {
      throw new PolicyProblem("no-such-pack", id);
    }
    return find(id).orElseThrow(() -> new PolicyProblem("broken-pack", id));
  }

  private static Map<String, String> files(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try {
      // The attributes come with the walk; asking for them again would double the look.
      Files.walkFileTree(
          folder,
          Set.of(),
          2,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes about) {
              return visitFile(place, about);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
              files.put(
                  folder.relativize(file).toString(),
                  about.size() + " " + about.lastModifiedTime().to(TimeUnit.NANOSECONDS));
              return FileVisitResult.CONTINUE;
            }
          });
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
