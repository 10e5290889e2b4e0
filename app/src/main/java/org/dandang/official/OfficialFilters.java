package org.dandang.official;

import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.UnitSearch;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Reads the filter of the list of officials from an address. */
@ControllerAdvice(assignableTypes = {OfficialPages.class, FormPages.class})
class OfficialFilters {
  private final UnitSearch units;

  OfficialFilters(UnitSearch units) {
    this.units = units;
  }

  @ModelAttribute("filter")
  OfficialFilter filter(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable Long unit,
      @RequestParam(defaultValue = "") String within,
      @RequestParam(defaultValue = "") String rank,
      @RequestParam(defaultValue = "") String level,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String sex,
      @RequestParam(defaultValue = "") String flag,
      @RequestParam(defaultValue = "") String frontLine,
      @RequestParam(defaultValue = "") String age,
      @RequestParam(defaultValue = "name") String sort,
      @RequestParam(defaultValue = "1") int page) {
    Long chosen = unit;
    String unknown = "";
    if (!within.isBlank()) {
      try {
        chosen = units.chosen(within, null);
      } catch (OrganisationProblem problem) {
        chosen = null;
        unknown = within.strip();
      }
    }
    return new OfficialFilter(
        q, chosen, rank, level, status, sex, flag, frontLine, age, sort, page, unknown);
  }
}
