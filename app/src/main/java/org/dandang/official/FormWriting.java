package org.dandang.official;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.dandang.official.form.AppointmentForm;
import org.dandang.official.form.FormTemplate;
import org.dandang.official.form.LrmxWriter;
import org.dandang.platform.export.Mark;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The ways a form is written. The DOCX follows the office's own template where there is one: {@code
 * appointment.docx} in the folder of the setting {@code dandang.forms}.
 */
@Component
class FormWriting {
  static final String TEMPLATE = "appointment.docx";

  private final Path folder;

  FormWriting(@Value("${dandang.forms:${dandang.home:.}/forms}") Path folder) {
    this.folder = folder;
  }

  /** Writes one form after another. */
  @FunctionalInterface
  interface Writer {
    /**
     * @param day for which the form is filled in
     * @param mark who takes the form
     */
    void write(AppointmentForm form, LocalDate day, Mark mark, OutputStream out) throws IOException;
  }

  /**
   * @throws TemplateProblem where the office's own template cannot be used
   */
  Writer in(FormFormat format) throws IOException {
    return switch (format) {
      case LRMX ->
          (form, day, mark, out) -> {
            LrmxWriter.write(form, out);
            out.write((mark.comment() + "\r\n").getBytes(StandardCharsets.UTF_8));
          };
      case DOCX -> template()::write;
    };
  }

  private FormTemplate template() throws IOException {
    Path own = folder.resolve(TEMPLATE);
    return Files.isRegularFile(own)
        ? FormTemplate.of(own.getFileName().toString(), Files.readAllBytes(own))
        : FormTemplate.usual();
  }
}
