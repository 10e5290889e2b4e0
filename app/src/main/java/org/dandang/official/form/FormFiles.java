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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dandang.official.ImportProblem;
import org.jspecify.annotations.Nullable;

/** The forms in a file, a folder or a zip, one at a time. */
public final class FormFiles {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int MOST_ENTRIES = 500_000;
  private static final long MOST_BYTES = 16L << 30;

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
    // Names without the mark of UTF-8 were written in the encoding of the office's machines.
    try (ZipFile zip = new ZipFile(path.toFile(), GB18030)) {
      if (zip.size() > MOST_ENTRIES) {
        throw new ImportProblem("form-too-many-files", name, MOST_ENTRIES);
      }
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
        byte[] bytes = inflated(zip, form);
        byte[] photo = null;
        if (form.getName().toLowerCase(Locale.ROOT).endsWith(".lrm")) {
          ZipEntry beside = photos.get(form.getName().substring(0, form.getName().length() - 4));
          photo = beside == null ? null : inflated(zip, beside);
        }
        if (bytes == null) {
          taking.take(problem(form.getName(), "form-too-large", LrmxReader.LARGEST >> 20));
          continue;
        }
        total += bytes.length;
        if (total > MOST_BYTES) {
          throw new ImportProblem("inflates-too-far", name, MOST_BYTES >> 20);
        }
        taking.take(new FormFile(form.getName(), bytes, photo, null));
      }
    } catch (java.util.zip.ZipException | IllegalArgumentException e) {
      throw new ImportProblem("form-zip-damaged", name);
    }
  }

  /** Null where it is larger than a form can be, whatever the archive says of its size. */
  private static byte @Nullable [] inflated(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LrmxReader.LARGEST + 1);
      return bytes.length > LrmxReader.LARGEST ? null : bytes;
    }
  }
}
