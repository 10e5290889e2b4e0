package org.dandang.policy.web;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.decision.Decision;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.decision.Replay;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.run.PolicyRuns;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Facts and decisions for other programs, as JSON. Problems come as RFC 9457 documents. */
@RestController
@RequestMapping("/api/v1")
class DecisionApi {
  private final PolicyRuns policies;
  private final Packs packs;
  private final Decisions decisions;
  private final Facts facts;
  private final SubjectGuard guard;

  DecisionApi(
      PolicyRuns policies, Packs packs, Decisions decisions, Facts facts, SubjectGuard guard) {
    this.policies = policies;
    this.packs = packs;
    this.decisions = decisions;
    this.facts = facts;
    this.guard = guard;
  }

  /** Facts told with a question, by id; those left out are missing. */
  record Told(LocalDate asOf, Map<String, @Nullable Object> facts) {
    Told {
      Objects.requireNonNull(asOf, "asOf");
      Objects.requireNonNull(facts, "facts");
    }
  }

  /** A question about a subject on record. */
  record Asked(LocalDate asOf, long subject) {
    Asked {
      Objects.requireNonNull(asOf, "asOf");
    }
  }

  /** A fact of the catalogue. */
  record FactAnswer(
      String id,
      String subject,
      String type,
      @Nullable String unit,
      String title,
      String ifMissing,
      String module,
      List<String> policies) {}

  @GetMapping("/facts")
  List<FactAnswer> catalogue(Locale language) {
    List<Pack> all = packs.policies();
    return facts.catalogue().all().stream()
        .map(
            fact ->
                new FactAnswer(
                    fact.id(),
                    fact.subject(),
                    fact.type().word(),
                    fact.unit(),
                    fact.title().in(language),
                    fact.missing(),
                    fact.module(),
                    all.stream().filter(pack -> pack.uses(fact.id())).map(Pack::id).toList()))
        .toList();
  }

  /** What a policy gives a subject on record, with its reasons; nothing is kept. */
  @GetMapping("/policies/{place}/{practice}/decisions/{subject}")
  DecisionAnswer ask(
      @PathVariable String place,
      @PathVariable String practice,
      @PathVariable long subject,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate asOf,
      @AuthenticationPrincipal SignedIn account,
      Locale language) {
    Pack pack = policies.pack(place + "/" + practice);
    guard.check(account, Action.READ, pack.subject(), subject);
    return answer(
        decisions.prepare(pack, asOf, subject, null, account.signInName()), pack, language);
  }

  /** The same, kept for ever as it is. */
  @PostMapping("/policies/{place}/{practice}/decisions")
  ResponseEntity<DecisionAnswer> keep(
      @PathVariable String place,
      @PathVariable String practice,
      @RequestBody Asked asked,
      @AuthenticationPrincipal SignedIn account,
      Locale language) {
    Pack pack = policies.pack(place + "/" + practice);
    guard.check(account, Action.CHANGE, pack.subject(), asked.subject());
    Decision kept = decisions.keep(pack, asked.asOf(), asked.subject(), null, account.signInName());
    return ResponseEntity.created(URI.create("/api/v1/decisions/" + kept.id()))
        .body(answer(kept, pack, language));
  }

  /** What a policy gives for facts that come with the question and rest on no register. */
  @PostMapping("/policies/{place}/{practice}/evaluations")
  DecisionAnswer evaluate(
      @PathVariable String place,
      @PathVariable String practice,
      @RequestBody Told told,
      @AuthenticationPrincipal SignedIn account,
      Locale language) {
    Pack pack = policies.pack(place + "/" + practice);
    return answer(
        decisions.prepare(pack, told.asOf(), values(pack, told.facts()), account.signInName()),
        pack,
        language);
  }

  @GetMapping("/decisions/{id}")
  DecisionAnswer kept(
      @PathVariable long id, @AuthenticationPrincipal SignedIn account, Locale language) {
    Decision decision =
        decisions
            .find(id)
            .orElseThrow(() -> new PolicyProblem("no-such-decision", Long.toString(id)));
    guard.check(account, Action.READ, decision.subjectKind(), decision.subject());
    return answer(decision, policies.pack(decision.pack()), language);
  }

  /** A kept decision made again: the same, or what changed since. */
  @GetMapping("/decisions/{id}/replay")
  Map<String, @Nullable Object> replay(
      @PathVariable long id, @AuthenticationPrincipal SignedIn account) {
    decisions
        .find(id)
        .ifPresent(kept -> guard.check(account, Action.READ, kept.subjectKind(), kept.subject()));
    Replay replay = decisions.replay(id);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("same", replay.isSame());
    answer.put("sameOutcome", replay.isSameOutcome());
    answer.put("outcomeThen", replay.then().outcome());
    Decision now = replay.now();
    answer.put("outcomeNow", now == null ? null : now.outcome());
    answer.put("changes", replay.changes());
    return answer;
  }

  @ExceptionHandler
  ProblemDetail refused(PolicyProblem problem, Locale language) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.UNPROCESSABLE_CONTENT, problem.text(language));
  }

  @ExceptionHandler(IllegalArgumentException.class)
  ProblemDetail notOnRecord(IllegalArgumentException problem) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.NOT_FOUND, String.valueOf(problem.getMessage()));
  }

  private DecisionAnswer answer(Decision decision, Pack pack, Locale language) {
    return DecisionAnswer.of(decision, pack, facts.catalogue(), language);
  }

  /** Brings what JSON can say to the types of the facts; every fact must be one of the pack's. */
  private Map<String, @Nullable Object> values(Pack pack, Map<String, @Nullable Object> told) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    told.forEach(
        (id, value) -> {
          if (!pack.facts().contains(id)) {
            throw new PolicyProblem(
                "fact-not-used", id, pack.id(), String.join(", ", pack.facts()));
          }
          values.put(id, value == null ? null : value(facts.catalogue().get(id), value));
        });
    return values;
  }

  private static Object value(Fact fact, Object value) {
    try {
      return switch (fact.type().kind()) {
        case INTEGER, DECIMAL -> new BigDecimal(((Number) value).toString());
        case BOOLEAN -> (Boolean) value;
        case STRING -> (String) value;
        case DATE -> LocalDate.parse((String) value);
      };
    } catch (ClassCastException | DateTimeParseException | NumberFormatException e) {
      throw new PolicyProblem("fact-of-another-type", fact.id(), value, fact.type().word());
    }
  }
}
