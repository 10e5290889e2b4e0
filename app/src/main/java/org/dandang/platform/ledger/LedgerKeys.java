package org.dandang.platform.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The key that signs checkpoints, in a file beside the installation's own key and never in the
 * database, and the public keys this installation ever had, a line each.
 *
 * <p>Who owns the database but not these files cannot sign what he rebuilds.
 */
final class LedgerKeys {
  /** Beside the key file; readable by everybody and part of every backup. */
  static final String PUBLIC = "ledger-keys.pub";

  private final Path folder;

  /**
   * @param folder where the files lie
   */
  LedgerKeys(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** A key pair ready to sign with. */
  record Signing(LedgerAlgorithm algorithm, PrivateKey own, byte[] shown) {
    Checkpoint sign(Checkpoint checkpoint) {
      try {
        Signature signature = algorithm.signature();
        signature.initSign(own);
        signature.update(checkpoint.text().getBytes(StandardCharsets.UTF_8));
        return checkpoint.signed(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a checkpoint could not be signed", e);
      }
    }
  }

  Path file(LedgerAlgorithm algorithm) {
    return folder.resolve(
        switch (algorithm) {
          case SHA_256 -> "ledger-key";
          case SM3 -> "ledger-key-sm2";
        });
  }

  /** The key of an algorithm; the first use makes one. */
  Signing signing(LedgerAlgorithm algorithm) throws IOException {
    Path file = file(algorithm);
    if (!Files.exists(file)) {
      make(algorithm, file);
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    try {
      if (lines.size() < 2) {
        throw new IOException("The key file %s is cut off.".formatted(file));
      }
      byte[] shown = Base64.getDecoder().decode(lines.get(1));
      PrivateKey own =
          algorithm
              .keys()
              .generatePrivate(
                  new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.getFirst())));
      publish(shown);
      return new Signing(algorithm, own, shown);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("The key file %s does not hold a key.".formatted(file), e);
    }
  }

  /** Every public key this installation ever signed with; empty where none is known. */
  static List<byte[]> trusted(Path folder) throws IOException {
    Path file = folder.resolve(PUBLIC);
    List<byte[]> keys = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        if (!line.isBlank()) {
          try {
            keys.add(Base64.getDecoder().decode(line.strip()));
          } catch (IllegalArgumentException e) {
            throw new IOException("%s holds a line that is no key.".formatted(file), e);
          }
        }
      }
    }
    return keys;
  }

  private void make(LedgerAlgorithm algorithm, Path file) throws IOException {
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(
            folder,
            file.getFileName() + ".",
            ".draft",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      KeyPair pair = algorithm.newKey();
      Files.writeString(
          draft,
          encoded(pair.getPrivate().getEncoded())
              + "\n"
              + encoded(pair.getPublic().getEncoded())
              + "\n",
          StandardOpenOption.SYNC);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process made one in the same moment; that one counts.
    } catch (GeneralSecurityException e) {
      throw new IOException("No key could be made.", e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private void publish(byte[] shown) throws IOException {
    String line = encoded(shown);
    Path file = folder.resolve(PUBLIC);
    if (Files.exists(file) && Files.readAllLines(file, StandardCharsets.US_ASCII).contains(line)) {
      return;
    }
    Files.writeString(
        file,
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
