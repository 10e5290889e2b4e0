package org.dandang.protection.inaction;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.organisation.Units;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.dandang.protection.sanction.Offices;
import org.dandang.protection.sanction.PackWords;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Campaigns of findings with their figures, and those adjusted as not fit for the post. */
@Controller
class InactionPages {
  private static final int PER_PAGE = 50;

  private final Campaigns campaigns;
  private final Findings findings;
  private final PackWords words;
  private final UnitsAbove units;
  private final Units names;
  private final OfficeCalendar office;

  InactionPages(
      Campaigns campaigns,
      Findings findings,
      PackWords words,
      UnitsAbove units,
      Units names,
      OfficeCalendar office) {
    this.campaigns = campaigns;
    this.findings = findings;
    this.words = words;
    this.units = units;
    this.names = names;
    this.office = office;
  }

  @GetMapping("/protection/campaigns")
  String campaigns(
      @ModelAttribute("page") Page page, @AuthenticationPrincipal SignedIn account, Model model) {
    return list(null, Map.of(), page, account, model);
  }

  private String list(
      @Nullable String refused,
      Map<String, String> entered,
      Page page,
      SignedIn account,
      Model model) {
    PackWords.Said said = words.in(page.tag());
    model.addAttribute("campaigns", Offices.seeing(account, campaigns::all));
    model.addAttribute("words", said);
    model.addAttribute("packs", said.entering("inaction"));
    model.addAttribute("refused", refused);
    model.addAttribute("entered", entered);
    model.addAttribute("client", UUID.randomUUID().toString());
    model.addAttribute("today", office.today());
    return "protection/inaction/campaigns";
  }

  @PostMapping("/protection/campaigns")
  String open(
      @RequestParam String pack,
      @RequestParam String title,
      @RequestParam String unit,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate starts,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate ends,
      @RequestParam UUID client,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    try {
      if (!words.in(page.tag()).entering("inaction").contains(pack)) {
        throw Campaigns.refused("no-such-pack");
      }
      long place = units.chosen(unit).orElseThrow(() -> Campaigns.refused("no-such-unit", unit));
      long id =
          Offices.seeing(
              account, () -> campaigns.open(pack, title, place, starts, ends, client, account));
      return "redirect:/protection/campaigns/" + id;
    } catch (Refused refused) {
      return list(
          refused.text(page.language()),
          Map.of(
              "title", title,
              "unit", unit,
              "pack", pack,
              "starts", starts.toString(),
              "ends", ends == null ? "" : ends.toString()),
          page,
          account,
          model);
    }
  }

  private Campaign seen(long id, SignedIn account) {
    return Offices.seeing(account, () -> campaigns.find(id)).orElseThrow(NotHere::new);
  }

  @GetMapping("/protection/campaigns/{id}")
  String campaign(
      @PathVariable long id,
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Campaign campaign = seen(id, account);
    int at = Math.clamp(number, 1, 100_000);
    Offices.seeing(
        account,
        () -> {
          List<Found> found = findings.of(id, (at - 1) * PER_PAGE, PER_PAGE + 1);
          model.addAttribute("findings", found.subList(0, Math.min(PER_PAGE, found.size())));
          model.addAttribute("more", found.size() > PER_PAGE);
          model.addAttribute("matrix", Matrix.of(findings.byTypeAndMeasure(id)));
          model.addAttribute("open", findings.open(campaign.pack(), "type", id));
          return model;
        });
    model.addAttribute("campaign", campaign);
    model.addAttribute("unit", names.find(campaign.unit()).map(one -> one.name()).orElse(""));
    model.addAttribute("at", at);
    model.addAttribute("words", words.in(page.tag()));
    return "protection/inaction/campaign";
  }

  @PostMapping("/protection/campaigns/{id}/close")
  String close(
      @PathVariable long id, @AuthenticationPrincipal SignedIn account, RedirectAttributes after) {
    Campaign campaign = seen(id, account);
    Offices.seeing(account, () -> campaigns.close(campaign.id(), account.signInName()));
    after.addFlashAttribute("told", "inaction.closed");
    return "redirect:/protection/campaigns/" + id;
  }

  @GetMapping("/protection/stepping-down")
  String steppingDown(
      @RequestParam(name = "p", defaultValue = "1") int number,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    int at = Math.clamp(number, 1, 100_000);
    PackWords.Said said = words.in(page.tag());
    List<String> packs = said.entering("stepping-down");
    Offices.seeing(
        account,
        () -> {
          List<Found> found = findings.steppedDown((at - 1) * PER_PAGE, PER_PAGE + 1);
          model.addAttribute("findings", found.subList(0, Math.min(PER_PAGE, found.size())));
          model.addAttribute("more", found.size() > PER_PAGE);
          model.addAttribute("matrix", Matrix.of(findings.steppedDownByTypeAndMeasure()));
          model.addAttribute(
              "open",
              packs.stream()
                  .flatMap(pack -> findings.open(pack, "situation", null).stream())
                  .toList());
          return model;
        });
    model.addAttribute("at", at);
    model.addAttribute("words", said);
    model.addAttribute("pack", packs.stream().findFirst().orElse(""));
    return "protection/inaction/stepping-down";
  }
}
