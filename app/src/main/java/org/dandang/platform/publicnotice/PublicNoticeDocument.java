package org.dandang.platform.publicnotice;

import com.deepoove.poi.XWPFTemplate;
import com.deepoove.poi.config.Configure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A public notice as the office prints it: A4, black title, text in 仿宋, page numbers. */
final class PublicNoticeDocument {
  private static final DateTimeFormatter SIGNED =
      DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA);

  private PublicNoticeDocument() {}

  /**
   * The document.
   *
   * @param signed day it is signed: when it was published, or today for a draft
   * @param foot sentences about the period and how to object
   */
  static byte[] of(PublicNotice notice, LocalDate signed, List<String> foot) {
    Map<String, Object> values = new HashMap<>();
    values.put("title", notice.title());
    values.put("paragraphs", notice.body().lines().filter(line -> !line.isBlank()).toList());
    values.put("foot", foot);
    values.put("issuer", notice.issuer());
    values.put("signed", SIGNED.format(signed));
    try (InputStream template =
            Objects.requireNonNull(
                PublicNoticeDocument.class.getResourceAsStream("/forms/public-notice.docx"));
        XWPFTemplate filled =
            XWPFTemplate.compile(template, Configure.builder().build()).render(values);
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      filled.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
