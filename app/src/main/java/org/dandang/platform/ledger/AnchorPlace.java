package org.dandang.platform.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A place outside the database to which checkpoints are pushed. Only what its owner cannot write to
 * proves anything to others: another machine, another office.
 */
sealed interface AnchorPlace {
  /**
   * Hands checkpoints over, the first first.
   *
   * @throws IOException when the place did not take them; they are offered again later
   */
  void push(List<Checkpoint> checkpoints) throws IOException, InterruptedException;

  /** As in the setting. */
  String name();

  /** Whether it holds nothing of a chain any more, or yet: it then gets all of it. */
  default boolean isEmpty(Checkpoint of) {
    return false;
  }

  /**
   * Reads the setting: places with commas between them; each a folder, {@code https://…} or {@code
   * command:…}.
   */
  static List<AnchorPlace> of(String setting) {
    return Arrays.stream(setting.split(","))
        .map(String::strip)
        .filter(place -> !place.isEmpty())
        .map(
            place -> {
              if (place.startsWith("http://") || place.startsWith("https://")) {
                return new Address(URI.create(place));
              }
              if (place.startsWith("command:")) {
                return new Command(place.substring("command:".length()).strip());
              }
              return (AnchorPlace) new Folder(Path.of(place));
            })
        .toList();
  }

  /** A file for each day, a line a checkpoint; lines are only ever added. */
  record Folder(Path folder) implements AnchorPlace {
    @Override
    public String name() {
      return folder.toString();
    }

    @Override
    public boolean isEmpty(Checkpoint of) {
      return !Files.exists(own(of).resolve("newest.json"));
    }

    private Path own(Checkpoint of) {
      return folder.resolve("ledger-" + of.database());
    }

    @Override
    public void push(List<Checkpoint> checkpoints) throws IOException {
      Path own = own(checkpoints.getFirst());
      Files.createDirectories(own);
      for (Checkpoint checkpoint : checkpoints) {
        LocalDate day = LocalDate.ofInstant(checkpoint.at(), ZoneOffset.UTC);
        append(own.resolve(day + ".jsonl"), checkpoint.line() + "\n");
      }
      Path draft = own.resolve("newest.json.new");
      Files.writeString(draft, checkpoints.getLast().line() + "\n", StandardOpenOption.CREATE);
      force(draft, StandardOpenOption.WRITE);
      Files.move(
          draft,
          own.resolve("newest.json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      force(own, StandardOpenOption.READ);
    }

    /** What a cut left of a line is ended first, so that the next one begins a line of its own. */
    private static void append(Path file, String line) throws IOException {
      try (FileChannel out =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        long end = out.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        boolean cut = end > 0 && out.read(last, end - 1) == 1 && last.get(0) != '\n';
        ByteBuffer bytes =
            ByteBuffer.wrap(((cut ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8));
        long at = end;
        while (bytes.hasRemaining()) {
          at += out.write(bytes, at);
        }
        out.force(true);
      }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
      try (FileChannel channel = FileChannel.open(path, option)) {
        channel.force(true);
      }
    }
  }

  /** A program that reads lines from its standard input and ends with 0 when it has kept them. */
  record Command(String words) implements AnchorPlace {
    private static final long PATIENCE = 30;

    @Override
    public String name() {
      return "command:" + words;
    }

    @Override
    public void push(List<Checkpoint> checkpoints) throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(Arrays.asList(words.split("\\s+")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(lines(checkpoints).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        process.destroyForcibly();
        throw e;
      }
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("it did not end within %d s".formatted(PATIENCE));
      }
      if (process.exitValue() != 0) {
        throw new IOException("it ended with " + process.exitValue());
      }
    }
  }

  /** A server that takes lines by POST and answers 2xx when it has kept them. */
  record Address(URI address) implements AnchorPlace {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
      return address.toString();
    }

    @Override
    public void push(List<Checkpoint> checkpoints) throws IOException, InterruptedException {
      try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
        HttpResponse<Void> answer =
            client.send(
                HttpRequest.newBuilder(address)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/x-ndjson")
                    .POST(HttpRequest.BodyPublishers.ofString(lines(checkpoints)))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
          throw new IOException("it answered " + answer.statusCode());
        }
      }
    }
  }

  private static String lines(List<Checkpoint> checkpoints) {
    StringBuilder lines = new StringBuilder();
    checkpoints.forEach(each -> lines.append(each.line()).append('\n'));
    return lines.toString();
  }

  /**
   * The checkpoints in a file, or in all files of a folder and the folders in it. A last line that
   * a cut left unfinished is passed over.
   *
   * @throws IllegalArgumentException when a file holds something else; the message names it and the
   *     line
   */
  static List<Checkpoint> read(Path place) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(place)) {
      try (var all = Files.walk(place)) {
        all.filter(file -> file.toString().endsWith(".jsonl") || file.toString().endsWith(".json"))
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(files::add);
      }
    } else {
      files.add(place);
    }
    List<Checkpoint> found = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (line.isEmpty() || !line.endsWith("}")) {
          continue;
        }
        try {
          found.add(Checkpoint.of(line));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "%s, line %d: %s".formatted(file, i + 1, e.getMessage()), e);
        }
      }
    }
    return found;
  }
}
