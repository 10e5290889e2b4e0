package org.dandang.official;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dandang.official.form.FormElement;
import org.dandang.official.search.OfficialFilter;
import org.dandang.official.search.OfficialSearch;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The forms of the people chosen on a list, or of all it shows: as files, or to print at once. */
@Controller
class FormBatchPages {
  /** Forms on one page that is printed; the next ones stand on the next page. */
  private static final int PER_PRINT = 100;

  /** People whose numbers still fit into an address. */
  private static final int MOST_CHOSEN = 200;

  private final FormComposing forms;
  private final FormBatches batches;
  private final OfficialSearch search;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ZoneId zone;

  FormBatchPages(
      FormComposing forms,
      FormBatches batches,
      OfficialSearch search,
      Ledger ledger,
      TransactionTemplate transaction,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.forms = forms;
    this.batches = batches;
    this.search = search;
    this.ledger = ledger;
    this.transaction = transaction;
    this.clock = clock;
    this.zone = zone;
  }

  /** Begins the file, or leads to the page that prints. */
  @StepUp
  @PostMapping("/officials/forms")
  String write(
      @ModelAttribute("filter") OfficialFilter filter,
      @RequestParam(name = "id", required = false) @Nullable List<Long> id,
      @RequestParam String as,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account) {
    List<Long> chosen = id == null ? List.of() : id;
    if (as.equals("print")) {
      return "redirect:/officials/forms/print" + printed(filter, chosen);
    }
    FormFormat format = as.equals("lrmx") ? FormFormat.LRMX : FormFormat.DOCX;
    List<Long> people = search.ids(filter, chosen);
    return "redirect:/jobs/"
        + batches
            .start(
                people,
                format,
                page.word("forms.batch.title", format.extension(), page.number(people.size())),
                account.signInName())
            .id();
  }

  private static String printed(OfficialFilter filter, List<Long> chosen) {
    String query = filter.query(1);
    return chosen.isEmpty()
        ? query
        : chosen.stream()
            .limit(MOST_CHOSEN)
            .map(each -> "id=" + each)
            .collect(Collectors.joining("&", query.isEmpty() ? "?" : query + "&", ""));
  }

  @GetMapping("/officials/forms/print")
  String print(
      @ModelAttribute("filter") OfficialFilter filter,
      @RequestParam(name = "id", required = false) @Nullable List<Long> id,
      @RequestParam(required = false) @Nullable LocalDate on,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    LocalDate day = on == null ? today() : on;
    List<Long> chosen = id == null ? List.of() : id;
    List<Long> people = search.ids(filter, chosen);
    int from = Math.min((filter.page() - 1) * PER_PRINT, people.size());
    List<PrintedForm> printed = new ArrayList<>();
    for (Long official : people.subList(from, Math.min(from + PER_PRINT, people.size()))) {
      forms
          .form(official, day, false)
          .ifPresent(
              form ->
                  printed.add(
                      new PrintedForm(
                          official,
                          form,
                          FormComposing.age(form.text(FormElement.BORN), day).orElse(null))));
    }
    transaction.executeWithoutResult(
        status ->
            ledger.appendAbout(
                account.signInName(),
                "forms-printed",
                "official",
                printed.stream().map(PrintedForm::official).toList(),
                Map.of("count", printed.size())));
    model.addAttribute("forms", printed);
    model.addAttribute("count", people.size());
    model.addAttribute("first", from + 1);
    model.addAttribute("on", day);
    model.addAttribute("back", "/officials" + filter.query(1));
    model.addAttribute("previous", from > 0 ? address(filter, filter.page() - 1, chosen) : null);
    model.addAttribute(
        "next",
        from + PER_PRINT < people.size() ? address(filter, filter.page() + 1, chosen) : null);
    return "official/forms-print";
  }

  private static String address(OfficialFilter filter, int page, List<Long> chosen) {
    String query = filter.query(page);
    return "/officials/forms/print"
        + (query.isEmpty() ? "?" : query + "&")
        + chosen.stream().map(each -> "id=" + each).collect(Collectors.joining("&"));
  }

  @GetMapping("/officials/forms/{file}")
  String written(
      @PathVariable String file, @AuthenticationPrincipal SignedIn account, Model model) {
    FormBatches.Written found = batches.find(file, account.signInName()).orElseThrow(NotHere::new);
    model.addAttribute("count", found.count());
    model.addAttribute("format", found.format().extension());
    model.addAttribute("file", file);
    return "official/forms-written";
  }

  @StepUp
  @GetMapping("/officials/forms/{file}.zip")
  ResponseEntity<Resource> file(
      @PathVariable String file, @AuthenticationPrincipal SignedIn account) {
    FormBatches.Written found = batches.find(file, account.signInName()).orElseThrow(NotHere::new);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            found.mark().attachment("forms-" + found.format().extension(), "zip"))
        .cacheControl(CacheControl.noStore())
        .body(new FileSystemResource(found.file()));
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }
}
