package org.dandang.official;

import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Records that may be one person's, to be merged or told apart by a person. */
@Controller
class MergingPages {
  private static final int SHOWN = 100;

  private final Merging merging;

  MergingPages(Merging merging) {
    this.merging = merging;
  }

  @GetMapping("/officials/duplicates")
  String pairs(Model model) {
    model.addAttribute("pairs", merging.suggested(SHOWN));
    model.addAttribute("merged", merging.standing(SHOWN));
    return "official/duplicates";
  }

  @PostMapping("/officials/duplicates/merge")
  String merge(
      @RequestParam long kept,
      @RequestParam long gone,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account) {
    if (!reason.isBlank() && !merging.merge(kept, gone, reason.strip(), account.signInName())) {
      throw new NotHere();
    }
    return "redirect:/officials/duplicates";
  }

  @PostMapping("/officials/duplicates/apart")
  String apart(
      @RequestParam long one,
      @RequestParam long other,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account) {
    if (!reason.isBlank()) {
      merging.notTheSame(one, other, reason.strip(), account.signInName());
    }
    return "redirect:/officials/duplicates";
  }

  @PostMapping("/officials/duplicates/{merger}/undo")
  String undo(@PathVariable long merger, @AuthenticationPrincipal SignedIn account) {
    if (!merging.undo(merger, account.signInName())) {
      throw new NotHere();
    }
    return "redirect:/officials/duplicates";
  }
}
