package org.dandang.policy.web;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.ModelTable;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.draft.Drafts;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.InForce;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PackTest;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Part;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.pack.TableFile;
import org.dandang.policy.run.Explaining;
import org.dandang.policy.run.Outcome;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.Reasons;
import org.dandang.policy.run.Result;
import org.dandang.policy.run.RunSummary;
import org.dandang.policy.run.Runs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Packs, runs over everybody, and the reasons for one result. */
@Controller
class PolicyPages {
  private static final int PER_PAGE = 50;

  /** A population with figures of its own, shown whole up to this size. */
  private static final int SMALL = 500;

  private final Packs packs;
  private final Models models;
  private final InForce inForce;
  private final Drafts drafts;
  private final PolicyRuns policies;
  private final Runs runs;
  private final Facts facts;
  private final Explaining explaining;
  private final Jobs jobs;
  private final SubjectGuard guard;
  private final Clock clock;
  private final ZoneId zone;

  PolicyPages(
      Packs packs,
      Models models,
      InForce inForce,
      Drafts drafts,
      PolicyRuns policies,
      Runs runs,
      Facts facts,
      Explaining explaining,
      Jobs jobs,
      SubjectGuard guard,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.packs = packs;
    this.models = models;
    this.inForce = inForce;
    this.drafts = drafts;
    this.policies = policies;
    this.runs = runs;
    this.facts = facts;
    this.explaining = explaining;
    this.jobs = jobs;
    this.guard = guard;
    this.clock = clock;
    this.zone = zone;
  }

  @GetMapping("/policies")
  String all(Model model) {
    model.addAttribute("packs", packs.all());
    return "policy/packs";
  }

  @GetMapping("/facts")
  String catalogue(Model model) {
    model.addAttribute("facts", facts.catalogue().all());
    model.addAttribute("packs", packs.policies());
    return "policy/facts";
  }

  @GetMapping("/policies/{place}/{practice}")
  String pack(
      @PathVariable String place,
      @PathVariable String practice,
      @ModelAttribute("page") Page page,
      Model model) {
    Pack pack = packs.find(place + "/" + practice).orElseThrow(NotHere::new);
    if (!pack.holds(Part.Policy.class)) {
      model.addAttribute("pack", pack);
      model.addAttribute("recorded", inForce.of(pack.id()));
      return "policy/held";
    }
    LocalDate today = today();
    PolicyVersion version = inForce.version(pack, shownOn(pack, today), "policy page");
    DecisionModel table = models.of(version);
    model.addAttribute("pack", pack);
    model.addAttribute("version", version);
    model.addAttribute("table", table.table(pack.decision()));
    List<String> columns = columns(pack, table.table(pack.decision()), page);
    model.addAttribute("columns", columns);
    model.addAttribute("titles", DrawingWords.json(columns));
    model.addAttribute("refusals", policies.notCompiled(pack, version.asOf()));
    model.addAttribute("cases", PackTest.run(pack));
    model.addAttribute("runs", runs.of(pack.id(), 10));
    model.addAttribute("newest", Sights.wide(() -> runs.newest(pack.id())));
    model.addAttribute("today", today);
    model.addAttribute("recorded", inForce.of(pack.id()));
    model.addAttribute("drafts", drafts.of(pack.id()));
    model.addAttribute("facts", pack.facts().stream().map(facts.catalogue()::get).toList());
    return "policy/pack";
  }

  /** A table as its DMN file. */
  @GetMapping("/policies/{place}/{practice}/tables/{from}.dmn")
  ResponseEntity<Resource> table(
      @PathVariable String place,
      @PathVariable String practice,
      @PathVariable @DateTimeFormat(iso = ISO.DATE) LocalDate from) {
    Pack pack = find(place, practice);
    TableFile table =
        pack.tables().stream()
            .filter(each -> each.from().equals(from))
            .findFirst()
            .orElseThrow(NotHere::new);
    return ResponseEntity.ok()
        .header("Content-Type", "application/xml;charset=UTF-8")
        .header("Content-Disposition", "attachment; filename=\"" + InForce.fileName(table) + "\"")
        .body(new FileSystemResource(table.path()));
  }

  @PostMapping("/policies/{place}/{practice}/runs")
  String run(
      @PathVariable String place,
      @PathVariable String practice,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate asOf,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page) {
    Pack pack = find(place, practice);
    PolicyVersion.of(pack, asOf);
    Job job =
        jobs.start(
            page.word("policy.run.job", pack.title().in(page.language()), asOf),
            account.signInName(),
            progress ->
                "/runs/"
                    + policies
                        .run(pack.id(), asOf, null, account.signInName(), progress, null)
                        .id());
    return "redirect:/jobs/" + job.id();
  }

  @GetMapping("/runs/{run}")
  String results(
      @PathVariable long run,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String rule,
      @RequestParam(required = false) @Nullable String among,
      @RequestParam(defaultValue = "0") long after,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    RunSummary summary = Sights.wide(() -> runs.find(run)).orElseThrow(NotHere::new);
    Pack pack = policies.pack(summary.pack());
    boolean small = !pack.figures().isEmpty() && summary.subjects() <= SMALL;
    int atMost = small ? SMALL : PER_PAGE;
    List<Result> results =
        Sights.wide(
            () ->
                runs.results(
                    run,
                    facts.kind(pack.subject()),
                    blank(outcome),
                    blank(rule),
                    after,
                    atMost + 1));
    boolean more = results.size() > atMost;
    List<Result> shown = more ? results.subList(0, atMost) : results;
    Map<Long, Outcome> decided = small ? decided(pack, summary) : Map.of();
    String grouping = small ? pack.population().keySet().stream().findFirst().orElse(null) : null;
    if (grouping != null && blank(among) != null) {
      shown =
          shown.stream()
              .filter(
                  result -> {
                    Outcome outcomeOf = decided.get(result.subject());
                    return outcomeOf != null
                        && String.valueOf(outcomeOf.facts().get(grouping)).equals(among);
                  })
              .toList();
    }
    model.addAttribute("pack", pack);
    model.addAttribute("run", summary);
    model.addAttribute("results", shown);
    model.addAttribute("more", more);
    model.addAttribute("outcome", blank(outcome));
    model.addAttribute("rule", blank(rule));
    model.addAttribute("among", blank(among));
    model.addAttribute(
        "groups",
        grouping == null ? List.of() : pack.population().getOrDefault(grouping, List.of()));
    model.addAttribute("groupTitle", grouping == null ? null : facts.catalogue().get(grouping));
    model.addAttribute("decided", decided);
    model.addAttribute("clauses", policies.clausesOf(pack, summary.asOf()));
    model.addAttribute("first", after == 0);
    return "policy/run";
  }

  /** The facts and further figures of every subject of a small population. */
  private Map<Long, Outcome> decided(Pack pack, RunSummary run) {
    PolicyVersion version = PolicyVersion.of(pack, run.asOf());
    DecisionModel table = models.of(version);
    Map<Long, Outcome> decided = new LinkedHashMap<>();
    facts
        .ofAll(pack.subject(), pack.facts(), pack.population(), run.asOf(), run.slate())
        .forEach(
            (subject, values) -> decided.put(subject, explaining.decide(version, table, values)));
    return decided;
  }

  @GetMapping("/why/{place}/{practice}/{subject}")
  String why(
      @PathVariable String place,
      @PathVariable String practice,
      @PathVariable long subject,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate asOf,
      @RequestParam(required = false) @Nullable Long slate,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Pack pack = find(place, practice);
    guard.check(account, Action.READ, pack.subject(), subject);
    return why(pack, subject, asOf, slate, page, model);
  }

  /** The newest results of every policy about one official, on that official's page. */
  @GetMapping("/policies/of/{official}")
  String ofOfficial(@PathVariable long official, Model model) {
    return latest(official, "/why/", model);
  }

  @GetMapping("/me/policies")
  String ofMe(@AuthenticationPrincipal SignedIn account, Model model) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    return latest(own, "/me/why/", model);
  }

  @GetMapping("/me/why/{place}/{practice}/{subject}")
  String whyMine(
      @PathVariable String place,
      @PathVariable String practice,
      @PathVariable long subject,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate asOf,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Pack pack = find(place, practice);
    Long own = account.official();
    if (own == null || own != subject || !pack.subject().equals("official")) {
      throw new NotHere();
    }
    return why(pack, subject, asOf, null, page, model);
  }

  private String why(
      Pack pack, long subject, LocalDate asOf, @Nullable Long slate, Page page, Model model) {
    Reasons reasons;
    try {
      reasons = explaining.explain(pack, asOf, subject, slate);
    } catch (IllegalArgumentException e) {
      throw new NotHere();
    }
    model.addAttribute("pack", pack);
    model.addAttribute("reasons", reasons);
    model.addAttribute("asOf", asOf);
    model.addAttribute("slate", slate);
    model.addAttribute("kind", facts.kind(pack.subject()));
    Optional<ModelTable> table = models.of(reasons.version()).table(pack.decision());
    model.addAttribute("table", table);
    model.addAttribute("columns", columns(pack, table, page));
    return "policy/why";
  }

  private String latest(long official, String why, Model model) {
    List<Pack> about =
        packs.policies().stream().filter(pack -> pack.subject().equals("official")).toList();
    model.addAttribute("packs", about);
    model.addAttribute("rows", runs.latestFor(about.stream().map(Pack::id).toList(), official));
    model.addAttribute("official", official);
    model.addAttribute("why", why);
    return "policy/of-official";
  }

  private Pack find(String place, String practice) {
    try {
      return policies.pack(place + "/" + practice);
    } catch (PolicyProblem e) {
      throw new NotHere();
    }
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }

  /** A pack no longer in force is shown as it last stood; one not yet in force as it begins. */
  static LocalDate shownOn(Pack pack, LocalDate today) {
    LocalDate end = pack.inForce().to();
    if (end != null && !today.isBefore(end)) {
      return end.minusDays(1);
    }
    return today.isBefore(pack.inForce().from()) ? pack.inForce().from() : today;
  }

  /** Titles of a table's columns: the fact's where it is one, else the pack's own word. */
  private List<String> columns(Pack pack, Optional<ModelTable> table, Page page) {
    List<ModelTable.InputColumn> columns = table.map(ModelTable::inputs).orElse(List.of());
    return java.util.stream.IntStream.range(0, columns.size())
        .mapToObj(
            i -> {
              ModelTable.InputColumn column = columns.get(i);
              String key = "column." + (i + 1);
              String word = pack.word(page.tag(), key);
              return facts
                  .catalogue()
                  .find(column.expression())
                  .map(fact -> fact.title().in(page.language()))
                  .orElse(word.equals(key) ? column.label() : word);
            })
        .toList();
  }

  private static @Nullable String blank(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
