package org.dandang.survey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.sealing.Sealing;
import org.dandang.policy.pack.Pack;
import org.dandang.survey.ballot.Pool;
import org.dandang.survey.ballot.PoolKeys;
import org.dandang.survey.ballot.TokenKey;
import org.dandang.survey.count.Answering;
import org.dandang.survey.count.Disclosure;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Figures;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens a vote: from then on neither the electorate nor what is asked changes, and the electorate
 * is told of it.
 */
@Component
public class Opening {
  private final JdbcClient jdbc;
  private final Surveys surveys;
  private final Electorates electorates;
  private final Pool pool;
  private final PoolKeys keys;
  private final Sealing sealing;
  private final Invitation invitation;
  private final Ledger ledger;
  private final JsonMapper json;
  private final TransactionTemplate transaction;
  private final ZoneId zone;

  Opening(
      JdbcClient jdbc,
      Surveys surveys,
      Electorates electorates,
      Pool pool,
      PoolKeys keys,
      Sealing sealing,
      Invitation invitation,
      Ledger ledger,
      JsonMapper json,
      TransactionTemplate transaction,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.surveys = surveys;
    this.electorates = electorates;
    this.pool = pool;
    this.keys = keys;
    this.sealing = sealing;
    this.invitation = invitation;
    this.ledger = ledger;
    this.json = json;
    this.transaction = transaction;
    this.zone = zone;
  }

  /**
   * Opens a draft.
   *
   * @throws SurveyProblem when something is missing, or secrecy could not be kept
   */
  public void open(long id, String actor) {
    // Made outside the transaction: a key for each group takes a while.
    Survey draft = surveys.find(id).orElseThrow(() -> new SurveyProblem("not-there"));
    List<String> groups = new ArrayList<>(List.of(""));
    groups.addAll(surveys.asked(draft).instrument().groups().keySet());
    Map<String, TokenKey.Pair> pairs = new LinkedHashMap<>();
    UUID made = draft.secret() ? UUID.randomUUID() : null;
    if (made != null) {
      groups.forEach(group -> pairs.put(group, TokenKey.fresh()));
      keys.make(made);
    }
    boolean opened = false;
    try {
      transaction.executeWithoutResult(status -> open(surveys.locked(id), pairs, made, actor));
      opened = true;
    } finally {
      if (!opened && made != null) {
        keys.destroy(made);
      }
    }
  }

  private void open(
      Survey survey, Map<String, TokenKey.Pair> pairs, @Nullable UUID made, String actor) {
    if (survey.state() != Survey.State.DRAFT || survey.secret() != (made != null)) {
      throw new SurveyProblem("no-draft");
    }
    OffsetDateTime now = surveys.now();
    OffsetDateTime opens = survey.opensAt() == null ? now : survey.opensAt();
    OffsetDateTime closes = survey.closesAt();
    if (closes == null || !closes.isAfter(now) || !closes.isAfter(opens)) {
      throw new SurveyProblem("no-hours");
    }
    Asked asked = surveys.asked(survey);
    if (!asked.missing().isEmpty()) {
      throw new SurveyProblem("list-empty", asked.missing().getFirst().title().in("zh-CN"));
    }
    Pack pack = surveys.pack(survey.pack());
    Figures figures =
        Figures.on(pack, asked.instrument(), LocalDate.ofInstant(now.toInstant(), zone));
    Electorates.Size size = electorates.size(survey.id());
    if (size.due() == 0) {
      throw new SurveyProblem("electorate-empty");
    }
    Set<String> used = Set.of("");
    if (made != null) {
      used = keepSmallGroupsTogether(survey, size, figures.smallestGroup(asked.instrument()));
    }
    String scheme = Surveys.scheme(pack);
    jdbc.sql(
            """
            update survey.survey
               set state = 'open', opens_at = :opens, scheme = :scheme, scheme_hash = :hash,
                   figures = cast(:figures as jsonb), pool = :pool, opened_at = :now, opened_by = :by
             where id = :id
            """)
        .param("opens", opens)
        .param("scheme", scheme)
        .param("hash", hash(scheme))
        .param("figures", json.writeValueAsString(figures))
        .param("pool", made)
        .param("now", now)
        .param("by", actor)
        .param("id", survey.id())
        .update();
    Map<String, String> fingerprints = new LinkedHashMap<>();
    if (made != null) {
      for (String group : used) {
        TokenKey.Pair pair = pairs.get(group);
        if (pair != null) {
          jdbc.sql(
                  "insert into survey.token_key (survey_id, grp, modulus, sealed) values (?, ?, ?,"
                      + " ?)")
              .params(survey.id(), group, pair.key().modulus(), sealing.seal().seal(pair.secret()))
              .update();
          fingerprints.put(group, pair.key().fingerprint());
        }
      }
      pool.prepare(
          new Pool.Of(survey.id(), made, new Answering(asked).longest()),
          (int) (size.due() - size.paper()));
    }
    ledger.append(
        actor,
        "survey-opened",
        "survey",
        Long.toString(survey.id()),
        Map.of(
            "due",
            size.due(),
            "paper",
            size.paper(),
            "scheme",
            hash(scheme),
            "keys",
            fingerprints));
    invitation.send(survey, opens, closes, actor);
  }

  /**
   * Voters of groups too small to be shown are told apart from nobody from the start.
   *
   * @return the groups that remain, the empty one where somebody is in none
   */
  private Set<String> keepSmallGroupsTogether(Survey survey, Electorates.Size size, int smallest) {
    if (size.due() < smallest) {
      throw new SurveyProblem("electorate-small", smallest, size.due());
    }
    if (size.paper() > 0 && size.paper() < smallest) {
      throw new SurveyProblem("paper-small", smallest, size.paper());
    }
    long online = size.due() - size.paper();
    if (online > 0 && online < smallest) {
      throw new SurveyProblem("online-small", smallest, online);
    }
    Map<String, Long> groups = new LinkedHashMap<>(electorates.groups(survey.id()));
    Long rest = groups.remove("");
    Set<String> shown = Disclosure.of(groups, rest == null ? 0 : rest, smallest);
    jdbc.sql(
            "update survey.voter set grp = '' where survey_id = :id and grp <> '' and not grp ="
                + " any(:shown)")
        .param("id", survey.id())
        .param("shown", shown.toArray(String[]::new))
        .update();
    return electorates.groups(survey.id()).keySet();
  }

  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
