package org.dandang.policy.run;

import java.nio.file.Path;
import java.util.Locale;
import org.dandang.policy.PolicyProblem;

/** The forms in which a run's result is written. */
public enum ResultFile {
  XLSX,
  CSV,
  PARQUET;

  /**
   * @throws PolicyProblem for a name that ends in none of the forms
   */
  public static ResultFile of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (ResultFile form : values()) {
      if (name.endsWith("." + form.ending())) {
        return form;
      }
    }
    throw new PolicyProblem("result-form", file);
  }

  /** What names of such files end in, without the dot. */
  public String ending() {
    return name().toLowerCase(Locale.ROOT);
  }
}
