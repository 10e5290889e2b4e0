package org.dandang.engine;

import java.util.List;
import java.util.stream.Collectors;

/** A model that was refused. Carries every finding, each with the file and the cell. */
public final class InvalidModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  InvalidModelException(List<Finding> findings) {
    super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  /** What is wrong, at least one. */
  public List<Finding> findings() {
    return findings;
  }
}
