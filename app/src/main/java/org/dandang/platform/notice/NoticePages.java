package org.dandang.platform.notice;

import java.util.List;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The own notices, and where to be told of them by mail. */
@Controller
class NoticePages {
  private static final int PER_PAGE = 30;

  private final Notices notices;
  private final Mails mails;
  private final MailSettings settings;

  NoticePages(Notices notices, Mails mails, MailSettings settings) {
    this.notices = notices;
    this.mails = mails;
    this.settings = settings;
  }

  @GetMapping("/notices")
  String list(
      @RequestParam(defaultValue = "all") String which,
      @RequestParam(defaultValue = "1") int page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    boolean unread = which.equals("unread");
    int number = Math.clamp(page, 1, 100_000);
    List<Notice> found = notices.of(account, unread, PER_PAGE + 1, (number - 1) * PER_PAGE);
    model.addAttribute("notices", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("unread", unread);
    model.addAttribute("number", number);
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("address", mails.address(account.account()).orElse(""));
    model.addAttribute("mailIsOn", settings.isOn());
    return "platform/notice/list";
  }

  @GetMapping("/notices/{id}")
  String one(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("notice", notices.read(id, account).orElseThrow(NotHere::new));
    return "platform/notice/one";
  }

  @PostMapping("/notices/read-all")
  String readAll(@AuthenticationPrincipal SignedIn account) {
    notices.readAll(account);
    return "redirect:/notices";
  }

  @PostMapping("/notices/address")
  String address(
      @RequestParam String address,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      mails.keep(account, address);
      after.addFlashAttribute(
          "told", address.isBlank() ? "notice.address.removed" : "notice.address.kept");
    } catch (Refused refused) {
      after.addFlashAttribute("refused", refused.text(page.language()));
    }
    return "redirect:/notices";
  }
}
