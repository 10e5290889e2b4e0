package org.dandang.survey.count;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.dandang.policy.pack.Finding;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Instrument;
import org.dandang.survey.instrument.InstrumentReader;
import org.dandang.survey.instrument.Question;
import org.dandang.survey.instrument.Share;
import org.dandang.survey.instrument.Threshold;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads a bulletin line by line and takes no line that could not have been published. */
public final class BulletinReader {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern RECEIPT =
      Pattern.compile("[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){4}");
  private static final Pattern BETWEEN = Pattern.compile("\t");

  private final MessageDigest digest = sha256();
  private final Set<String> receipts = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Map<String, Long>> answers = new LinkedHashMap<>();
  private final Map<String, Asked.One> questions = new HashMap<>();
  private Bulletin.@Nullable About about;
  private @Nullable Asked asked;
  private @Nullable Answering answering;
  private long number;

  private BulletinReader() {}

  /**
   * Reads a file.
   *
   * @throws BulletinProblem at the first line that is none
   */
  public static Bulletin read(Path file) throws IOException, BulletinProblem {
    BulletinReader reader = new BulletinReader();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.number++;
        reader.take(line);
      }
    } catch (CharacterCodingException e) {
      throw new BulletinProblem(reader.number + 1, "is not written in UTF-8");
    }
    return reader.whole();
  }

  private Bulletin whole() throws BulletinProblem {
    if (about == null || asked == null) {
      throw new BulletinProblem(1, "the file is empty; download it again");
    }
    return new Bulletin(about, asked, receipts, answers, HexFormat.of().formatHex(digest.digest()));
  }

  private void take(String line) throws BulletinProblem {
    List<String> cells = List.of(BETWEEN.split(line, -1));
    if (number == 1) {
      if (!cells.getFirst().equals(Bulletin.ABOUT) || cells.size() != 2) {
        throw new BulletinProblem(
            1, "does not say what the vote was about; take the file that the bulletin offers now");
      }
      about(cells.get(1));
      return;
    }
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    switch (cells.getFirst()) {
      case "receipt" -> receipt(cells);
      case "answer" -> answer(cells);
      case "" -> {
        if (!line.isEmpty()) {
          throw new BulletinProblem(number, "begins with a tab");
        }
      }
      default ->
          throw new BulletinProblem(
              number, "begins with '%s', not with receipt or answer".formatted(cells.getFirst()));
    }
  }

  private void about(String json) throws BulletinProblem {
    Bulletin.@Nullable About read;
    try {
      read = JsonMapper.builder().build().readValue(json, Bulletin.About.class);
    } catch (JacksonException e) {
      throw new BulletinProblem(1, "cannot be read: " + e.getOriginalMessage());
    }
    if (read == null) {
      throw new BulletinProblem(1, "cannot be read: it states nothing");
    }
    if (!Bulletin.FORM.equals(read.form())) {
      throw new BulletinProblem(
          1, "is of the form '%s', this program reads %s".formatted(read.form(), Bulletin.FORM));
    }
    Turnout turnout = read.turnout();
    if (turnout.due() < 0
        || turnout.electronic() < 0
        || turnout.paper() < 0
        || turnout.spoilt() < 0
        || turnout.spoilt() > turnout.paper()) {
      throw new BulletinProblem(1, "states a turnout that cannot be");
    }
    StringBuilder wrong = new StringBuilder();
    Optional<Instrument> instrument =
        InstrumentReader.read(
            read.scheme(),
            "scheme",
            finding -> {
              if (finding.isError()) {
                said(wrong, finding);
              }
            });
    if (instrument.isEmpty()) {
      throw new BulletinProblem(1, "states a scheme that is none: " + wrong);
    }
    Asked whole = new Asked(instrument.get(), read.lists());
    if (!whole.missing().isEmpty()) {
      throw new BulletinProblem(
          1, "leaves the list %s empty".formatted(whole.missing().getFirst().id()));
    }
    figures(read, instrument.get());
    whole.all().forEach(one -> questions.put(one.key(), one));
    about = read;
    asked = whole;
    answering = new Answering(whole);
  }

  private static void said(StringBuilder wrong, Finding finding) {
    wrong.append(wrong.isEmpty() ? "" : "; ").append(finding.text(Locale.ENGLISH));
  }

  private static void figures(Bulletin.About about, Instrument instrument) throws BulletinProblem {
    if (instrument.quorum() != null) {
      share(about, instrument.quorum());
    }
    for (Question question : instrument.questions()) {
      if (question.kind() instanceof Question.Motion motion && motion.majority() != null) {
        share(about, motion.majority());
      }
    }
  }

  private static void share(Bulletin.About about, Threshold threshold) throws BulletinProblem {
    if (about.figures().find(threshold.parameter()).flatMap(f -> Share.of(f.value())).isEmpty()) {
      throw new BulletinProblem(
          1, "states no share '%s', which the scheme asks for".formatted(threshold.parameter()));
    }
  }

  private void receipt(List<String> cells) throws BulletinProblem {
    if (cells.size() != 2 || !RECEIPT.matcher(cells.get(1)).matches()) {
      throw new BulletinProblem(number, "is no receipt: five groups of four characters");
    }
    if (!receipts.add(cells.get(1))) {
      throw new BulletinProblem(number, "repeats the receipt " + cells.get(1));
    }
  }

  private void answer(List<String> cells) throws BulletinProblem {
    if (cells.size() != 5) {
      throw new BulletinProblem(
          number,
          "has %d cells instead of 5 (answer, question, group, number, answer)"
              .formatted(cells.size()));
    }
    String key = cells.get(1);
    String group = cells.get(2);
    String text = cells.get(4);
    Asked.One one = questions.get(key);
    if (one == null || one.question().kind() instanceof Question.Text) {
      throw new BulletinProblem(
          number,
          "answers '%s', %s"
              .formatted(
                  key, one == null ? "which is not asked" : "whose words are never published"));
    }
    if (asked == null || (!group.isEmpty() && !asked.instrument().groups().containsKey(group))) {
      throw new BulletinProblem(number, "speaks of a group '%s' that is none".formatted(group));
    }
    if (!NUMBER.matcher(cells.get(3)).matches()) {
      throw new BulletinProblem(
          number, "'%s' is no number of ballots, a whole one from 1".formatted(cells.get(3)));
    }
    if (answering == null || !answering.isAnswer(one, text)) {
      throw new BulletinProblem(number, "'%s' is no answer to '%s'".formatted(text, key));
    }
    if (!seen.add(key + "\t" + group + "\t" + text)) {
      throw new BulletinProblem(number, "repeats the answer '%s' to '%s'".formatted(text, key));
    }
    answers
        .computeIfAbsent(key, question -> new LinkedHashMap<>())
        .merge(text, Long.valueOf(cells.get(3)), Long::sum);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
