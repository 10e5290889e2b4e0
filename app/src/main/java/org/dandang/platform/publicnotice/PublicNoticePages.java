package org.dandang.platform.publicnotice;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.Reach;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.publicnotice.PublicNotice.Result;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Officers draft, post, extend, take down and conclude public notices. */
@Controller
class PublicNoticePages {
  private static final int PER_PAGE = 50;
  private static final Map<String, String> WHICH = new LinkedHashMap<>();

  /** What the reader's roles reach. */
  private static final String WITHIN =
      " and (:everywhere or n.unit_id = any (:units)) and not (n.about && :apart) and n.id <> all"
          + " (:closed)";

  static {
    WHICH.put("open", "n.state = 'open' and d.due_on >= :today");
    WHICH.put("waiting", "n.state = 'open' and d.due_on < :today");
    WHICH.put("draft", "n.state = 'draft' and :today is not null");
    WHICH.put("concluded", "n.state = 'concluded' and :today is not null");
    WHICH.put("taken-down", "n.state = 'taken-down' and :today is not null");
  }

  private final PublicNotices notices;
  private final Objections objections;
  private final PublicNoticeRules rules;
  private final OfficeCalendar office;
  private final Access access;
  private final ObjectProvider<UnitsAbove> units;

  PublicNoticePages(
      PublicNotices notices,
      Objections objections,
      PublicNoticeRules rules,
      OfficeCalendar office,
      Access access,
      ObjectProvider<UnitsAbove> units) {
    this.access = access;
    this.units = units;
    this.notices = notices;
    this.objections = objections;
    this.rules = rules;
    this.office = office;
  }

  @GetMapping("/public-notices")
  String list(
      @RequestParam(defaultValue = "open") String which,
      @RequestParam(defaultValue = "1") int page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Reach reach = access.reach(account, Action.READ, PublicNotices.OWNER);
    String chosen = WHICH.containsKey(which) ? which : "open";
    int number = Math.clamp(page, 1, 100_000);
    List<PublicNotice> found =
        notices.notices(
            "where " + WHICH.get(chosen) + WITHIN + " order by n.id desc limit :most offset :from",
            Map.of(
                "today", office.today(),
                "everywhere", reach.everywhere(),
                "units", reach.unitNumbers(),
                "apart", reach.apartNumbers(),
                "closed", reach.closedNumbers(),
                "most", PER_PAGE + 1,
                "from", (number - 1) * PER_PAGE));
    model.addAttribute("tabs", List.copyOf(WHICH.keySet()));
    model.addAttribute("which", chosen);
    model.addAttribute("notices", found.subList(0, Math.min(PER_PAGE, found.size())));
    model.addAttribute("number", number);
    model.addAttribute("more", found.size() > PER_PAGE);
    model.addAttribute("today", office.today());
    model.addAttribute("calendar", office.current());
    return "platform/publicnotice/list";
  }

  @GetMapping("/public-notices/new")
  String fresh(
      @RequestParam(defaultValue = "") String kind,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    LocalDate today = office.today();
    String chosen =
        kind.isEmpty()
            ? rules.kinds(today).stream().map(PublicNoticeRules.Kind::code).findFirst().orElse("")
            : kind;
    int days = rules.rule(chosen, today).map(PublicNoticeRules.Rule::minimumDays).orElse(1);
    form(model, account, null, new NewPublicNotice(chosen, null, "", "", "", "", days, false));
    return "platform/publicnotice/form";
  }

  private void form(
      Model model, SignedIn account, @Nullable PublicNotice notice, NewPublicNotice entered) {
    LocalDate today = office.today();
    model.addAttribute("notice", notice);
    model.addAttribute("entered", entered);
    model.addAttribute("kinds", rules.kinds(today));
    model.addAttribute("rule", rules.rule(entered.kind(), today).orElse(null));
    model.addAttribute("units", notice == null ? units(account) : Map.of());
  }

  /** The units for which an account can post, by their numbers; 0 for everybody. */
  private Map<Long, String> units(SignedIn account) {
    Map<Long, String> names = new LinkedHashMap<>();
    if (account.hasEverywhere(Role.PERSONNEL_OFFICER)) {
      names.put(0L, "");
    }
    account.today().stream()
        .filter(held -> held.role() == Role.PERSONNEL_OFFICER)
        .map(Assignment::unit)
        .filter(Objects::nonNull)
        .forEach(
            unit ->
                names.put(
                    unit,
                    Optional.ofNullable(units.getIfAvailable())
                        .flatMap(tree -> tree.name(unit))
                        .orElse(Long.toString(unit))));
    return names;
  }

  /** The unit that was chosen among those for which the account can post. */
  private @Nullable Long unit(Map<String, String> fields, SignedIn account) {
    Map<Long, String> own = units(account);
    Long chosen =
        own.keySet().stream()
            .filter(unit -> unit.toString().equals(fields.get("unit")))
            .findFirst()
            .orElseGet(() -> own.keySet().stream().findFirst().orElseThrow(NotHere::new));
    return chosen == 0 ? null : chosen;
  }

  @PostMapping("/public-notices")
  String draft(
      @RequestParam Map<String, String> fields,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    NewPublicNotice wanted = wanted(fields).belonging(unit(fields, account), List.of());
    try {
      return "redirect:/public-notices/" + notices.draft(wanted, account.signInName()).id();
    } catch (Refused refused) {
      form(model, account, null, wanted);
      model.addAttribute("refused", refused.text(page.language()));
      return "platform/publicnotice/form";
    }
  }

  @GetMapping("/public-notices/{id}/edit")
  String edit(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    PublicNotice notice = notices.find(id).orElseThrow(NotHere::new);
    form(
        model,
        account,
        notice,
        new NewPublicNotice(
            notice.kind(),
            notice.owner(),
            notice.title(),
            notice.body(),
            notice.issuer(),
            notice.contact(),
            notice.days(),
            notice.namedOnly(),
            notice.unit(),
            notice.about()));
    return "platform/publicnotice/form";
  }

  @PostMapping("/public-notices/{id}/edit")
  String change(
      @PathVariable long id,
      @RequestParam int edition,
      @RequestParam Map<String, String> fields,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    PublicNotice notice = notices.find(id).orElseThrow(NotHere::new);
    NewPublicNotice wanted = wanted(fields);
    try {
      notices.change(id, edition, wanted, account.signInName());
      return "redirect:/public-notices/" + id;
    } catch (Refused refused) {
      form(model, account, notice, wanted);
      model.addAttribute("refused", refused.text(page.language()));
      return "platform/publicnotice/form";
    }
  }

  private static NewPublicNotice wanted(Map<String, String> fields) {
    String days = fields.getOrDefault("days", "").strip();
    return new NewPublicNotice(
        fields.getOrDefault("kind", ""),
        null,
        fields.getOrDefault("title", ""),
        fields.getOrDefault("body", ""),
        fields.getOrDefault("issuer", ""),
        fields.getOrDefault("contact", ""),
        days.matches("\\d{1,4}") ? Integer.parseInt(days) : 0,
        fields.containsKey("namedOnly"));
  }

  @GetMapping("/public-notices/{id}")
  String one(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    PublicNotice notice = notices.find(id).orElseThrow(NotHere::new);
    LocalDate today = office.today();
    model.addAttribute("notice", notice);
    model.addAttribute("today", today);
    model.addAttribute("calendar", office.current());
    model.addAttribute("rule", rules.rule(notice.kind(), today).orElse(null));
    model.addAttribute("kinds", rules.kinds(today));
    model.addAttribute("objections", objections.count(id));
    model.addAttribute("handlers", notices.handlers(id));
    model.addAttribute("handling", notices.isHandledBy(id, account));
    return "platform/publicnotice/one";
  }

  @PostMapping("/public-notices/{id}/publish")
  String publish(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return done(id, page, after, () -> notices.publish(id, account));
  }

  @PostMapping("/public-notices/{id}/extend")
  String extend(
      @PathVariable long id,
      @RequestParam int more,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return done(id, page, after, () -> notices.extend(id, more, reason, account.signInName()));
  }

  @PostMapping("/public-notices/{id}/take-down")
  String takeDown(
      @PathVariable long id,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return done(id, page, after, () -> notices.takeDown(id, reason, account.signInName()));
  }

  @PostMapping("/public-notices/{id}/conclude")
  String conclude(
      @PathVariable long id,
      @RequestParam String result,
      @RequestParam String words,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return done(
        id, page, after, () -> notices.conclude(id, result(result), words, account.signInName()));
  }

  @PostMapping("/public-notices/{id}/handlers")
  String addHandler(
      @PathVariable long id,
      @RequestParam String name,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return done(id, page, after, () -> notices.addHandler(id, name, account));
  }

  /** A notice whose objections an account handles, unless it has to keep away. */
  private PublicNotice handled(long id, SignedIn account) {
    PublicNotice notice = notices.find(id).orElseThrow(NotHere::new);
    if (!notices.isHandledBy(id, account)
        || access
            .recused(
                account,
                Action.CHANGE,
                new Subject(PublicNotices.OWNER, Long.toString(id)),
                notice.about())
            .isPresent()) {
      throw new NotHere();
    }
    return notice;
  }

  @GetMapping("/public-notices/{id}/objections")
  String objections(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("notice", handled(id, account));
    model.addAttribute("objections", objections.read(id, account));
    return "platform/publicnotice/objections";
  }

  @PostMapping("/public-notices/{id}/objections/{objection}")
  String answer(
      @PathVariable long id,
      @PathVariable long objection,
      @RequestParam String finding,
      @RequestParam String answer,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    handled(id, account);
    done(id, page, after, () -> objections.answer(id, objection, result(finding), answer, account));
    return "redirect:/public-notices/" + id + "/objections";
  }

  @GetMapping("/public-notices/{id}/objections/{objection}/file")
  ResponseEntity<byte[]> file(
      @PathVariable long id,
      @PathVariable long objection,
      @AuthenticationPrincipal SignedIn account) {
    handled(id, account);
    Objections.Attached file = objections.file(id, objection, account).orElseThrow(NotHere::new);
    return download(file.name(), MediaType.APPLICATION_OCTET_STREAM, file.content());
  }

  @GetMapping("/public-notices/{id}.docx")
  ResponseEntity<byte[]> document(@PathVariable long id, @ModelAttribute("page") Page page) {
    PublicNotice notice = notices.find(id).orElseThrow(NotHere::new);
    LocalDate today = office.today();
    LocalDate signed = notice.publishedOn() == null ? today : notice.publishedOn();
    LocalDate due =
        notice.due() == null
            ? office.current().plusWorkingDays(signed, notice.days())
            : notice.due();
    return download(
        notice.title() + ".docx",
        MediaType.parseMediaType(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        PublicNoticeDocument.of(
            notice,
            signed,
            List.of(
                page.word(
                    "public-notice.paper.period", signed.toString(), due.toString(), notice.days()),
                page.word("public-notice.paper.object", notice.contact()))));
  }

  private static ResponseEntity<byte[]> download(String name, MediaType type, byte[] content) {
    return ResponseEntity.ok()
        .contentType(type)
        .cacheControl(CacheControl.noStore())
        .header(
            "Content-Disposition",
            "attachment; filename=\"document\"; filename*=UTF-8''"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
        .body(content);
  }

  private static Result result(String word) {
    try {
      return Result.of(word);
    } catch (IllegalArgumentException e) {
      throw new Refused("publicnotice", "public-notice.problem.which-result");
    }
  }

  private String done(long id, Page page, RedirectAttributes after, Runnable change) {
    if (notices.find(id).isEmpty()) {
      throw new NotHere();
    }
    try {
      change.run();
      after.addFlashAttribute("told", "public-notice.done");
    } catch (Refused refused) {
      after.addFlashAttribute("refused", refused.text(page.language()));
    }
    return "redirect:/public-notices/" + id;
  }
}
