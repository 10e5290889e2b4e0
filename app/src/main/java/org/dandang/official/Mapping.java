package org.dandang.official;

import java.util.Locale;

/** How the columns of a file feed the registers; read from a file under {@code mappings/}. */
public interface Mapping {
  /** For example {@code standard/postings}. */
  String id();

  /** The register whose keys the file uses, for example {@code chicago-police}. */
  String source();

  /** In Chinese where the language is not one of zh-CN, zh-Hant and en. */
  String title(Locale language);

  /** The same mapping for a file that uses the keys of another register. */
  Mapping withSource(String source);
}
