package org.dandang.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.dandang.platform.procedure.Mutations;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Packs with one broken file are read or told what is wrong; nothing else comes of them. */
class PackFuzzTests {
  private static final int FILES = Boolean.getBoolean("dandang.long") ? 100_000 : 1_000;
  private static final Path SHIPPED = Path.of("..", "packs").toAbsolutePath().normalize();

  /** Packs and those of their files that are broken. */
  private static final List<List<String>> BROKEN =
      List.of(
          List.of(
              "zhaotong/front-line-quota",
              "pack.yaml",
              "parameters.yaml",
              "measures.yaml",
              "cases.yaml"),
          List.of("national/public-notice", "pack.yaml", "parameters.yaml", "public-notice.yaml"),
          List.of("national/panel-vote", "pack.yaml", "parameters.yaml"));

  private static final List<String> WORDS =
      List.of(
          "&a [",
          "*a",
          "<<: *a",
          "!!java.net.URL [x]",
          "- {",
          "}",
          "? x",
          "\t",
          "\u0000",
          "\uFEFF",
          "%YAML 9.9",
          "---\n",
          "id: other/place",
          "place: ../../etc",
          "level: galaxy",
          "practices: [P99]",
          "practices: {}",
          "in-force: {from: 2014-13-01}",
          "in-force: {from: 2014-01-01, to: 2013-01-01}",
          "unit: parsec",
          "by: nothing",
          "values: []",
          "clause: \"99\"",
          "from: 0000-00-00",
          "from: 2016-01-01",
          "0.60",
          "-1",
          "1e999999999",
          "0x7fffffffffffffffffff",
          ".nan",
          "numerator: none",
          "title: x",
          "|",
          ">",
          "'",
          "\"");

  /** What came of so many packs. */
  record Tried(int read, Set<String> told) {}

  static Tried tried(int files) throws IOException {
    Path root = Files.createTempDirectory("pack-fuzz");
    try {
      List<Path> targets = new ArrayList<>();
      List<Mutations> mutations = new ArrayList<>();
      for (List<String> pack : BROKEN) {
        FileSystemUtils.copyRecursively(
            SHIPPED.resolve(pack.getFirst()), root.resolve(pack.getFirst()));
        for (String file : pack.subList(1, pack.size())) {
          Path target = root.resolve(pack.getFirst()).resolve(file);
          targets.add(target);
          mutations.add(new Mutations(Files.readAllBytes(target), WORDS));
        }
      }
      Packs packs = new Packs(root);
      Set<String> told = new TreeSet<>();
      int read = 0;
      for (int i = 0; i < files; i++) {
        Random random = new Random(23L * 1_000_003 + i);
        int which = random.nextInt(targets.size());
        Path target = targets.get(which);
        byte[] whole = Files.readAllBytes(target);
        byte[] broken = mutations.get(which).next(random);
        Files.write(target, broken);
        String id = root.relativize(target.getParent()).toString().replace('\\', '/');
        List<Finding> findings = new ArrayList<>();
        Optional<Pack> pack;
        try {
          pack = packs.read(id, findings::add);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
          throw new AssertionError(
              "pack %d, %s: %s".formatted(i, target, new String(broken, StandardCharsets.UTF_8)),
              e);
        } finally {
          Files.write(target, whole);
        }
        assertThat(pack.isPresent() || !findings.isEmpty()).as("pack " + i).isTrue();
        findings.forEach(finding -> told.add(finding.key()));
        read += pack.isPresent() ? 1 : 0;
      }
      return new Tried(read, told);
    } finally {
      FileSystemUtils.deleteRecursively(root);
    }
  }

  @Test
  void eachIsReadOrToldWhatIsWrong() throws IOException {
    Tried tried = tried(FILES);
    System.out.printf("packs: %,d of %,d read; told: %s%n", tried.read(), FILES, tried.told());
    assertThat(tried.read()).isBetween(FILES / 50, FILES - FILES / 10);
    assertThat(tried.told()).hasSizeGreaterThan(9).contains("yaml", "unknown-key");
  }
}
