package org.dandang.platform.signin;

import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The security administrator takes lost second factors from an account. */
@Controller
class LostFactorPages {
  private final LostFactors lost;

  LostFactorPages(LostFactors lost) {
    this.lost = lost;
  }

  @StepUp(counted = false)
  @PostMapping("/accounts/{id}/second-factor")
  String remove(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      lost.remove(id, reason, account);
      after.addFlashAttribute("done", "accounts.factors.done");
    } catch (Refused refused) {
      after.addFlashAttribute("problem", refused.text(page.language()));
    }
    return "redirect:/accounts/" + id;
  }
}
