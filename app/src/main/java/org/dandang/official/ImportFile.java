package org.dandang.official;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file to take in: csv, csv.gz or xlsx, told apart by its content and its name.
 *
 * @param name shown in messages and kept with the import
 * @param content may be opened several times, each time from the start
 * @param errors where the workbook of refused rows is written; null for none
 * @param within whose rows are taken; others are refused, each with a word. Null: everybody's
 * @param language of the workbook and of the remarks: zh-CN, zh-Hant or en
 */
public record ImportFile(
    String name,
    Content content,
    @Nullable Path errors,
    Locale language,
    @Nullable Jurisdiction within) {
  /** Opens the bytes from their start. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  /** A file on disk, without a workbook of refused rows. */
  public static ImportFile at(Path path) {
    Path name = path.getFileName();
    return of(name == null ? path.toString() : name.toString(), () -> Files.newInputStream(path));
  }

  /** Any content that can be opened again, without a workbook of refused rows. */
  public static ImportFile of(String name, Content content) {
    return new ImportFile(name, content, null, Locale.SIMPLIFIED_CHINESE, null);
  }

  /** The same file, with its refused rows written to a workbook in a language. */
  public ImportFile refusedTo(Path workbook, Locale language) {
    return new ImportFile(name, content, workbook, language, within);
  }

  /** SHA-256 of its bytes, in hexadecimal digits. */
  public String sha256() {
    try (InputStream in = content.open();
        DigestInputStream hashing =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      hashing.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(hashing.getMessageDigest().digest());
    } catch (IOException e) {
      throw new ImportProblem("unreadable", name, String.valueOf(e.getMessage()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same file, reported on in a language. */
  public ImportFile in(Locale language) {
    return new ImportFile(name, content, errors, language, within);
  }

  /** The same file, of which only the rows of a jurisdiction are taken. */
  public ImportFile within(@Nullable Jurisdiction jurisdiction) {
    return new ImportFile(name, content, errors, language, jurisdiction);
  }
}
