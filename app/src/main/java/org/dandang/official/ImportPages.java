package org.dandang.official;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The files taken in so far, with what became of their rows. */
@Controller
class ImportPages {
  private static final int PER_PAGE = 50;
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final JdbcClient jdbc;
  private final JsonMapper json;

  private final Uploads uploads;
  private final Mappings mappings;
  private final ImportTemplates templates;
  private final Access access;
  private final Clock clock;
  private final ZoneId zone;

  ImportPages(
      JdbcClient jdbc,
      JsonMapper json,
      Uploads uploads,
      Mappings mappings,
      ImportTemplates templates,
      Access access,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.access = access;
    this.clock = clock;
    this.zone = zone;
    this.jdbc = jdbc;
    this.json = json;
    this.uploads = uploads;
    this.mappings = mappings;
    this.templates = templates;
  }

  @GetMapping("/imports/new")
  String choose(@ModelAttribute("page") Page page, Model model) {
    model.addAttribute(
        "mappings",
        mappings.names().stream()
            .map(name -> new Mappings.Choice(name, mappings.named(name).title(page.language())))
            .toList());
    return "official/upload";
  }

  @PostMapping("/imports")
  String take(
      @RequestParam MultipartFile file,
      @RequestParam(defaultValue = "") String mapping,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account)
      throws IOException {
    if (file.isEmpty()) {
      return "redirect:/imports/new";
    }
    return "redirect:/jobs/"
        + uploads
            .take(
                file,
                mapping,
                dryRun,
                Jurisdiction.of(
                        access.reach(account, Action.CHANGE, "official"),
                        LocalDate.now(clock.withZone(zone)))
                    .orElse(null),
                account.signInName(),
                page.language())
            .id();
  }

  @GetMapping("/imports/outcomes/{id}")
  String outcome(@PathVariable String id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("id", id);
    model.addAttribute(
        "outcome", uploads.outcome(id, account.signInName()).orElseThrow(NotHere::new));
    return "official/upload-outcome";
  }

  @GetMapping("/imports/outcomes/{id}/refused.xlsx")
  ResponseEntity<FileSystemResource> refused(
      @PathVariable String id, @AuthenticationPrincipal SignedIn account) {
    Path workbook =
        uploads
            .outcome(id, account.signInName())
            .map(Uploads.Ended::refusedRows)
            .orElseThrow(NotHere::new);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(XLSX))
        .header("Content-Disposition", "attachment; filename=\"refused.xlsx\"")
        .body(new FileSystemResource(workbook));
  }

  @GetMapping("/imports/templates/{place}/{name}.xlsx")
  void template(
      @PathVariable String place,
      @PathVariable String name,
      @ModelAttribute("page") Page page,
      HttpServletResponse response)
      throws IOException {
    String mapping = place + "/" + name;
    if (!mappings.names().contains(mapping)) {
      throw new NotHere();
    }
    response.setContentType(XLSX);
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"" + place + "-" + name + ".xlsx\"");
    templates.write(mapping, page.language(), response.getOutputStream());
  }

  @GetMapping("/imports")
  String all(
      @RequestParam(defaultValue = "9223372036854775807") long before,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    List<TakenFile> files =
        jdbc.sql(
                "select * from official.import where finished_at is not null and id < ? and "
                    + OWN
                    + " order by id desc limit ?")
            .params(before, isOverEverything(account), account.signInName(), PER_PAGE + 1)
            .query(map())
            .list();
    model.addAttribute("files", files.size() > PER_PAGE ? files.subList(0, PER_PAGE) : files);
    model.addAttribute("more", files.size() > PER_PAGE);
    return "official/imports";
  }

  @GetMapping("/imports/{id}")
  String one(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute(
        "file",
        jdbc.sql(
                "select * from official.import where id = ? and finished_at is not null and " + OWN)
            .params(id, isOverEverything(account), account.signInName())
            .query(map())
            .optional()
            .orElseThrow(NotHere::new));
    return "official/import";
  }

  /** Officers over everything see every import, others their own. */
  private static final String OWN = "(? or recorded_by = ?)";

  private static boolean isOverEverything(SignedIn account) {
    return account.hasEverywhere(Role.PERSONNEL_OFFICER);
  }

  private RowMapper<TakenFile> map() {
    return (row, number) ->
        new TakenFile(
            row.getLong("id"),
            row.getString("mapping"),
            row.getString("file_name"),
            row.getString("sha256"),
            row.getObject("finished_at", OffsetDateTime.class),
            row.getString("recorded_by"),
            row.getLong("rows_read"),
            row.getLong("stored"),
            row.getLong("unchanged"),
            row.getLong("refused"),
            reasons(row.getString("refused_by_reason")));
  }

  private Map<String, Long> reasons(@Nullable String text) {
    return text == null
        ? new LinkedHashMap<>()
        : json.readValue(text, new TypeReference<LinkedHashMap<String, Long>>() {});
  }
}
