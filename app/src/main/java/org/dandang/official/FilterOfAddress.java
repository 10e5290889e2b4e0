package org.dandang.official;

import org.dandang.official.search.OfficialFilter;
import org.dandang.official.search.OfficialFilters;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Gives pages about lists of officials the filter their address says. */
@ControllerAdvice(
    assignableTypes = {
      OfficialPages.class,
      FormBatchPages.class,
      RosterPages.class,
      ComparisonPages.class,
      KeptFilterPages.class
    })
class FilterOfAddress {
  private final OfficialFilters filters;

  FilterOfAddress(OfficialFilters filters) {
    this.filters = filters;
  }

  @ModelAttribute("filter")
  OfficialFilter filter(@RequestParam MultiValueMap<String, String> parameters) {
    return filters.of(parameters);
  }
}
