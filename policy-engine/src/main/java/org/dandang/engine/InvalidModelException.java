package org.dandang.engine;

import java.util.List;
import java.util.stream.Collectors;

/** A DMN file cannot be used; the findings say where and why. */
public final class InvalidModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ModelFinding> findings;

  InvalidModelException(String name, List<ModelFinding> findings) {
    super(
        name
            + ": "
            + findings.stream().map(ModelFinding::toString).collect(Collectors.joining("; ")));
    this.findings = List.copyOf(findings);
  }

  public List<ModelFinding> findings() {
    return findings;
  }
}
