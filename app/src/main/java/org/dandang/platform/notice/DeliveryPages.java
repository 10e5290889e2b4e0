package org.dandang.platform.notice;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Query;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How notices reach people: those on paper, by officers; mails, by the system administrator. */
@Controller
class DeliveryPages {
  private static final int MOST = 200;
  private static final int PER_PAGE = 50;

  private final Notices notices;
  private final Mails mails;
  private final MailSettings settings;
  private final OfficeCalendar office;
  private final ObjectProvider<OfficialNames> names;
  private final Access access;

  DeliveryPages(
      Notices notices,
      Mails mails,
      MailSettings settings,
      OfficeCalendar office,
      ObjectProvider<OfficialNames> names,
      Access access) {
    this.access = access;
    this.notices = notices;
    this.mails = mails;
    this.settings = settings;
    this.office = office;
    this.names = names;
  }

  @GetMapping("/handing-over")
  String handingOver(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String sort,
      @RequestParam(name = "p", required = false) @Nullable String number,
      Model model) {
    int at = Query.page(number);
    @Nullable List<Long> to = q.isBlank() ? null : meant(q.strip());
    List<Notice> found =
        notices.waitingOnPaper(to, sort.equals("newest"), (at - 1) * PER_PAGE, PER_PAGE + 1);
    List<Notice> waiting = found.subList(0, Math.min(PER_PAGE, found.size()));
    List<Notice> handed = at == 1 && to == null ? notices.handedOver(PER_PAGE) : List.of();
    model.addAttribute("q", q);
    model.addAttribute("sort", sort);
    model.addAttribute("at", at);
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("count", notices.countWaitingOnPaper(to));
    model.addAttribute("waiting", waiting);
    model.addAttribute("handed", handed);
    model.addAttribute("names", names(Stream.concat(waiting.stream(), handed.stream()).toList()));
    model.addAttribute("today", office.today());
    return "platform/notice/handing-over";
  }

  /** A notice as it is handed over: on paper, with a line for the receipt. */
  @GetMapping("/handing-over/{id}")
  String paper(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    Notice notice = handled(id, account, Action.READ);
    model.addAttribute("notice", notice);
    model.addAttribute("names", names(List.of(notice)));
    return "platform/notice/paper";
  }

  /** A notice to an official of the reader's; anybody else's is not here. */
  private Notice handled(long id, SignedIn account, Action action) {
    Notice notice = notices.find(id).orElseThrow(NotHere::new);
    Long official = notice.official();
    if (official == null
        || notice.account() != null
        || !access.may(account, action, Subject.official(official)).allowed()) {
      throw new NotHere();
    }
    return notice;
  }

  private List<Long> meant(String text) {
    @Nullable OfficialNames known = names.getIfAvailable();
    return known == null ? List.of() : known.meant(text);
  }

  private Map<Long, String> names(List<Notice> notices) {
    @Nullable OfficialNames known = names.getIfAvailable();
    return known == null
        ? new HashMap<>()
        : known.names(
            notices.stream().map(Notice::official).filter(Objects::nonNull).distinct().toList());
  }

  @PostMapping("/handing-over/{id}")
  String handedOver(
      @PathVariable long id,
      @RequestParam LocalDate on,
      @RequestParam(defaultValue = "") String note,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    handled(id, account, Action.CHANGE);
    try {
      notices.handedOver(id, on, note, account.signInName());
      after.addFlashAttribute("told", "notice.handed.done");
    } catch (Refused refused) {
      after.addFlashAttribute("refused", refused.text(page.language()));
    }
    return "redirect:/handing-over";
  }

  @GetMapping("/administration/mail")
  String mail(Model model) {
    model.addAttribute("settings", settings.toString());
    model.addAttribute("from", settings.from());
    model.addAttribute("on", settings.isOn());
    model.addAttribute("waiting", mails.count("waiting") + mails.count("sending"));
    model.addAttribute("sent", mails.count("sent"));
    model.addAttribute("deadCount", mails.count("dead"));
    model.addAttribute("dead", mails.dead(MOST));
    return "platform/notice/mail";
  }

  @PostMapping("/administration/mail/again")
  String again(
      @RequestParam(required = false) @Nullable Long id,
      @AuthenticationPrincipal SignedIn account,
      RedirectAttributes after) {
    mails.sendAgain(Optional.ofNullable(id), account.signInName());
    after.addFlashAttribute("told", "notice.mail.again.done");
    return "redirect:/administration/mail";
  }
}
