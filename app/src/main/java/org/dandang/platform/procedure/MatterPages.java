package org.dandang.platform.procedure;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a matter: all that its reader needs of it, then what can be done. */
@Controller
class MatterPages {
  /** Prefix of the names of a form's fields. */
  private static final String FIELD = "f.";

  private final Cases cases;
  private final Procedures procedures;
  private final Reading reading;
  private final Papers papers;
  private final Filling filling;
  private final Register register;
  private final Inbox inbox;
  private final OfficeCalendar office;
  private final Accounts accounts;
  private final Advice advice;
  private final MatterReadings readings;

  MatterPages(
      Cases cases,
      Procedures procedures,
      Reading reading,
      Papers papers,
      Filling filling,
      Register register,
      Inbox inbox,
      OfficeCalendar office,
      Accounts accounts,
      Advice advice,
      MatterReadings readings) {
    this.readings = readings;
    this.cases = cases;
    this.procedures = procedures;
    this.reading = reading;
    this.papers = papers;
    this.filling = filling;
    this.register = register;
    this.inbox = inbox;
    this.office = office;
    this.accounts = accounts;
    this.advice = advice;
  }

  @GetMapping("/inbox")
  String inbox(
      @RequestParam(defaultValue = "mine") String tab,
      @RequestParam(defaultValue = "1") int number,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int page = Math.clamp(number, 1, 100_000);
    Inbox.Tab which = Inbox.Tab.of(tab);
    List<InboxEntry> found = inbox.list(account, which, (page - 1) * Inbox.PER_PAGE);
    model.addAttribute("tab", which.word());
    model.addAttribute("entries", found.subList(0, Math.min(Inbox.PER_PAGE, found.size())));
    model.addAttribute("number", page);
    model.addAttribute("more", found.size() > Inbox.PER_PAGE);
    Map<String, Integer> counts = new HashMap<>();
    inbox.counts(account).forEach((one, count) -> counts.put(one.word(), count));
    model.addAttribute("counts", counts);
    model.addAttribute("today", office.today());
    return "platform/procedure/inbox";
  }

  @GetMapping("/matters/new")
  String choose(
      @RequestParam(defaultValue = "") String pack,
      @RequestParam(defaultValue = "") String about,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    model.addAttribute("procedures", startable(account));
    model.addAttribute("pack", pack);
    model.addAttribute("about", about);
    model.addAttribute("problem", null);
    model.addAttribute("client", UUID.randomUUID().toString());
    return "platform/procedure/begin";
  }

  /** Those whose start names a role the account holds at all; over which unit is seen later. */
  private List<Procedure> startable(SignedIn account) {
    return procedures.on(office.today()).stream()
        .filter(
            procedure ->
                procedure.flow().start().who().stream()
                    .anyMatch(
                        who ->
                            switch (who) {
                              case Who.Holder holder -> account.has(holder.role());
                              case Who.Party party -> account.official() != null;
                              case Who.Beginner beginner -> false;
                              case Who.Clock clock -> false;
                            }))
        .toList();
  }

  @PostMapping("/matters")
  String draft(
      @RequestParam String pack,
      @RequestParam String about,
      @RequestParam String client,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Optional<Party> party =
        register
            .find("official", about, account)
            .map(Party::official)
            .or(() -> own(about, account));
    Optional<Long> unit = party.flatMap(register::unit);
    try {
      if (party.isEmpty()) {
        throw Cases.refused("no-such-official", about);
      }
      long place = unit.orElseThrow(() -> Cases.refused("no-unit", about));
      Done done =
          cases.draft(
              command(client, account), new Beginning(pack, place, List.of(party.get()), Map.of()));
      return "redirect:/matters/" + done.matter();
    } catch (Refused refused) {
      choose(pack, about, account, model);
      model.addAttribute("problem", refused.text(page.language()));
      return "platform/procedure/begin";
    }
  }

  /** Who begins a matter about the own person leaves the field as it is. */
  private static Optional<Party> own(String about, SignedIn account) {
    return about.isBlank() && account.official() != null
        ? Optional.of(Party.official(account.official()))
        : Optional.empty();
  }

  @GetMapping("/matters/{id}")
  String matter(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    return show(id, account, Map.of(), "", List.of(), null, page, model);
  }

  private String show(
      long id,
      SignedIn account,
      Map<String, String> given,
      String reasons,
      List<Form.Problem> problems,
      @Nullable String problem,
      Page page,
      Model model) {
    MatterView view = reading.view(id, account).orElseThrow(NotHere::new);
    readings.record(view.matter(), account, "matter");
    Map<String, String> answers = new HashMap<>();
    if (view.draft() != null) {
      answers.putAll(view.draft().answers());
    }
    answers.putAll(given);
    model.addAttribute("view", view);
    model.addAttribute("answers", answers);
    model.addAttribute(
        "offered",
        view.form() == null ? Map.of() : register.offered(view.form(), view.matter(), account));
    model.addAttribute("reasons", reasons);
    model.addAttribute("problems", problems);
    model.addAttribute("problem", problem);
    model.addAttribute("others", reading.others(view, account));
    model.addAttribute("proposal", advice.proposal(view).orElse(null));
    model.addAttribute("beside", advice.beside(view, account, page));
    model.addAttribute("today", office.today());
    model.addAttribute("client", UUID.randomUUID().toString());
    return "platform/procedure/matter";
  }

  /** What the command gives; mistakes are shown on the page with what was filled in. */
  private String after(
      long id,
      SignedIn account,
      Page page,
      Map<String, String> form,
      Model model,
      HttpServletResponse response,
      Supplier<Done> work) {
    try {
      Done done = work.get();
      inbox.forget(account.account());
      return reading.view(done.matter(), account).isPresent()
          ? "redirect:/matters/" + done.matter()
          : "redirect:/inbox";
    } catch (Changed changed) {
      if (!reading.mayBeTold(changed.matter(), account)) {
        throw new NotHere();
      }
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      model.addAttribute("changed", changed);
      return "platform/procedure/changed";
    } catch (FormRefused refused) {
      return show(id, account, answers(form), reasons(form), refused.problems(), null, page, model);
    } catch (Refused refused) {
      return show(
          id,
          account,
          answers(form),
          reasons(form),
          List.of(),
          refused.text(page.language()),
          page,
          model);
    }
  }

  private static String reasons(Map<String, String> form) {
    return form.getOrDefault("reasons", "");
  }

  private static Map<String, String> answers(Map<String, String> form) {
    Map<String, String> answers = new HashMap<>();
    form.forEach(
        (name, value) -> {
          if (name.startsWith(FIELD)) {
            answers.put(name.substring(FIELD.length()), value);
          }
        });
    return answers;
  }

  private static Command command(String client, SignedIn account) {
    try {
      return new Command(UUID.fromString(client), account);
    } catch (IllegalArgumentException e) {
      throw Cases.refused("command-form");
    }
  }

  @PostMapping("/matters/{id}/begin")
  String begin(
      @PathVariable long id,
      @RequestParam Map<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model,
      HttpServletResponse response) {
    return after(
        id,
        account,
        page,
        form,
        model,
        response,
        () -> cases.begin(command(client(form), account), id, answers(form)));
  }

  @PostMapping("/matters/{id}/steps/{step}/{what}")
  String step(
      @PathVariable long id,
      @PathVariable long step,
      @PathVariable String what,
      @RequestParam Map<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model,
      HttpServletResponse response) {
    return after(
        id,
        account,
        page,
        form,
        model,
        response,
        () -> {
          Command command = command(client(form), account);
          int edition = edition(form);
          return switch (what) {
            case "do" ->
                cases.act(
                    command,
                    new Acting(
                        step,
                        edition,
                        form.getOrDefault("outcome", ""),
                        reasons(form),
                        answers(form)));
            case "claim" -> cases.claim(command, step, edition);
            case "release" -> cases.release(command, step, edition);
            case "delegate" -> cases.delegate(command, step, edition, other(form), reasons(form));
            case "signer" -> cases.addSigner(command, step, edition, other(form), reasons(form));
            default -> throw new NotHere();
          };
        });
  }

  @PostMapping("/matters/{id}/{what:withdraw|stop|suspend|resume|take-back|discard}")
  String whole(
      @PathVariable long id,
      @PathVariable String what,
      @RequestParam Map<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model,
      HttpServletResponse response) {
    return after(
        id,
        account,
        page,
        form,
        model,
        response,
        () -> {
          Command command = command(client(form), account);
          String reasons = reasons(form);
          return switch (what) {
            case "withdraw" -> cases.withdraw(command, id, edition(form), reasons);
            case "stop" -> cases.stop(command, id, edition(form), reasons);
            case "suspend" -> cases.suspend(command, id, edition(form), reasons);
            case "resume" -> cases.resume(command, id, edition(form));
            case "take-back" -> cases.takeBack(command, id, edition(form));
            case "discard" -> cases.discard(command, id);
            default -> throw new NotHere();
          };
        });
  }

  private static String client(Map<String, String> form) {
    return form.getOrDefault("client", "");
  }

  private static int edition(Map<String, String> form) {
    try {
      return Integer.parseInt(form.getOrDefault("edition", ""));
    } catch (NumberFormatException e) {
      throw Cases.refused("command-form");
    }
  }

  private SignedIn other(Map<String, String> form) {
    try {
      return accounts.loadUserByUsername(form.getOrDefault("to", ""));
    } catch (UsernameNotFoundException e) {
      throw Cases.refused("no-such-account");
    }
  }

  /** Keeps what was filled in so far, and says what is wrong with the field just left. */
  @PostMapping("/matters/{id}/draft")
  String keep(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String field,
      @RequestParam Map<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    MatterView view = reading.view(id, account).orElseThrow(NotHere::new);
    Form filled = view.form();
    if (filled == null) {
      throw new NotHere();
    }
    Long step = step(view);
    Map<String, String> answers = answers(form);
    try {
      filling.save(view.matter(), step, filled, answers, account);
    } catch (Refused refused) {
      if (!refused.key().equals("procedure.refused.signed-already")) {
        throw refused;
      }
      // Signed while this was under way, by the button right after the field: nothing is left to
      // keep.
    }
    model.addAttribute(
        "problems",
        papers.problems(view.matter(), step, filled, answers, account).stream()
            .filter(problem -> problem.field().equals(field))
            .toList());
    model.addAttribute("field", field);
    return "platform/procedure/checked";
  }

  private static @Nullable Long step(MatterView view) {
    OpenStep open = view.open();
    return view.matter().state() == Matter.State.DRAFT || open == null ? null : open.id();
  }

  /** The procedure as it is drawn. */
  @GetMapping("/matters/{id}/drawing.bpmn")
  ResponseEntity<String> drawing(@PathVariable long id, @AuthenticationPrincipal SignedIn account) {
    MatterView view = reading.view(id, account).orElseThrow(NotHere::new);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/xml;charset=UTF-8"))
        .body(view.matter().procedure().bpmn());
  }
}
