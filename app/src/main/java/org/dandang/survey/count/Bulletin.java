package org.dandang.survey.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Figures;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published ballots of a vote with all that is needed to count them again.
 *
 * <p>The file has a line {@code about TAB json}, then {@code receipt TAB code} for each ballot
 * handed in in secret, then {@code answer TAB question TAB group TAB number TAB answer}. The
 * fingerprint that the bulletin's page and the ledger state is the SHA-256 of all lines but the
 * first.
 *
 * @param receipts codes of the ballots handed in in secret
 * @param answers by key of the question: each answer with how often it was given
 * @param hash SHA-256 of the lines as they were read, in hexadecimal digits
 */
public record Bulletin(
    About about,
    Asked asked,
    Set<String> receipts,
    Map<String, Map<String, Long>> answers,
    String hash) {
  /** How the first line begins. */
  static final String ABOUT = "about";

  static final String FORM = "dandang-ballots-1";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What the vote was about; no part of the fingerprint.
   *
   * @param form of the file
   * @param withheld whether too few voted for their answers to be published
   * @param lists texts of each list, in order
   * @param figures in force at opening: shares of quorum and majorities
   * @param scheme the instrument as it was at opening
   * @param ballots fingerprint of the other lines, as recorded at counting
   */
  public record About(
      String form,
      long survey,
      String title,
      boolean secret,
      boolean withheld,
      Turnout turnout,
      Map<String, List<String>> lists,
      Figures figures,
      String scheme,
      String ballots) {
    public About {
      Objects.requireNonNull(form);
      Objects.requireNonNull(title);
      Objects.requireNonNull(turnout);
      Objects.requireNonNull(figures);
      Objects.requireNonNull(scheme);
      Objects.requireNonNull(ballots);
      lists = Map.copyOf(lists);
    }

    public About(
        long survey,
        String title,
        boolean secret,
        boolean withheld,
        Turnout turnout,
        Map<String, List<String>> lists,
        Figures figures,
        String scheme,
        String ballots) {
      this(FORM, survey, title, secret, withheld, turnout, lists, figures, scheme, ballots);
    }

    /** The first line, with its end. */
    public String line() {
      return ABOUT + "\t" + JSON.writeValueAsString(this) + "\n";
    }
  }

  /** Counts the ballots. */
  public Counts count() {
    return new Counting(asked, about.figures()).count(about.turnout(), answers);
  }

  /** Whether a ballot is among those counted; dashes and small letters do not matter. */
  public boolean holds(String receipt) {
    String code = bare(receipt);
    return !code.isEmpty() && receipts.stream().anyMatch(known -> bare(known).equals(code));
  }

  private static String bare(String receipt) {
    return receipt.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }

  /** What does not fit together although every line by itself is one; empty where all does. */
  public List<String> contradictions() {
    List<String> found = new ArrayList<>();
    Turnout turnout = about.turnout();
    if (receipts.size() != (about.secret() ? turnout.electronic() : 0)) {
      found.add(
          "%,d receipts for %,d ballots handed in in secret"
              .formatted(receipts.size(), about.secret() ? turnout.electronic() : 0));
    }
    if (turnout.present() > turnout.due()) {
      found.add("%,d ballots of an electorate of %,d".formatted(turnout.present(), turnout.due()));
    }
    if (about.withheld() && !answers.isEmpty()) {
      found.add("answers of a vote whose answers are withheld");
    }
    for (Asked.One one : asked.all()) {
      long given =
          answers.getOrDefault(one.key(), Map.of()).values().stream()
              .mapToLong(Long::longValue)
              .sum();
      if (given > turnout.valid()) {
        found.add(
            "%s: %,d answers of %,d valid ballots".formatted(one.key(), given, turnout.valid()));
      }
    }
    return found;
  }
}
