package org.dandang.organisation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a field in which a unit is chosen offers while somebody types. */
@Controller
class UnitSearchPages {
  private final UnitSearch search;

  UnitSearchPages(UnitSearch search) {
    this.search = search;
  }

  /**
   * @param on of the units of which day; left out: of all there ever were
   */
  @GetMapping("/units/suggest")
  String suggest(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate on,
      Model model) {
    model.addAttribute("units", search.suggest(q, on));
    return "organisation/suggestions";
  }
}
