package org.dandang.platform.sealing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keeps the key of the installation, in a file beside the database and never in it. The first use
 * makes one; a key that was lost cannot be made again, so it is to be kept apart from the backups
 * of the database.
 */
@Component
public class Sealing {
  private static final int BYTES = 32;

  private final Path file;
  private byte @Nullable [] root;

  Sealing(@Value("${dandang.key}") String file) {
    this.file = Path.of(file);
  }

  /** A seal for one user of it. */
  public Seal seal() {
    return new Seal(root());
  }

  Path file() {
    return file;
  }

  /** Whether there is a key already. */
  boolean isThere() {
    return Files.exists(file);
  }

  private synchronized byte[] root() {
    if (root == null) {
      try {
        root = Files.exists(file) ? read() : made();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "The key file %s cannot be read or written: %s".formatted(file, e.getMessage()), e);
      }
    }
    return root;
  }

  private byte[] read() throws IOException {
    String text = Files.readString(file).strip();
    if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new IOException("it does not hold a key of " + BYTES + " bytes");
    }
    return HexFormat.of().parseHex(text);
  }

  /** Written whole under another name first: a key cut off in the middle would be no key. */
  private byte[] made() throws IOException {
    byte[] fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(
            folder,
            file.getFileName() + ".",
            ".draft",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, HexFormat.of().formatHex(fresh) + "\n", StandardOpenOption.SYNC);
      Files.createLink(file, draft);
      return fresh;
    } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
      return read();
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
