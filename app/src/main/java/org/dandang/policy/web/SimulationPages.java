package org.dandang.policy.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.signin.StepUp;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.draft.Draft;
import org.dandang.policy.draft.Drafts;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.ResultFile;
import org.dandang.policy.simulation.Changed;
import org.dandang.policy.simulation.Comparison;
import org.dandang.policy.simulation.ProposedLists;
import org.dandang.policy.simulation.Setting;
import org.dandang.policy.simulation.Simulation;
import org.dandang.policy.simulation.SimulationFiles;
import org.dandang.policy.simulation.Simulations;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
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

/** Moving a figure and seeing at once what it would make of everybody. */
@Controller
class SimulationPages {
  private static final int PER_PAGE = 50;
  private static final int LISTS = 20;

  /** Laying out that is over within this is not worth a page of its own. */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final String SET = "set.";

  /** A draft instead of a version, in the address: {@code against=draft-12}. */
  private static final String DRAFT = "draft-";

  private final Simulations simulations;
  private final SimulationFiles files;
  private final PolicyRuns policies;
  private final Optional<ProposedLists> lists;
  private final Drafts drafts;
  private final Facts facts;
  private final Exports exports;
  private final Jobs jobs;
  private final Clock clock;
  private final ZoneId zone;
  private final Map<String, Job> layingOut = new ConcurrentHashMap<>();

  SimulationPages(
      Simulations simulations,
      SimulationFiles files,
      PolicyRuns policies,
      Optional<ProposedLists> lists,
      Drafts drafts,
      Facts facts,
      Exports exports,
      Jobs jobs,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.simulations = simulations;
    this.files = files;
    this.policies = policies;
    this.lists = lists;
    this.drafts = drafts;
    this.facts = facts;
    this.exports = exports;
    this.jobs = jobs;
    this.clock = clock;
    this.zone = zone;
  }

  /** What the address asks for. */
  private record Asked(
      Pack pack,
      LocalDate asOf,
      Map<String, String> settings,
      @Nullable String against,
      @Nullable Long slate,
      @Nullable String from,
      @Nullable String to,
      long offset) {

    /** The address of a state, without what is shown of those who change. */
    String query() {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("asOf", asOf.toString());
      settings.forEach((name, value) -> all.put(SET + name, value));
      if (against != null) {
        all.put("against", against);
      }
      if (slate != null) {
        all.put("slate", Long.toString(slate));
      }
      return written(all);
    }

    /** The address with a list of those who change. */
    String query(@Nullable String shownFrom, @Nullable String shownTo, long after) {
      Map<String, String> more = new LinkedHashMap<>();
      if (shownFrom != null || shownTo != null) {
        more.put("from", Objects.requireNonNullElse(shownFrom, ""));
        more.put("to", Objects.requireNonNullElse(shownTo, ""));
      }
      if (after > 0) {
        more.put("after", Long.toString(after));
      }
      return more.isEmpty() ? query() : query() + "&" + written(more);
    }

    private static String written(Map<String, String> parameters) {
      List<String> parts = new ArrayList<>();
      parameters.forEach(
          (name, value) ->
              parts.add(
                  URLEncoder.encode(name, StandardCharsets.UTF_8)
                      + "="
                      + URLEncoder.encode(value, StandardCharsets.UTF_8)));
      return String.join("&", parts);
    }
  }

  @GetMapping("/policies/{place}/{practice}/simulate")
  String page(
      @PathVariable String place,
      @PathVariable String practice,
      @RequestParam Map<String, String> parameters,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate asOf,
      @RequestParam(required = false) @Nullable Long slate,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Asked asked = asked(find(place, practice), parameters, asOf, slate);
    result(asked, account, page, model);
    model.addAttribute("figures", figures(asked, page));
    model.addAttribute("versions", PolicyVersion.beginnings(asked.pack()));
    model.addAttribute(
        "drafts",
        drafts.of(asked.pack().id()).stream()
            .filter(draft -> draft.isUnderWay() || (DRAFT + draft.id()).equals(asked.against()))
            .toList());
    model.addAttribute("lists", lists.map(all -> all.newest(LISTS)).orElse(List.of()));
    return "policy/simulate";
  }

  @GetMapping("/policies/{place}/{practice}/simulate/result")
  String result(
      @PathVariable String place,
      @PathVariable String practice,
      @RequestParam Map<String, String> parameters,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate asOf,
      @RequestParam(required = false) @Nullable Long slate,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      HttpServletResponse response,
      Model model) {
    Asked asked = asked(find(place, practice), parameters, asOf, slate);
    response.setHeader(
        "HX-Replace-Url",
        address(asked.pack()) + "?" + asked.query(asked.from(), asked.to(), asked.offset()));
    result(asked, account, page, model);
    return "policy/simulation";
  }

  @StepUp
  @PostMapping("/policies/{place}/{practice}/simulate/file")
  void file(
      @PathVariable String place,
      @PathVariable String practice,
      @RequestParam Map<String, String> parameters,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate asOf,
      @RequestParam(required = false) @Nullable Long slate,
      @RequestParam String form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      HttpServletResponse response)
      throws IOException {
    Asked asked = asked(find(place, practice), parameters, asOf, slate);
    Path folder = Files.createTempDirectory("dandang-simulation");
    Path file = folder.resolve("simulation." + form.replaceAll("[^a-z]", ""));
    try {
      ResultFile kind = ResultFile.of(file);
      Mark mark =
          Objects.requireNonNull(
              files.write(
                  simulation(asked),
                  account.signInName(),
                  Progress.unwatched(),
                  file,
                  page.language(),
                  exports));
      response.setContentType("application/octet-stream");
      response.setHeader("Content-Disposition", mark.attachment("simulation", kind.ending()));
      response.setContentLengthLong(Files.size(file));
      try (OutputStream out = response.getOutputStream()) {
        Files.copy(file, out);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  // ---------------------------------------------------------------- the result

  private void result(Asked asked, SignedIn account, Page page, Model model) {
    model.addAttribute("pack", asked.pack());
    model.addAttribute("asOf", asked.asOf());
    model.addAttribute("against", asked.against());
    model.addAttribute("slate", asked.slate());
    model.addAttribute("address", address(asked.pack()));
    model.addAttribute("query", asked.query());
    try {
      Simulation simulation = simulation(asked);
      model.addAttribute("later", later(asked));
      Job job = laidOut(simulation, asked, account, page);
      if (job != null) {
        model.addAttribute("job", job);
        return;
      }
      compared(simulation, asked, account, page, model);
    } catch (PolicyProblem problem) {
      model.addAttribute("problem", problem.text(page.language()));
    }
  }

  private void compared(
      Simulation simulation, Asked asked, SignedIn account, Page page, Model model) {
    Comparison.Transition shown =
        asked.from() == null && asked.to() == null
            ? null
            : new Comparison.Transition(word(asked.from()), word(asked.to()), 0, 0);
    record Answer(Comparison comparison, List<Changed> changed) {}
    Answer answer =
        simulations.ask(
            simulation,
            account.signInName(),
            Progress.unwatched(),
            simulator ->
                new Answer(
                    simulator.compare(simulation.after()),
                    simulator.changed(simulation.after(), shown, asked.offset(), PER_PAGE + 1)));
    List<Changed> changed = answer.changed();
    boolean more = changed.size() > PER_PAGE;
    List<Changed> listed = more ? changed.subList(0, PER_PAGE) : changed;
    model.addAttribute("simulation", simulation);
    model.addAttribute("comparison", answer.comparison());
    model.addAttribute("changed", listed);
    model.addAttribute("transition", shown);
    model.addAttribute("offset", asked.offset());
    model.addAttribute(
        "previous",
        asked.offset() == 0
            ? null
            : asked.query(asked.from(), asked.to(), Math.max(0, asked.offset() - PER_PAGE)));
    model.addAttribute(
        "next", more ? asked.query(asked.from(), asked.to(), asked.offset() + PER_PAGE) : null);
    Map<Comparison.Transition, String> transitions = new LinkedHashMap<>();
    for (Comparison.Transition each : answer.comparison().transitions()) {
      transitions.put(each, asked.query(name(each.from()), name(each.to()), 0));
    }
    model.addAttribute("transitions", transitions);
    model.addAttribute(
        "labels",
        facts.labels(asked.pack().subject(), listed.stream().map(Changed::subject).toList()));
    model.addAttribute("words", files.words(simulation, page.language()));
    model.addAttribute("least", simulations.smallestGroup(asked.pack()));
    Map<String, String> state = new LinkedHashMap<>();
    asked.settings().forEach((name, value) -> state.put(SET + name, value));
    state.put("asOf", asked.asOf().toString());
    state.put("against", Objects.requireNonNullElse(asked.against(), ""));
    state.put("slate", asked.slate() == null ? "" : Long.toString(asked.slate()));
    model.addAttribute("state", state);
  }

  /** The laying out as long as it goes on, or where it failed; null once all is laid out. */
  private @Nullable Job laidOut(Simulation simulation, Asked asked, SignedIn account, Page page) {
    String key =
        account.signInName()
            + " "
            + simulation.before().name()
            + " "
            + asked.pack().id()
            + " "
            + asked.asOf()
            + " "
            + asked.slate();
    if (simulations.isLaidOut(simulation)) {
      layingOut.remove(key);
      return null;
    }
    Job job =
        layingOut.compute(
            key,
            (same, present) ->
                present != null && present.state() == Job.State.RUNNING
                    ? present
                    : jobs.start(
                        page.word(
                            "simulation.job",
                            asked.pack().title().in(page.language()),
                            asked.asOf()),
                        account.signInName(),
                        progress ->
                            Sights.doing(
                                new Sight.Everything(),
                                () ->
                                    simulations.ask(
                                        simulation,
                                        account.signInName(),
                                        progress,
                                        simulator ->
                                            address(asked.pack()) + "?" + asked.query()))));
    long began = System.nanoTime();
    while (job.state() == Job.State.RUNNING && System.nanoTime() - began < PATIENCE) {
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return job;
      }
    }
    if (job.state() == Job.State.RUNNING) {
      return job;
    }
    layingOut.remove(key, job);
    return job.state() == Job.State.DONE ? null : job;
  }

  private @Nullable LocalDate later(Asked asked) {
    Long slate = asked.slate();
    return slate == null
        ? null
        : lists
            .flatMap(all -> all.list(slate))
            .map(ProposedLists.ProposedList::takesEffect)
            .filter(takesEffect -> takesEffect.isAfter(asked.asOf()))
            .orElse(null);
  }

  // ---------------------------------------------------------------- what is asked

  private Asked asked(
      Pack pack, Map<String, String> parameters, @Nullable LocalDate asOf, @Nullable Long slate) {
    LocalDate today = LocalDate.now(clock.withZone(zone));
    LocalDate day = asOf == null ? PolicyPages.shownOn(pack, today) : asOf;
    Map<String, String> settings = new LinkedHashMap<>();
    PolicyVersion version = PolicyVersion.of(pack, day);
    parameters.forEach(
        (name, value) -> {
          if (name.startsWith(SET) && !value.isBlank() && !isPresent(version, name, value)) {
            settings.put(name.substring(SET.length()), value.strip());
          }
        });
    return new Asked(
        pack,
        day,
        settings,
        blank(parameters.get("against")),
        slate,
        parameters.get("from"),
        parameters.get("to"),
        offset(parameters.get("after")));
  }

  /** Whether a field holds the figure in force. */
  private static boolean isPresent(PolicyVersion version, String field, String value) {
    return fields(version).entrySet().stream()
        .filter(figure -> figure.getKey().equals(field))
        .anyMatch(
            figure ->
                figure.getValue() instanceof BigDecimal number
                    ? value.strip().matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?")
                        && number.compareTo(new BigDecimal(value.strip())) == 0
                    : figure.getValue().toString().equals(value.strip()));
  }

  /** The figures in force, by the names of their fields. */
  private static Map<String, Object> fields(PolicyVersion version) {
    Map<String, Object> fields = new LinkedHashMap<>();
    version
        .figures()
        .forEach(
            (id, dated) ->
                dated.figures().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(
                        figure ->
                            fields.put(
                                SET + Setting.name(id, figure.getKey()), figure.getValue())));
    return fields;
  }

  private Simulation simulation(Asked asked) {
    Long slate = asked.slate();
    if (slate != null && lists.flatMap(all -> all.list(slate)).isEmpty()) {
      throw new PolicyProblem("no-such-slate", slate);
    }
    List<Setting> settings =
        asked.settings().entrySet().stream()
            .map(setting -> Setting.parse(setting.getKey() + "=" + setting.getValue()))
            .toList();
    String against = asked.against();
    if (against == null || !against.startsWith(DRAFT)) {
      return simulations.of(asked.pack(), asked.asOf(), settings, against, slate);
    }
    Draft draft = draft(asked.pack(), against);
    return simulations.under(
        Path.of(against + ".dmn"),
        draft.model().getBytes(StandardCharsets.UTF_8),
        simulations.of(asked.pack(), asked.asOf(), settings, null, slate));
  }

  private Draft draft(Pack pack, String against) {
    return drafts.of(pack.id()).stream()
        .filter(draft -> against.equals(DRAFT + draft.id()))
        .findFirst()
        .orElseThrow(() -> new PolicyProblem("no-such-draft", against.substring(DRAFT.length())));
  }

  private List<MovableFigure> figures(Asked asked, Page page) {
    PolicyVersion version = PolicyVersion.of(asked.pack(), asked.asOf());
    List<MovableFigure> figures = new ArrayList<>();
    version
        .figures()
        .forEach(
            (id, dated) -> {
              Parameter parameter = Objects.requireNonNull(asked.pack().parameters().get(id));
              dated.figures().entrySet().stream()
                  .sorted(Map.Entry.comparingByKey())
                  .forEach(
                      entry ->
                          figures.add(
                              figure(
                                  parameter,
                                  dated,
                                  entry.getKey(),
                                  entry.getValue(),
                                  asked,
                                  page)));
            });
    return figures;
  }

  private static MovableFigure figure(
      Parameter parameter,
      Parameter.Dated dated,
      String key,
      Object present,
      Asked asked,
      Page page) {
    String name = Setting.name(parameter.id(), key);
    String title = parameter.title().in(page.language());
    BigDecimal number = present instanceof BigDecimal figure ? figure : null;
    boolean ratio = parameter.unit().equals("ratio");
    return new MovableFigure(
        SET + name,
        key.equals(Parameter.FOR_ALL) ? title : title + " · " + page.value(key),
        ratio ? "" : page.wordOr("unit." + parameter.unit(), parameter.unit()),
        dated.clauses().getOrDefault(key, ""),
        present,
        asked
            .settings()
            .getOrDefault(name, number == null ? present.toString() : number.toPlainString()),
        number == null ? null : ratio ? BigDecimal.ONE : greatest(number),
        number == null ? null : ratio ? new BigDecimal("0.01") : step(number));
  }

  /** Twice the figure, and far enough to move a small one. */
  private static BigDecimal greatest(BigDecimal figure) {
    return figure
        .multiply(BigDecimal.TWO)
        .max(figure.add(BigDecimal.TEN))
        .setScale(0, java.math.RoundingMode.UP);
  }

  private static BigDecimal step(BigDecimal figure) {
    return BigDecimal.ONE.movePointLeft(Math.max(0, figure.stripTrailingZeros().scale()));
  }

  private Pack find(String place, String practice) {
    try {
      return policies.pack(place + "/" + practice);
    } catch (PolicyProblem e) {
      throw new NotHere();
    }
  }

  private static String address(Pack pack) {
    return "/policies/" + pack.id() + "/simulate";
  }

  private static long offset(@Nullable String after) {
    return after != null && after.matches("[0-9]{1,9}") ? Long.parseLong(after) : 0;
  }

  /** An outcome as an address names it: empty for none. */
  private static String name(@Nullable String outcome) {
    return Objects.requireNonNullElse(outcome, "");
  }

  private static @Nullable String word(@Nullable String name) {
    return blank(name);
  }

  private static @Nullable String blank(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
