package org.dandang.official.form;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dandang.official.ImportProblem;
import org.jspecify.annotations.Nullable;

/** The forms in a file, a folder or a zip, one at a time. */
public final class FormFiles {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int MOST_ENTRIES = 500_000;
  private static final long LARGEST_DIRECTORY = 64L << 20;
  private static final long MOST_BYTES = 16L << 30;

  /** Text and base64 become smaller by tens at most. */
  private static final long RATIO = 200;

  private static final long RATIO_FROM = 1L << 20;

  private FormFiles() {}

  /**
   * A form's file.
   *
   * @param name with its folders
   * @param photo the bytes of the file beside it that holds the photo of a {@code .lrm}
   * @param problem why it could not be read; null when it could
   */
  public record FormFile(
      String name, byte[] bytes, byte @Nullable [] photo, @Nullable ImportProblem problem) {}

  /** Takes one form after the other. */
  @FunctionalInterface
  public interface Taking {
    void take(FormFile file) throws IOException;
  }

  /**
   * Reads all forms.
   *
   * @param expected told how many there are, before the first
   * @throws ImportProblem when there is none
   */
  public static void each(Path path, String name, LongConsumer expected, Taking taking)
      throws IOException {
    if (Files.isDirectory(path)) {
      folder(path, expected, taking);
    } else if (!Files.exists(path)) {
      throw new ImportProblem("missing", name);
    } else if (isZip(path)) {
      zip(path, name, expected, taking);
    } else if (isForm(name)) {
      expected.accept(1);
      taking.take(file(path, name, sibling(path)));
    } else {
      throw new ImportProblem("form-unknown-kind", name);
    }
  }

  private static boolean isZip(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(4);
      return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3;
    }
  }

  private static boolean isForm(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".lrmx") || lower.endsWith(".lrm");
  }

  private static void folder(Path folder, LongConsumer expected, Taking taking) throws IOException {
    List<Path> forms;
    try (Stream<Path> files = Files.walk(folder)) {
      forms =
          files
              .filter(file -> isForm(file.toString()) && Files.isRegularFile(file))
              .sorted()
              .toList();
    }
    if (forms.isEmpty()) {
      throw new ImportProblem("form-none", folder.toString());
    }
    expected.accept(forms.size());
    for (Path form : forms) {
      taking.take(file(form, folder.relativize(form).toString(), sibling(form)));
    }
  }

  private static @Nullable Path sibling(Path form) {
    String file = form.getFileName().toString();
    if (!file.toLowerCase(Locale.ROOT).endsWith(".lrm")) {
      return null;
    }
    String stem = file.substring(0, file.length() - 4);
    for (String ending : List.of(".pic", ".PIC", ".Pic")) {
      Path photo = form.resolveSibling(stem + ending);
      if (Files.isRegularFile(photo)) {
        return photo;
      }
    }
    return null;
  }

  private static FormFile file(Path path, String name, @Nullable Path photo) throws IOException {
    if (Files.size(path) > LrmxReader.LARGEST) {
      return problem(name, "form-too-large", LrmxReader.LARGEST >> 20);
    }
    if (photo != null && Files.size(photo) > LrmxReader.LARGEST) {
      return problem(name, "form-photo-too-large", LrmxReader.LARGEST >> 20);
    }
    return new FormFile(
        name, Files.readAllBytes(path), photo == null ? null : Files.readAllBytes(photo), null);
  }

  private static FormFile problem(String name, String reason, Object... details) {
    Object[] all = new Object[details.length + 1];
    all[0] = name;
    System.arraycopy(details, 0, all, 1, details.length);
    return new FormFile(name, new byte[0], null, new ImportProblem(reason, all));
  }

  private static void zip(Path path, String name, LongConsumer expected, Taking taking)
      throws IOException {
    ZipDirectory directory =
        ZipDirectory.of(path).orElseThrow(() -> new ImportProblem("form-zip-damaged", name));
    if (directory.entries() > MOST_ENTRIES || directory.bytes() > LARGEST_DIRECTORY) {
      throw new ImportProblem("form-too-many-files", name, MOST_ENTRIES);
    }
    // Names without the mark of UTF-8 were written in the encoding of the office's machines.
    try (ZipFile zip = new ZipFile(path.toFile(), GB18030)) {
      List<? extends ZipEntry> forms =
          zip.stream().filter(entry -> !entry.isDirectory() && isForm(entry.getName())).toList();
      if (forms.isEmpty()) {
        throw new ImportProblem("form-none", name);
      }
      Map<String, ZipEntry> photos = new HashMap<>();
      zip.stream()
          .filter(entry -> entry.getName().toLowerCase(Locale.ROOT).endsWith(".pic"))
          .forEach(
              entry ->
                  photos.put(entry.getName().substring(0, entry.getName().length() - 4), entry));
      expected.accept(forms.size());
      long total = 0;
      for (ZipEntry form : forms) {
        FormFile file = inflated(zip, form, photos);
        total += file.bytes().length;
        if (total > MOST_BYTES) {
          throw new ImportProblem("inflates-too-far", name, MOST_BYTES >> 20);
        }
        taking.take(file);
      }
    } catch (java.util.zip.ZipException | IllegalArgumentException e) {
      throw new ImportProblem("form-zip-damaged", name);
    }
  }

  /** What is wrong with one entry does not stop the others. */
  private static FormFile inflated(ZipFile zip, ZipEntry form, Map<String, ZipEntry> photos)
      throws IOException {
    String name = form.getName();
    try {
      byte[] bytes = inflated(zip, form);
      byte[] photo = null;
      if (name.toLowerCase(Locale.ROOT).endsWith(".lrm")) {
        ZipEntry beside = photos.get(name.substring(0, name.length() - 4));
        photo = beside == null ? null : inflated(zip, beside);
      }
      return new FormFile(name, bytes, photo, null);
    } catch (ImportProblem problem) {
      return new FormFile(name, new byte[0], null, problem);
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      return problem(name, "form-entry-damaged");
    }
  }

  /**
   * The bytes of an entry, whatever the archive says of its size.
   *
   * @throws ImportProblem where they are more than a form can have, or than is plausible of so few
   *     compressed ones, or not those that were put in
   */
  private static byte[] inflated(ZipFile zip, ZipEntry entry) throws IOException {
    String name = entry.getName();
    long plausible = Math.max(RATIO_FROM, RATIO * Math.max(entry.getCompressedSize(), 0));
    int most = (int) Math.min(LrmxReader.LARGEST, plausible);
    byte[] bytes;
    try (InputStream in = zip.getInputStream(entry)) {
      bytes = in.readNBytes(most + 1);
    }
    if (bytes.length > LrmxReader.LARGEST) {
      throw new ImportProblem("form-too-large", name, LrmxReader.LARGEST >> 20);
    }
    if (bytes.length > most) {
      throw new ImportProblem("inflates-too-far", name, RATIO_FROM >> 20);
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    if (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue()) {
      throw new ImportProblem("form-entry-damaged", name);
    }
    return bytes;
  }
}
