package org.dandang.official.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.official.Mapping;
import org.dandang.official.Mappings;
import org.springframework.stereotype.Component;

/** The {@code mappings} folder of the project. */
@Component
class MappingFolder implements Mappings {
  private static final String NAME = "[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+";

  private final FileReading reading;

  MappingFolder(FileReading reading) {
    this.reading = reading;
  }

  @Override
  public Mapping named(String nameOrPath) {
    if (nameOrPath.matches(NAME)) {
      Optional<Path> known =
          folder().map(folder -> folder.resolve(nameOrPath + ".yaml")).filter(Files::isRegularFile);
      if (known.isPresent()) {
        return at(known.get());
      }
    }
    Path path = Path.of(nameOrPath);
    if (Files.isRegularFile(path)) {
      return at(path);
    }
    throw new ImportProblem("mapping-not-found", nameOrPath, String.join(", ", names()));
  }

  @Override
  public Mapping at(Path yaml) {
    return MappingReader.read(yaml);
  }

  @Override
  public Mapping fitting(ImportFile file) {
    List<MappingDefinition> standard = new ArrayList<>();
    for (String name : names()) {
      if (name.startsWith("standard/")) {
        standard.add((MappingDefinition) named(name));
      }
    }
    return reading.fitting(file, standard);
  }

  @Override
  public List<String> names() {
    Optional<Path> folder = folder();
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder.get())) {
      return files
          .map(file -> folder.get().relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .filter(name -> name.matches(NAME))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<Path> folder() {
    String home = System.getProperty("dandang.home");
    Path from = Path.of(home == null ? "" : home).toAbsolutePath().normalize();
    for (Path at = from; at != null; at = at.getParent()) {
      Path mappings = at.resolve("mappings");
      if (Files.isDirectory(mappings.resolve("standard"))) {
        return Optional.of(mappings);
      }
      if (home != null) {
        break;
      }
    }
    return Optional.empty();
  }
}
