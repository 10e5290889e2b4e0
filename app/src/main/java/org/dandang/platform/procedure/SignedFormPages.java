package org.dandang.platform.procedure;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Forms of matters to print, as documents, and the files attached to them. */
@Controller
class SignedFormPages {
  private static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  private final Reading reading;
  private final Papers papers;
  private final Filling filling;
  private final PaperDocuments documents;
  private final Printing printing;
  private final MatterReadings readings;
  private final Exports exports;

  SignedFormPages(
      Reading reading,
      Papers papers,
      Filling filling,
      PaperDocuments documents,
      MatterReadings readings,
      Printing printing,
      Exports exports) {
    this.exports = exports;
    this.printing = printing;
    this.readings = readings;
    this.reading = reading;
    this.papers = papers;
    this.filling = filling;
    this.documents = documents;
  }

  @GetMapping("/matters/{id}/papers/{paper}")
  String paper(
      @PathVariable long id,
      @PathVariable long paper,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    MatterView view = reading.view(id, account).orElseThrow(NotHere::new);
    Paper found = paper(view, paper);
    readings.record(view.matter(), account, "matter-paper");
    model.addAttribute("view", view);
    model.addAttribute("paper", found);
    model.addAttribute("printed", printing.of(view, found, page).orElse(null));
    return "platform/procedure/paper";
  }

  @StepUp
  @GetMapping("/matters/{id}/papers/{paper}.docx")
  void docx(
      @PathVariable long id,
      @PathVariable long paper,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      HttpServletResponse response)
      throws IOException {
    MatterView view = reading.view(id, account).orElseThrow(NotHere::new);
    Paper found = paper(view, paper);
    Optional<PrintedPaper> printed = printing.of(view, found, page);
    Mark mark = readings.exported(view.matter(), found, account, page.language());
    String title =
        printed
            .map(PrintedPaper::title)
            .orElse(view.matter().procedure().texts().in(page.tag(), "form." + found.form()));
    response.setContentType(DOCX);
    response.setHeader("Content-Disposition", mark.attachment(title + "-" + id, "docx"));
    byte[] document =
        printed.isPresent()
            ? documents.write(printed.get(), mark)
            : documents.write(view, found, page, mark);
    try (OutputStream out = exports.recorded(mark, response.getOutputStream())) {
      out.write(document);
    }
  }

  private static Paper paper(MatterView view, long id) {
    return view.papers().stream()
        .filter(one -> one.id() == id)
        .findFirst()
        .orElseThrow(NotHere::new);
  }

  @PostMapping("/matters/{id}/documents")
  String attach(
      @PathVariable long id,
      @RequestParam String field,
      @RequestParam MultipartFile file,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after)
      throws IOException {
    MatterView view = reading.view(id, account).orElseThrow(NotHere::new);
    Form form = view.form();
    if (form == null) {
      throw new NotHere();
    }
    try {
      if (file.getSize() > Papers.MAX_FILE) {
        throw Cases.refused("file-size", Papers.MAX_FILE / 1_000_000);
      }
      String name = file.getOriginalFilename();
      filling.attach(
          view.matter(),
          step(view),
          form,
          field,
          name == null ? "" : name,
          file.getBytes(),
          account);
    } catch (Refused refused) {
      after.addFlashAttribute("fileProblem", refused.text(page.language()));
    }
    return "redirect:/matters/" + id + "#form";
  }

  @PostMapping("/matters/{id}/documents/{document}/remove")
  String remove(
      @PathVariable long id,
      @PathVariable long document,
      @AuthenticationPrincipal SignedIn account) {
    MatterView view = reading.view(id, account).orElseThrow(NotHere::new);
    filling.remove(view.matter(), document, account);
    return "redirect:/matters/" + id + "#form";
  }

  @GetMapping("/matters/{id}/documents/{document}")
  ResponseEntity<byte[]> document(
      @PathVariable long id,
      @PathVariable long document,
      @AuthenticationPrincipal SignedIn account) {
    MatterView view = reading.view(id, account).orElseThrow(NotHere::new);
    java.util.stream.Stream<Paper> seen =
        view.draft() == null
            ? view.papers().stream()
            : java.util.stream.Stream.concat(
                view.papers().stream(), java.util.stream.Stream.of(view.draft()));
    Attached file =
        seen.flatMap(paper -> paper.documents().stream())
            .filter(one -> one.id() == document)
            .findFirst()
            .orElseThrow(NotHere::new);
    readings.record(view.matter(), account, "matter-document");
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition(file.name()))
        .header("X-Content-Type-Options", "nosniff")
        .body(papers.content(file).orElseThrow(NotHere::new));
  }

  private static String disposition(String name) {
    return ContentDisposition.attachment()
        .filename(name, StandardCharsets.UTF_8)
        .build()
        .toString();
  }

  private static @Nullable Long step(MatterView view) {
    OpenStep open = view.open();
    return view.matter().state() == Matter.State.DRAFT || open == null ? null : open.id();
  }
}
