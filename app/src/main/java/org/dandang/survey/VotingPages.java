package org.dandang.survey;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.dandang.survey.ballot.TokenKey;
import org.dandang.survey.count.AnswerRefused;
import org.dandang.survey.count.Answering;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Instrument.Published;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a voter sees: the own votes, the ballot, and that it is counted. */
@Controller
class VotingPages {
  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Electorates electorates;
  private final Collecting collecting;
  private final Casting casting;
  private final Results results;
  private final SurveyAccess access;
  private final Clock clock;

  VotingPages(
      JdbcClient jdbc,
      Surveys surveys,
      Electorates electorates,
      Collecting collecting,
      Casting casting,
      Results results,
      SurveyAccess access,
      Clock clock) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.electorates = electorates;
    this.collecting = collecting;
    this.casting = casting;
    this.results = results;
    this.access = access;
    this.clock = clock;
  }

  @GetMapping("/me/surveys")
  String mine(@AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("votes", account.official() == null ? List.of() : mine(account.official()));
    return "survey/mine";
  }

  private List<OwnVote> mine(long official) {
    return jdbc.sql(
            """
            select s.id, s.title, s.secret, s.opens_at, s.closes_at,
                   case when v.recused_at is not null then 'recused'
                        when s.state = 'counted' then 'counted'
                        when s.state = 'closed' or s.closes_at <= :now then 'closed'
                        when s.opens_at > :now then 'soon'
                        when v.paper then 'paper'
                        when s.secret and v.collected is not null then 'collected'
                        when exists (select from survey.named_ballot b where b.survey_id = s.id
                                      and b.official_id = v.official_id and b.superseded_at is null) then 'cast'
                        else 'open' end as step
              from survey.voter v join survey.survey s on s.id = v.survey_id
             where v.official_id = :official and s.state in ('open', 'closed', 'counted')
             order by s.state <> 'open', s.closes_at desc, s.id desc limit 200
            """)
        .param("now", surveys.now())
        .param("official", official)
        .query(OwnVote.class)
        .list();
  }

  @GetMapping("/me/surveys/{id}")
  String vote(
      @PathVariable long id,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Voter voter = voter(id, account);
    Survey survey = surveys.find(id).orElseThrow(NotHere::new);
    if (survey.state() == Survey.State.DRAFT || survey.state() == Survey.State.WITHDRAWN) {
      throw new NotHere();
    }
    Asked asked = surveys.asked(survey);
    model.addAttribute("survey", survey);
    model.addAttribute("asked", asked);
    model.addAttribute("voter", voter);
    boolean takes = survey.takesBallots(clock.instant());
    model.addAttribute("takes", takes && !voter.recused() && !voter.paper());
    model.addAttribute(
        "early", survey.opensAt() != null && survey.opensAt().isAfter(surveys.now()));
    if (survey.secret()) {
      TokenKey key = collecting.key(id, voter.group()).orElse(null);
      model.addAttribute("key", key);
      model.addAttribute("width", casting.width(asked));
      model.addAttribute("words", new VoteWords(page).json());
    } else {
      Map<String, String> given = casting.named(id, voter.official());
      model.addAttribute("given", !given.isEmpty());
      if (!model.containsAttribute("fields")) {
        model.addAttribute("fields", new Answering(asked).fields(given));
      }
    }
    return survey.secret() ? "survey/vote-secret" : "survey/vote-named";
  }

  @PostMapping(value = "/me/surveys/{id}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  String castNamed(
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Voter voter = voter(id, account);
    Map<String, List<String>> fields = new LinkedHashMap<>(form);
    try {
      casting.castNamed(id, voter.official(), fields, account.signInName());
      after.addFlashAttribute("told", "survey.vote.cast");
    } catch (AnswerRefused refused) {
      after.addFlashAttribute(
          "problem", page.word("survey.answer." + refused.reason(), refused.values(page.tag())));
      after.addFlashAttribute("fields", fields);
    } catch (SurveyProblem problem) {
      after.addFlashAttribute("problem", problem.text(page.language()));
      after.addFlashAttribute("fields", fields);
    }
    return "redirect:/me/surveys/" + id;
  }

  /** Signs a blinded token; both in base64url. */
  @PostMapping(value = "/me/surveys/{id}/token", consumes = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> token(
      @PathVariable long id,
      @RequestBody String blinded,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page) {
    Voter voter = voter(id, account);
    try {
      byte[] signed =
          collecting.collect(id, voter.official(), Base64.getUrlDecoder().decode(blinded.strip()));
      return ResponseEntity.ok()
          .contentType(MediaType.TEXT_PLAIN)
          .body(Base64.getUrlEncoder().withoutPadding().encodeToString(signed));
    } catch (SurveyProblem problem) {
      return ResponseEntity.status(409)
          .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
          .body(problem.text(page.language()));
    } catch (IllegalArgumentException e) {
      return ResponseEntity.badRequest().build();
    }
  }

  /** What is published of a counted vote, for whom the instrument says. */
  @GetMapping("/bulletins/{id}")
  String bulletin(
      @PathVariable long id,
      @Nullable @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      Model model) {
    Survey survey = surveys.find(id).orElseThrow(NotHere::new);
    Reader reader = reader(survey, account);
    model.addAttribute("survey", survey);
    model.addAttribute("asked", surveys.asked(survey));
    model.addAttribute("voter", account == null ? null : account.official());
    model.addAttribute("receipts", results.receipts(id));
    model.addAttribute("answers", reader.answers());
    results
        .recorded(id)
        .ifPresent(
            recorded -> {
              model.addAttribute("recorded", recorded);
              if (reader.answers()) {
                model.addAttribute(
                    "tables", new ResultWords(page).tables(results.again(survey, recorded, "")));
              }
            });
    model.addAttribute(
        "keys",
        jdbc
            .sql("select modulus from survey.token_key where survey_id = ? order by grp")
            .param(id)
            .query(String.class)
            .list()
            .stream()
            .map(modulus -> TokenKey.of(modulus).fingerprint())
            .toList());
    return "survey/bulletin";
  }

  /** The published ballots as a file that anybody can count again. */
  @GetMapping("/bulletins/{id}/ballots.txt")
  ResponseEntity<String> ballots(
      @PathVariable long id, @Nullable @AuthenticationPrincipal SignedIn account) {
    Survey survey = surveys.find(id).orElseThrow(NotHere::new);
    if (!reader(survey, account).answers()) {
      throw new NotHere();
    }
    RecordedResult recorded = results.recorded(id).orElseThrow(NotHere::new);
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
        .header("Content-Disposition", "attachment; filename=\"ballots-" + id + ".txt\"")
        .body(results.bulletin(survey, recorded));
  }

  /** Who may read what: the codes of ballots, and the answers beside them. */
  private record Reader(boolean answers) {}

  private Reader reader(Survey survey, @Nullable SignedIn account) {
    if (survey.state() == Survey.State.DRAFT || survey.state() == Survey.State.WITHDRAWN) {
      throw new NotHere();
    }
    Published published = surveys.asked(survey).instrument().published();
    boolean counted = survey.state() == Survey.State.COUNTED;
    if (account != null && account.isOfficer()) {
      access.seen(survey.id(), account, Action.READ);
      return new Reader(counted);
    }
    boolean voter =
        account != null
            && account.official() != null
            && electorates
                .find(survey.id(), Objects.requireNonNull(account.official()))
                .isPresent();
    if (!voter && published != Published.EVERYBODY) {
      throw new NotHere();
    }
    return new Reader(counted && published != Published.OFFICE);
  }

  private Voter voter(long id, SignedIn account) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    return electorates.find(id, own).orElseThrow(NotHere::new);
  }
}
