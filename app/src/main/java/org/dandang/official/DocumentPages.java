package org.dandang.official;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Files that were handed in, as they were. Always saved, never shown: nothing in them may run. */
@Controller
class DocumentPages {
  private final Documents documents;

  DocumentPages(Documents documents) {
    this.documents = documents;
  }

  @GetMapping("/documents/{id}")
  ResponseEntity<byte[]> any(@PathVariable long id) {
    return file(documents.find(id).orElseThrow(NotHere::new));
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
