package org.dandang.official;

import java.nio.file.Path;
import java.util.List;

/**
 * Finds mappings: by name under the {@code mappings} folder of the project (system property {@code
 * dandang.home}, else the working directory and those above it), or by the path of a YAML file.
 */
public interface Mappings {
  /** A mapping to choose, with its title in the reader's language. */
  record Choice(String name, String title) {}

  /**
   * @param nameOrPath {@code chicago-police/roster}, or the path of a YAML file
   * @throws ImportProblem when there is none, or it is not well-formed; file and line are named
   */
  Mapping named(String nameOrPath);

  /**
   * @throws ImportProblem when it is not well-formed; file and line are named
   */
  Mapping at(Path yaml);

  /**
   * The standard mapping whose columns the file has.
   *
   * @throws ImportProblem when none fits or two fit equally well
   */
  Mapping fitting(ImportFile file);

  /** The names of all mappings found, sorted. */
  List<String> names();
}
