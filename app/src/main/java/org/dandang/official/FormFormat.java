package org.dandang.official;

import java.util.Locale;

/** A file an appointment-and-removal form is written to. */
public enum FormFormat {
  /** The exchange file of organization departments. */
  LRMX("application/xml;charset=UTF-8"),
  /** A document with the layout of the paper form. */
  DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document");

  private final String contentType;

  FormFormat(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /** How files of it end, without the dot. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
