package org.dandang.survey;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.Part;
import org.dandang.policy.pack.YamlNode;
import org.dandang.survey.count.AnswerRefused;
import org.dandang.survey.count.Answering;
import org.dandang.survey.count.Counting;
import org.dandang.survey.count.Counts;
import org.dandang.survey.count.Turnout;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Figures;
import org.dandang.survey.instrument.Instrument;
import org.dandang.survey.instrument.InstrumentReader;
import org.dandang.survey.instrument.Question;
import org.dandang.survey.instrument.Share;
import org.dandang.survey.instrument.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be told of a pack's instrument without asking anybody: its scheme, the
 * figures its rules are written in, and the dated sentences in {@code counting.yaml}.
 */
public final class InstrumentCheck {
  private static final String CASES = "counting.yaml";

  private final Pack pack;
  private final Consumer<Finding> told;

  private InstrumentCheck(Pack pack, Consumer<Finding> told) {
    this.pack = pack;
    this.told = told;
  }

  /** A sentence of {@code counting.yaml} and what differs from what it expects. */
  public record CaseResult(String name, List<Finding> findings) {
    public CaseResult {
      findings = List.copyOf(findings);
    }

    public boolean holds() {
      return findings.isEmpty();
    }
  }

  /** What is to be said of a pack's instrument; nothing when it has none. */
  public static List<Finding> check(Pack pack) {
    List<Finding> findings = new ArrayList<>();
    if (pack.holds(Part.Instrument.class)) {
      InstrumentCheck check = new InstrumentCheck(pack, findings::add);
      check
          .instrument()
          .ifPresent(
              instrument -> {
                check.thresholds(instrument);
                if (findings.stream().noneMatch(Finding::isError)) {
                  check.cases(instrument).forEach(result -> findings.addAll(result.findings()));
                }
              });
    }
    return findings;
  }

  /** Runs the sentences of a pack's {@code counting.yaml}; none where its instrument is broken. */
  public static List<CaseResult> test(Pack pack) {
    if (!pack.holds(Part.Instrument.class)) {
      return List.of();
    }
    List<Finding> errors = new ArrayList<>();
    InstrumentCheck check = new InstrumentCheck(pack, errors::add);
    Optional<Instrument> instrument = check.instrument();
    instrument.ifPresent(check::thresholds);
    return instrument.isEmpty() || errors.stream().anyMatch(Finding::isError)
        ? List.of(new CaseResult(pack.id() + "/" + InstrumentReader.FILE, errors))
        : check.cases(instrument.get());
  }

  private String name(String file) {
    return pack.id() + "/" + file;
  }

  private Optional<Instrument> instrument() {
    return text(InstrumentReader.FILE)
        .flatMap(text -> InstrumentReader.read(text, name(InstrumentReader.FILE), told));
  }

  private Optional<String> text(String file) {
    Path path = pack.folder().resolve(file);
    try {
      return Optional.of(Files.readString(path));
    } catch (MalformedInputException e) {
      told.accept(Finding.error(name(file), 0, "", "not-utf-8"));
    } catch (IOException e) {
      told.accept(Finding.error(name(file), 0, "", "unreadable", String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  /** Every rule's parameter is there, holds a share or a number, and is not of another kind. */
  private void thresholds(Instrument instrument) {
    share("quorum", instrument.quorum());
    for (Question question : instrument.questions()) {
      if (question.kind() instanceof Question.Motion motion) {
        share(question.id() + ".majority", motion.majority());
      }
    }
    String smallest = instrument.smallestGroup();
    if (smallest != null) {
      for (Object figure : figures("smallest-group", smallest)) {
        if (!String.valueOf(figure).matches("[1-9]\\d{0,3}")) {
          error("smallest-group", "number-between", figure, 1, 9999);
        }
      }
    }
    pack.parameters().keySet().stream()
        .filter(parameter -> !instrument.parameters().contains(parameter))
        .forEach(
            parameter ->
                told.accept(
                    Finding.warning(
                        name("parameters.yaml"), 0, parameter, "parameter-of-nothing", parameter)));
  }

  private void share(String where, @Nullable Threshold threshold) {
    if (threshold != null) {
      for (Object figure : figures(where, threshold.parameter())) {
        if (Share.of(figure).isEmpty()) {
          error(where, "not-a-share", figure);
        }
      }
    }
  }

  private List<Object> figures(String where, String parameter) {
    Parameter known = pack.parameters().get(parameter);
    if (known == null) {
      error(where, "unknown-parameter", parameter, String.join(", ", pack.parameters().keySet()));
      return List.of();
    }
    if (known.by() != null) {
      error(where, "parameter-by", parameter, known.by());
      return List.of();
    }
    return known.values().stream().flatMap(dated -> dated.figures().values().stream()).toList();
  }

  private void error(String where, String key, Object... values) {
    told.accept(Finding.error(name(InstrumentReader.FILE), 0, where, key, values));
  }

  private List<CaseResult> cases(Instrument instrument) {
    List<Finding> own = new ArrayList<>();
    if (!Files.exists(pack.folder().resolve(CASES))) {
      told.accept(Finding.warning(name(CASES), 0, "", "file-missing"));
      return List.of();
    }
    YamlNode document =
        text(CASES).map(text -> YamlNode.of(text, name(CASES), own::add)).orElse(null);
    List<CaseResult> results = new ArrayList<>();
    if (document != null) {
      for (YamlNode node : document.list()) {
        List<Finding> findings = new ArrayList<>();
        YamlNode again = node.telling(findings::add);
        String called = counted(instrument, again);
        results.add(new CaseResult(called, findings));
      }
    }
    if (!own.isEmpty()) {
      results.add(new CaseResult(name(CASES), own));
    }
    return results;
  }

  /** Counts one sentence and tells where it comes out otherwise; its name. */
  private String counted(Instrument instrument, YamlNode node) {
    Map<String, YamlNode> keys =
        node.map(List.of("name", "as-of", "due", "lists", "ballots", "expect"));
    YamlNode called = keys.get("name");
    YamlNode asOf = keys.get("as-of");
    YamlNode due = keys.get("due");
    YamlNode ballots = keys.get("ballots");
    YamlNode expect = keys.get("expect");
    for (String key : List.of("name", "as-of", "due", "ballots", "expect")) {
      if (!keys.containsKey(key)) {
        node.error("key-missing", key);
      }
    }
    LocalDate day = asOf == null ? null : asOf.date();
    if (called == null || day == null || due == null || ballots == null || expect == null) {
      return called == null ? name(CASES) : called.text();
    }
    Map<String, List<String>> items = new LinkedHashMap<>();
    YamlNode lists = keys.get("lists");
    if (lists != null) {
      lists
          .map(List.copyOf(instrument.lists().keySet()))
          .forEach((id, l) -> items.put(id, l.texts()));
    }
    Asked asked = new Asked(instrument, items);
    Figures figures;
    try {
      figures = Figures.on(pack, instrument, day);
    } catch (PolicyProblem e) {
      node.error("case-not-in-force", day);
      return called.text();
    }
    Map<String, Map<String, Long>> answers = new LinkedHashMap<>();
    long[] received = new long[2];
    for (YamlNode ballot : ballots.list()) {
      ballot(asked, ballot, answers, received);
    }
    Counts counts =
        new Counting(asked, figures)
            .count(new Turnout(whole(due), received[0], received[1], received[1]), answers);
    compare(expect, counts.figures());
    return called.text();
  }

  /** Ballots alike: {@code {times: 16, spoilt: true}} or with answers, by key of the question. */
  private static void ballot(
      Asked asked, YamlNode node, Map<String, Map<String, Long>> answers, long[] received) {
    Map<String, YamlNode> keys = node.map();
    YamlNode timesNode = keys.get("times");
    long times = timesNode == null ? 1 : whole(timesNode);
    if (keys.containsKey("spoilt")) {
      received[1] += times;
      return;
    }
    received[0] += times;
    Map<String, List<String>> fields = new LinkedHashMap<>();
    keys.forEach(
        (key, value) -> {
          if (!key.equals("times")) {
            fields.put("a." + key, List.of(value.text().split("\\s*\\|\\s*")));
          }
        });
    try {
      new Answering(asked)
          .read(ranks(asked, fields))
          .forEach(
              (key, answer) ->
                  answers
                      .computeIfAbsent(key, question -> new LinkedHashMap<>())
                      .merge(answer, times, Long::sum));
    } catch (AnswerRefused refused) {
      node.error("answer-refused", refused.key(), refused.reason());
    }
  }

  /** An order may be written {@code 2>1>3}, and a name that is on no list {@code =name}. */
  private static Map<String, List<String>> ranks(Asked asked, Map<String, List<String>> fields) {
    Map<String, List<String>> all = new LinkedHashMap<>(fields);
    for (Asked.One one : asked.all()) {
      List<String> values = fields.getOrDefault("a." + one.key(), List.of());
      if (one.question().kind() instanceof Question.Rank && !values.isEmpty()) {
        all.putAll(new Answering(asked).fields(Map.of(one.key(), values.getFirst())));
        all.remove("a." + one.key());
      } else if (one.question().kind() instanceof Question.Recommend && !values.isEmpty()) {
        all.putAll(new Answering(asked).fields(Map.of(one.key(), String.join("|", values))));
      }
    }
    return all;
  }

  private static long whole(YamlNode node) {
    String text = node.text();
    if (text.matches("\\d{1,9}")) {
      return Long.parseLong(text);
    }
    node.error("not-a-number", text);
    return 0;
  }

  private static void compare(YamlNode expect, Map<String, Map<String, String>> figures) {
    expect
        .map()
        .forEach(
            (key, node) -> {
              Map<String, String> counted = figures.get(key);
              if (counted == null) {
                node.error("unknown-word", key, String.join(", ", figures.keySet()));
                return;
              }
              node.map()
                  .forEach(
                      (figure, value) -> {
                        String is = counted.getOrDefault(figure, "–");
                        if (!is.equals(value.text())) {
                          value.error("counted-otherwise", value.text(), is);
                        }
                      });
            });
  }
}
