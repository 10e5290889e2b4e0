package org.dandang.protection.hub;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Readings;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Query;
import org.dandang.platform.web.Refused;
import org.dandang.protection.AboutLead;
import org.dandang.protection.AboutOfficial;
import org.dandang.protection.TableExports;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The register of leads and the page of each, with all that is done about it. */
@Controller
class LeadPages {
  private final Leads leads;
  private final LeadAccess access;
  private final Linking linking;
  private final Duplicates duplicates;
  private final Contacts contacts;
  private final Readings readings;
  private final TableExports exports;
  private final OfficeCalendar office;
  private final List<AboutLead> registers;

  LeadPages(
      Leads leads,
      LeadAccess access,
      Linking linking,
      Duplicates duplicates,
      Contacts contacts,
      Readings readings,
      TableExports exports,
      OfficeCalendar office,
      List<AboutLead> registers) {
    this.leads = leads;
    this.access = access;
    this.linking = linking;
    this.duplicates = duplicates;
    this.contacts = contacts;
    this.readings = readings;
    this.exports = exports;
    this.office = office;
    this.registers = registers;
  }

  @GetMapping("/protection/leads")
  String list(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    LeadFilter filter = LeadFilter.of(asked);
    int at = Query.page(asked.get("p"));
    List<Leads.Line> found = leads.list(account, filter, (at - 1) * Leads.PER_PAGE);
    model.addAttribute("filter", filter);
    model.addAttribute("lines", found.subList(0, Math.min(Leads.PER_PAGE, found.size())));
    model.addAttribute("more", found.size() > Leads.PER_PAGE);
    model.addAttribute("count", leads.count(account, filter));
    model.addAttribute("at", at);
    model.addAttribute("today", office.today());
    model.addAttribute("brought", leads.brought(account));
    return "protection/leads";
  }

  @StepUp
  @GetMapping("/protection/leads.csv")
  void export(
      @RequestParam Map<String, String> asked,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      HttpServletResponse response)
      throws IOException {
    List<Leads.Line> lines = leads.all(account, LeadFilter.of(asked));
    exports.csv(
        new TableExports.Leaving(
            "leads",
            "leads-exported",
            LeadAccess.KIND,
            lines.stream().map(Leads.Line::id).toList(),
            Map.of("count", lines.size()),
            account.signInName(),
            page.language()),
        Stream.of(
                "number", "source", "round", "title", "received", "unit", "due", "state", "people")
            .map(column -> page.word("hub.field." + column))
            .toList(),
        lines.stream()
            .map(
                line ->
                    List.of(
                        line.number(),
                        page.word("hub.source." + line.source()),
                        line.round(),
                        line.title(),
                        line.receivedOn().toString(),
                        line.unitName(),
                        line.dueOn() == null ? "" : line.dueOn().toString(),
                        page.word("hub.state." + line.state()),
                        line.people() == null ? "" : line.people())),
        lines.size(),
        response);
  }

  @GetMapping("/protection/leads/{id:[0-9]+}")
  String one(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    return show(id, account, page, null, model);
  }

  private String show(long id, SignedIn account, Page page, @Nullable String problem, Model model) {
    access.need(account, Action.READ, id);
    Lead lead = leads.find(id).orElseThrow(NotHere::new);
    readings.record(account.signInName(), LeadAccess.KIND, id, "lead", null);
    boolean works = access.may(account, Action.CHANGE, id);
    boolean open = works && lead.isOpen();
    Map<Long, List<Linking.Suggestion>> suggested = new LinkedHashMap<>();
    Map<Long, Contacts.Proposal> proposals = new LinkedHashMap<>();
    if (open) {
      for (Lead.Person person : lead.people()) {
        if (person.official() == null && person.setAside() == null) {
          suggested.put(person.id(), linking.suggestions(person, account));
        } else if (!person.isSettled()) {
          proposals.put(person.id(), contacts.propose(person.id(), account, page.language()));
        }
      }
    }
    model.addAttribute("lead", lead);
    model.addAttribute("works", works);
    model.addAttribute("open", open);
    model.addAttribute("suggested", suggested);
    model.addAttribute("proposals", proposals);
    Map<String, List<AboutOfficial.Line>> said = new LinkedHashMap<>();
    for (AboutLead register : registers) {
      List<AboutOfficial.Line> lines =
          Sights.as(access.sight(account), () -> register.ofLead(id, page.language()));
      if (!lines.isEmpty()) {
        said.put(register.heading(), lines);
      }
    }
    model.addAttribute("said", said);
    model.addAttribute("contacts", contacts.of(id));
    model.addAttribute("likely", open ? duplicates.of(lead, account) : List.of());
    model.addAttribute("mergers", duplicates.mergedInto(id));
    model.addAttribute("readings", readings.days(LeadAccess.KIND, id, 100));
    model.addAttribute("today", office.today());
    model.addAttribute("problem", problem);
    return "protection/lead";
  }

  private interface Act {
    /** Path to go on at. */
    String done();
  }

  private String after(long id, SignedIn account, Page page, Model model, Act act) {
    try {
      return "redirect:" + act.done();
    } catch (Refused refused) {
      return show(id, account, page, refused.text(page.language()), model);
    }
  }

  private long leadOf(long person) {
    return leads.ofPerson(person).orElseThrow(NotHere::new).id();
  }

  @PostMapping("/protection/leads/people/{person}/{what:link|unlink|aside}")
  String person(
      @PathVariable long person,
      @PathVariable String what,
      @RequestParam(defaultValue = "0") long official,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    long lead = leadOf(person);
    access.need(account, Action.CHANGE, lead);
    return after(
        lead,
        account,
        page,
        model,
        () -> {
          switch (what) {
            case "link" -> linking.link(person, official, reason, account);
            case "unlink" -> linking.unlink(person, account);
            default -> linking.setAside(person, reason, account);
          }
          // Whoever is named does not read it: the page may be gone for the one who linked.
          return access.may(account, Action.READ, lead)
              ? "/protection/leads/" + lead
              : "/protection/leads";
        });
  }

  @PostMapping("/protection/leads/people/{person}/contacts")
  String contact(
      @PathVariable long person,
      @RequestParam String means,
      @RequestParam(defaultValue = "") String reasons,
      @RequestParam String client,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    long lead = leadOf(person);
    access.need(account, Action.CHANGE, lead);
    model.addAttribute("given", new Contacts.Given(person, means, reasons));
    return after(
        lead,
        account,
        page,
        model,
        () ->
            contacts.choose(
                client(client),
                person,
                Means.find(means).orElseThrow(() -> Intake.refused("no-means")),
                reasons,
                account));
  }

  @PostMapping("/protection/leads/people/{person}/close")
  String close(
      @PathVariable long person,
      @RequestParam String client,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    long lead = leadOf(person);
    access.need(account, Action.CHANGE, lead);
    return after(lead, account, page, model, () -> contacts.close(client(client), person, account));
  }

  private static UUID client(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Intake.refused("client-used");
    }
  }

  @PostMapping("/protection/leads/{id}/contacts/{contact}/note")
  String note(
      @PathVariable long id,
      @PathVariable long contact,
      @RequestParam(defaultValue = "") String note,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    access.need(account, Action.CHANGE, id);
    return after(
        id,
        account,
        page,
        model,
        () -> {
          contacts.note(contact, note, account);
          return "/protection/leads/" + id;
        });
  }

  @PostMapping("/protection/leads/{id}/{what:merge|apart|part}")
  String same(
      @PathVariable long id,
      @PathVariable String what,
      @RequestParam long other,
      @RequestParam(defaultValue = "") String reason,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    access.need(account, Action.CHANGE, id);
    return after(
        id,
        account,
        page,
        model,
        () -> {
          switch (what) {
            case "merge" -> duplicates.merge(id, other, reason, account);
            case "apart" -> duplicates.apart(id, other, account);
            default -> duplicates.undo(id, other, account);
          }
          return "/protection/leads/" + id;
        });
  }
}
