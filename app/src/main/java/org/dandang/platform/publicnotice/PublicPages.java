package org.dandang.platform.publicnotice;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.WorkingCalendar;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What anybody sees of public notices without signing in, and how anybody objects. */
@Controller
class PublicPages {
  private static final int MOST = 200;

  private final PublicNotices notices;
  private final Objections objections;
  private final ObjectionLimit limit;
  private final OfficeCalendar office;
  private final int keptDays;

  PublicPages(
      PublicNotices notices,
      Objections objections,
      ObjectionLimit limit,
      OfficeCalendar office,
      @Value("${dandang.public.kept-days:30}") int keptDays) {
    this.notices = notices;
    this.objections = objections;
    this.limit = limit;
    this.office = office;
    this.keptDays = keptDays;
  }

  /** Those open, and for a time those concluded or taken down; then they are no longer public. */
  @GetMapping("/public/notices")
  String list(Model model) {
    LocalDate today = office.today();
    model.addAttribute(
        "notices",
        notices.notices(
            """
            where n.state = 'open'
               or (n.state in ('concluded', 'taken-down') and coalesce(n.concluded_on, n.taken_down_on) > :since)
             order by n.state = 'open' desc, n.published_on desc, n.id desc limit :most
            """,
            Map.of("since", today.minusDays(keptDays), "most", MOST)));
    model.addAttribute("today", today);
    model.addAttribute("calendar", office.current());
    return "platform/publicnotice/public-list";
  }

  @GetMapping("/public/notices/{id}")
  String one(@PathVariable long id, Model model) {
    shown(id, model);
    model.addAttribute("command", UUID.randomUUID());
    return "platform/publicnotice/public-one";
  }

  private PublicNotice shown(long id, Model model) {
    LocalDate today = office.today();
    PublicNotice notice =
        notices.find(id).filter(one -> isPublic(one, today)).orElseThrow(NotHere::new);
    WorkingCalendar calendar = office.current();
    model.addAttribute("notice", notice);
    model.addAttribute("today", today);
    model.addAttribute("calendar", calendar);
    return notice;
  }

  private boolean isPublic(PublicNotice notice, LocalDate today) {
    LocalDate end = notice.concludedOn() == null ? notice.takenDownOn() : notice.concludedOn();
    return switch (notice.state()) {
      case DRAFT -> false;
      case OPEN -> true;
      case CONCLUDED, TAKEN_DOWN -> end != null && end.isAfter(today.minusDays(keptDays));
    };
  }

  @PostMapping("/public/notices/{id}/objections")
  String object(
      @PathVariable long id,
      @RequestParam UUID command,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String contact,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(required = false) @Nullable MultipartFile file,
      @ModelAttribute("page") Page page,
      HttpServletRequest request,
      Model model,
      RedirectAttributes after)
      throws IOException {
    shown(id, model);
    try {
      if (!limit.allows(request.getRemoteAddr())) {
        throw new Refused("publicnotice", "public-notice.problem.often");
      }
      after.addFlashAttribute("receipt", objections.object(id, command, name, contact, text, file));
      return "redirect:/public/notices/" + id;
    } catch (Refused refused) {
      // Not through the session: what was entered is shown again at once and kept nowhere.
      model.addAttribute("refused", refused.text(page.language()));
      model.addAttribute("command", command);
      model.addAttribute("entered", List.of(name, contact, text));
      return "platform/publicnotice/public-one";
    }
  }

  /** What came of an objection, by its receipt. */
  @GetMapping("/public/objections")
  String state(
      @RequestParam(defaultValue = "") String receipt, HttpServletRequest request, Model model) {
    boolean asked = !receipt.isBlank();
    boolean allowed = !asked || limit.allows(request.getRemoteAddr());
    model.addAttribute("receipt", receipt.strip());
    model.addAttribute("often", !allowed);
    model.addAttribute("state", asked && allowed ? objections.state(receipt).orElse(null) : null);
    return "platform/publicnotice/receipt";
  }
}
