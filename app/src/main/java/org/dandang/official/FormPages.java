package org.dandang.official;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.dandang.official.form.AppointmentForm;
import org.dandang.official.form.FormElement;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The appointment-and-removal form on screen, as on paper, and as a file. */
@Controller
class FormPages {
  private final FormComposing forms;
  private final FormWriting writing;
  private final Exports exports;
  private final Ledger ledger;
  private final RecordReadings readings;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ZoneId zone;

  FormPages(
      FormComposing forms,
      FormWriting writing,
      Exports exports,
      Ledger ledger,
      RecordReadings readings,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.forms = forms;
    this.writing = writing;
    this.exports = exports;
    this.ledger = ledger;
    this.readings = readings;
    this.transaction = transaction;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/officials/{id}/form")
  String form(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable LocalDate on,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    return fill(id, on, "/officials/" + id, account, model);
  }

  @GetMapping("/me/form")
  String own(
      @RequestParam(required = false) @Nullable LocalDate on,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    return fill(own(account), on, "/me", account, model);
  }

  private String fill(long id, @Nullable LocalDate on, String back, SignedIn account, Model model) {
    LocalDate day = on == null ? today() : on;
    AppointmentForm form = forms.form(id, day, false).orElseThrow(NotHere::new);
    readings.record(account, id, "form");
    model.addAttribute("form", form);
    model.addAttribute("official", id);
    model.addAttribute("back", back);
    model.addAttribute("on", day);
    model.addAttribute("age", FormComposing.age(form.text(FormElement.BORN), day).orElse(null));
    return "official/form";
  }

  @StepUp
  @GetMapping("/officials/{id}/form.lrmx")
  void file(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    write(id, FormFormat.LRMX, account, response);
  }

  @StepUp
  @GetMapping("/me/form.lrmx")
  void ownFile(@AuthenticationPrincipal SignedIn account, HttpServletResponse response)
      throws IOException {
    write(own(account), FormFormat.LRMX, account, response);
  }

  @StepUp
  @GetMapping("/officials/{id}/form.docx")
  @Nullable ModelAndView document(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      HttpServletResponse response)
      throws IOException {
    return document(id, "/officials/" + id, account, response);
  }

  @StepUp
  @GetMapping("/me/form.docx")
  @Nullable ModelAndView ownDocument(
      @AuthenticationPrincipal SignedIn account, HttpServletResponse response) throws IOException {
    return document(own(account), "/me", account, response);
  }

  /** The document itself; a page that says why where the office's own template cannot be used. */
  private @Nullable ModelAndView document(
      long id, String back, SignedIn account, HttpServletResponse response) throws IOException {
    try {
      write(id, FormFormat.DOCX, account, response);
      return null;
    } catch (TemplateProblem problem) {
      ModelAndView page =
          new ModelAndView("official/template-problem", HttpStatus.INTERNAL_SERVER_ERROR);
      return page.addObject("problem", problem).addObject("back", back + "/form");
    }
  }

  private void write(long id, FormFormat format, SignedIn account, HttpServletResponse response)
      throws IOException {
    AppointmentForm form = forms.form(id, today(), true).orElseThrow(NotHere::new);
    FormWriting.Writer writer = writing.in(format);
    Mark mark = exported(account, Long.toString(id), format.extension());
    response.setContentType(format.contentType());
    response.setHeader(
        "Content-Disposition", mark.attachment(FormExport.name(form, id), format.extension()));
    try (OutputStream out = exports.recorded(mark, response.getOutputStream())) {
      writer.write(form, today(), mark, out);
    }
  }

  @GetMapping("/officials/{id}/photo")
  ResponseEntity<byte[]> photo(@PathVariable long id) {
    return picture(id);
  }

  @GetMapping("/me/photo")
  ResponseEntity<byte[]> ownPhoto(@AuthenticationPrincipal SignedIn account) {
    return picture(own(account));
  }

  private ResponseEntity<byte[]> picture(long id) {
    byte[] image = forms.photo(id);
    if (image == null) {
      throw new NotHere();
    }
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .cacheControl(CacheControl.noStore())
        .body(image);
  }

  private static long own(SignedIn account) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    return own;
  }

  /** The form is in Chinese, and so is the line on it. */
  private Mark exported(SignedIn account, String official, String format) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Mark mark =
                  exports.begin(
                      account.signInName(), "forms-exported", format, 1, Locale.SIMPLIFIED_CHINESE);
              ledger.append(
                  account.signInName(),
                  "forms-exported",
                  "official",
                  official,
                  Map.of("count", 1, "form", format, "export", mark.id().toString()));
              return mark;
            }));
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }
}
