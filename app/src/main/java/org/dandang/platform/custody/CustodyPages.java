package org.dandang.platform.custody;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The custodians' office: the own key, requests to open what is sealed, renewing shares. */
@Controller
class CustodyPages {
  private static final int TEXT_OF_AN_ID = 36;

  private final Custodians custodians;
  private final Custody custody;
  private final Unsealings unsealings;
  private final Renewing renewing;
  private final CustodySettings settings;
  private final Jobs jobs;
  private final MessageSource messages;
  private final Clock clock;

  CustodyPages(
      Custodians custodians,
      Custody custody,
      Unsealings unsealings,
      Renewing renewing,
      CustodySettings settings,
      Jobs jobs,
      MessageSource messages,
      Clock clock) {
    this.custodians = custodians;
    this.custody = custody;
    this.unsealings = unsealings;
    this.renewing = renewing;
    this.settings = settings;
    this.jobs = jobs;
    this.messages = messages;
    this.clock = clock;
  }

  @GetMapping("/custody")
  String office(@AuthenticationPrincipal SignedIn account, Model model) {
    unsealings.forgetExpired();
    boolean custodian = account.has(Role.CUSTODIAN);
    model.addAttribute("custodian", custodian);
    model.addAttribute("own", custodians.of(account.account()).orElse(null));
    model.addAttribute("custodians", custodians.ever());
    model.addAttribute("threshold", settings.threshold());
    model.addAttribute("ready", custody.ready());
    model.addAttribute(
        "asked", custodian ? unsealings.forCustodians() : unsealings.askedBy(account.account()));
    model.addAttribute("waiting", renewing.waiting());
    model.addAttribute("gathered", renewing.present());
    model.addAttribute("now", now());
    return "platform/custody";
  }

  @PostMapping("/custody/key")
  String enrol(
      @RequestParam String passphrase,
      @RequestParam String again,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes told) {
    return done(
        "/custody",
        page,
        told,
        "enrolled",
        () -> {
          if (!passphrase.equals(again)) {
            throw new CustodyProblem(CustodyProblem.Reason.WRONG_PASSPHRASE);
          }
          custodians.enrol(account, passphrase);
        });
  }

  @PostMapping("/custody/key/passphrase")
  String changePassphrase(
      @RequestParam String present,
      @RequestParam String wanted,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes told) {
    return done(
        "/custody",
        page,
        told,
        "passphrase-changed",
        () -> custodians.changePassphrase(account, present, wanted));
  }

  @PostMapping("/custody/key/end")
  String end(
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes told) {
    return done("/custody", page, told, "ended", () -> custodians.end(account));
  }

  @PostMapping("/custody/renewal")
  String come(
      @RequestParam String passphrase,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes told) {
    try {
      if (!renewing.come(account, passphrase)) {
        told.addFlashAttribute("done", "came");
        return "redirect:/custody";
      }
    } catch (CustodyProblem problem) {
      told.addFlashAttribute("problem", problem.text(messages, page.language()));
      return "redirect:/custody";
    }
    Job job =
        jobs.start(
            page.word("custody.renewal"),
            account.signInName(),
            progress -> {
              renewing.renew(account, progress);
              return "/custody";
            });
    return "redirect:/jobs/" + job.id();
  }

  @GetMapping("/custody/requests")
  String requests(@AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("asked", unsealings.askedBy(account.account()));
    model.addAttribute("now", now());
    return "platform/unsealings";
  }

  @GetMapping("/custody/requests/new")
  String form(@RequestParam(defaultValue = "") String record, Model model) {
    model.addAttribute("record", record);
    model.addAttribute("motive", "");
    model.addAttribute("hours", Math.min(2, settings.longest().toHours()));
    model.addAttribute("longest", settings.longest().toHours());
    model.addAttribute("problem", null);
    return "platform/unsealing-new";
  }

  @PostMapping("/custody/requests")
  String ask(
      @RequestParam String record,
      @RequestParam String motive,
      @RequestParam long hours,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes told,
      Model model) {
    try {
      Unsealings.Asked asked =
          unsealings.ask(account, number(record), motive, Duration.ofHours(hours));
      told.addFlashAttribute("code", asked.code());
      return "redirect:/custody/requests/" + asked.id();
    } catch (CustodyProblem problem) {
      model.addAttribute("record", record);
      model.addAttribute("motive", motive);
      model.addAttribute("hours", hours);
      model.addAttribute("longest", settings.longest().toHours());
      model.addAttribute("problem", problem.text(messages, page.language()));
      return "platform/unsealing-new";
    }
  }

  @GetMapping("/custody/requests/{id}")
  String request(@PathVariable long id, @AuthenticationPrincipal SignedIn account, Model model) {
    fill(id, account, model);
    return "platform/unsealing";
  }

  @StepUp
  @PostMapping("/custody/requests/{id}/consent")
  String consent(
      @PathVariable long id,
      @RequestParam String passphrase,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes told) {
    return done(
        "/custody/requests/" + id,
        page,
        told,
        "consented",
        () -> unsealings.consent(account, id, passphrase, reason));
  }

  @PostMapping("/custody/requests/{id}/refusal")
  String refuse(
      @PathVariable long id,
      @RequestParam String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes told) {
    return done(
        "/custody/requests/" + id,
        page,
        told,
        "refused",
        () -> unsealings.refuse(account, id, reason));
  }

  @StepUp
  @PostMapping("/custody/requests/{id}/content")
  String read(
      @PathVariable long id,
      @RequestParam String code,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    try {
      model.addAttribute("content", unsealings.read(account, id, code));
    } catch (CustodyProblem problem) {
      model.addAttribute("problem", problem.text(messages, page.language()));
    }
    fill(id, account, model);
    return "platform/unsealing";
  }

  private void fill(long id, SignedIn account, Model model) {
    Unsealing asked = unsealings.find(id).orElseThrow(NotHere::new);
    boolean own = asked.askedBy() == account.account();
    boolean custodian = custodians.of(account.account()).filter(Custodian::present).isPresent();
    if (!own && !custodian) {
      throw new NotHere();
    }
    model.addAttribute("asked", asked);
    model.addAttribute("state", asked.state(now()));
    model.addAttribute("own", own);
    model.addAttribute("mayDecide", custodian && !own && !asked.consentedBy(account.account()));
    for (String absent : List.of("code", "content", "problem", "done")) {
      if (!model.containsAttribute(absent)) {
        model.addAttribute(absent, null);
      }
    }
  }

  private String done(String back, Page page, RedirectAttributes told, String word, Runnable what) {
    try {
      what.run();
      told.addFlashAttribute("done", word);
    } catch (CustodyProblem problem) {
      told.addFlashAttribute("problem", problem.text(messages, page.language()));
    }
    return "redirect:" + back;
  }

  private static UUID number(@Nullable String text) {
    String given = text == null ? "" : text.strip();
    try {
      if (given.length() == TEXT_OF_AN_ID) {
        return UUID.fromString(given);
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for any other that is not there.
    }
    throw new CustodyProblem(CustodyProblem.Reason.UNKNOWN_RECORD);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}
