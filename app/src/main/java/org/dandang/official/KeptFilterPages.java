package org.dandang.official;

import org.dandang.official.search.KeptFilters;
import org.dandang.official.search.OfficialFilter;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keeps filters of the list under names. */
@Controller
class KeptFilterPages {
  private static final int LONGEST_NAME = 60;

  private final KeptFilters kept;

  KeptFilterPages(KeptFilters kept) {
    this.kept = kept;
  }

  @PostMapping("/officials/filters")
  String keep(
      @RequestParam String name,
      @RequestParam(defaultValue = "false") boolean shared,
      @ModelAttribute("filter") OfficialFilter filter,
      @AuthenticationPrincipal SignedIn account,
      RedirectAttributes told) {
    String said = name.strip();
    if (said.isEmpty() || said.length() > LONGEST_NAME) {
      told.addFlashAttribute("told", "filters.name-wrong");
    } else {
      kept.keep(account.account(), account.shownName(), said, filter, shared);
      told.addFlashAttribute("told", "filters.kept");
    }
    return "redirect:/officials" + filter.query(1);
  }

  @PostMapping("/officials/filters/{id}/remove")
  String remove(
      @PathVariable long id, @AuthenticationPrincipal SignedIn account, RedirectAttributes told) {
    if (!kept.remove(account.account(), id)) {
      throw new NotHere();
    }
    told.addFlashAttribute("told", "filters.removed");
    told.addFlashAttribute("removed", id);
    return "redirect:/officials";
  }

  @PostMapping("/officials/filters/{id}/put-back")
  String putBack(
      @PathVariable long id, @AuthenticationPrincipal SignedIn account, RedirectAttributes told) {
    told.addFlashAttribute(
        "told", kept.putBack(account.account(), id) ? "filters.back" : "filters.name-taken");
    return "redirect:/officials";
  }
}
