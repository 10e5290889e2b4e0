package org.dandang.survey.ballot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.dandang.platform.storage.StorageProblem;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The keys of pools, each a file beside the key of the installation and never in the database. A
 * key is overwritten and deleted as soon as its vote is closed: from then on nobody can read what
 * the database, its write-ahead log or its backups still hold of the pool.
 */
@Component
public class PoolKeys {
  private static final int BYTES = 32;
  private static final String SUFFIX = ".pool";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;

  PoolKeys(@Value("${dandang.key}") String key) {
    Path parent = Path.of(key).toAbsolutePath().getParent();
    this.folder = (parent == null ? Path.of("") : parent).resolve("ballots");
  }

  /** Makes the key of a new pool; it is on the disk when this returns. */
  public void make(UUID pool) {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    try {
      Files.createDirectories(folder);
      Path file = file(pool);
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        write(channel, key);
      }
      try (FileChannel parent = FileChannel.open(folder, StandardOpenOption.READ)) {
        parent.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The key of a pool.
   *
   * @throws StorageProblem when it is gone, and with it the ballots of the pool
   */
  byte[] of(UUID pool) {
    try {
      byte[] key = Files.readAllBytes(file(pool));
      if (key.length != BYTES) {
        throw new StorageProblem("The key of ballots %s is damaged.".formatted(file(pool)));
      }
      return key;
    } catch (NoSuchFileException e) {
      throw new StorageProblem(
          "The key of ballots %s is not there. Restore it from where the key folder is kept; without it the ballots received so far cannot be opened."
              .formatted(file(pool)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Overwrites and deletes a key; nothing when it is gone already. */
  public void destroy(UUID pool) {
    Path file = file(pool);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] noise = new byte[BYTES];
      RANDOM.nextBytes(noise);
      write(channel, noise);
      Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      // Destroyed before.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pools whose keys are there. */
  public List<UUID> kept() {
    List<UUID> kept = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
        for (Path file : files) {
          String name = String.valueOf(file.getFileName());
          kept.add(UUID.fromString(name.substring(0, name.length() - SUFFIX.length())));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return kept;
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(true);
  }

  private Path file(UUID pool) {
    return folder.resolve(pool + SUFFIX);
  }
}
