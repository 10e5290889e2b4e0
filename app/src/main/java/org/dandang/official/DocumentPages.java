package org.dandang.official;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.servlet.ModelAndView;

/**
 * Handing files in, and giving them out as they were: always saved, never shown, so that nothing in
 * them may run.
 */
@Controller
class DocumentPages {
  private final Documents documents;
  private final Officials officials;
  private final MessageSource messages;
  private final RecordReadings readings;

  DocumentPages(
      Documents documents, Officials officials, MessageSource messages, RecordReadings readings) {
    this.documents = documents;
    this.officials = officials;
    this.messages = messages;
    this.readings = readings;
  }

  @GetMapping("/officials/{id}/documents/new")
  String choose(@PathVariable long id, Model model) {
    return page(id, "other", "", null, model);
  }

  @PostMapping("/officials/{id}/documents/new")
  ModelAndView add(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable MultipartFile document,
      @RequestParam(defaultValue = "other") String kind,
      @RequestParam(defaultValue = "") String title,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model)
      throws IOException {
    if (!Documents.KINDS.contains(kind)) {
      throw new NotHere();
    }
    if (officials.find(id, Registers.Known.NOW).isEmpty()) {
      throw new NotHere();
    }
    String named = title.strip().substring(0, Math.min(title.strip().length(), 200));
    String wrong;
    try {
      if (documents.add(id, document, kind, named, account.signInName()) != null) {
        return new ModelAndView("redirect:/officials/" + id + "#documents");
      }
      wrong = page.word("documents.none-chosen");
    } catch (ImportProblem problem) {
      wrong = problem.in(page.language(), messages);
    }
    return new ModelAndView(
        page(id, kind, named, wrong, model), model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
  }

  @PostMapping("/officials/{id}/documents/{document}/withdraw")
  String withdraw(
      @PathVariable long id,
      @PathVariable long document,
      @AuthenticationPrincipal SignedIn account) {
    if (!documents.withdraw(id, document, account.signInName())) {
      throw new NotHere();
    }
    return "redirect:/officials/" + id + "#documents";
  }

  private String page(
      long official, String kind, String title, @Nullable String wrong, Model model) {
    model.addAttribute(
        "dossier", officials.find(official, Registers.Known.NOW).orElseThrow(NotHere::new));
    model.addAttribute("kinds", Documents.KINDS);
    model.addAttribute("kind", kind);
    model.addAttribute("named", title);
    model.addAttribute("wrong", wrong);
    model.addAttribute("largest", Documents.LARGEST >> 20);
    return "official/document";
  }

  @GetMapping("/documents/{id}")
  ResponseEntity<byte[]> any(@PathVariable long id, @AuthenticationPrincipal SignedIn account) {
    Documents.Kept document = documents.find(id).orElseThrow(NotHere::new);
    if (document.official() != null) {
      readings.record(account, document.official(), "document");
    }
    return file(document);
  }

  @GetMapping("/me/documents/{id}")
  ResponseEntity<byte[]> own(@PathVariable long id, @AuthenticationPrincipal SignedIn account) {
    return file(
        documents
            .find(id)
            .filter(
                document ->
                    document.official() != null && document.official().equals(account.official()))
            .orElseThrow(NotHere::new));
  }

  private static ResponseEntity<byte[]> file(Documents.Kept document) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .cacheControl(CacheControl.noStore())
        .header(
            "Content-Disposition",
            "attachment; filename=\"document\"; filename*=UTF-8''"
                + URLEncoder.encode(document.fileName(), StandardCharsets.UTF_8)
                    .replace("+", "%20"))
        .body(document.content());
  }
}
