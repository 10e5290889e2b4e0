package org.dandang.selection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.GuardedPath;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.run.PolicyRuns;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
import org.springframework.web.multipart.MultipartFile;

/** Testing a list of promotions against the quotas before it goes anywhere. */
@Controller
class SlatePages {
  @Configuration(proxyBeanMethods = false)
  static class Doors {
    @Bean
    GuardedPath slatesOfUnits() {
      return new GuardedPath("/slates/{slate}", SlateKind.KIND);
    }
  }

  private final Slates slates;
  private final Projection projection;
  private final PolicyRuns policies;
  private final Clock clock;
  private final ZoneId zone;

  SlatePages(
      Slates slates,
      Projection projection,
      PolicyRuns policies,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.slates = slates;
    this.projection = projection;
    this.policies = policies;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/slates/new")
  String form(@RequestParam String pack, Model model) {
    return form(find(pack), LocalDate.now(clock.withZone(zone)), "", "", model);
  }

  @PostMapping("/slates")
  String propose(
      @RequestParam String pack,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate takesEffect,
      @RequestParam(defaultValue = "") String lines,
      @RequestParam MultipartFile file,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model)
      throws IOException {
    Pack policy = find(pack);
    String text = file.isEmpty() ? lines : new String(file.getBytes(), StandardCharsets.UTF_8);
    try {
      long slate =
          slates.propose(
              file.isEmpty()
                  ? page.word("slate.title")
                  : String.valueOf(file.getOriginalFilename()),
              takesEffect,
              Slates.read(text),
              account.signInName());
      return "redirect:/slates/" + slate + "?pack=" + policy.id();
    } catch (PolicyProblem problem) {
      return form(policy, takesEffect, text, problem.text(page.language()), model);
    }
  }

  @GetMapping("/slates/{slate}")
  String result(@PathVariable long slate, @RequestParam String pack, Model model) {
    Pack policy = find(pack);
    SlateView kept = slates.find(slate).orElseThrow(NotHere::new);
    model.addAttribute("pack", policy);
    model.addAttribute("slate", kept);
    model.addAttribute("asOf", kept.takesEffect());
    model.addAttribute("notClear", slates.notClear(kept));
    model.addAttribute("changes", projection.of(policy, kept.takesEffect(), slate));
    return "selection/slate";
  }

  private static String form(
      Pack pack, LocalDate takesEffect, String lines, String problem, Model model) {
    model.addAttribute("pack", pack);
    model.addAttribute("takesEffect", takesEffect);
    model.addAttribute("lines", lines);
    model.addAttribute("problem", problem);
    return "selection/slate-form";
  }

  private Pack find(String id) {
    try {
      return policies.pack(id);
    } catch (PolicyProblem e) {
      throw new NotHere();
    }
  }
}
