package org.dandang.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.commandline.CommandLine;
import org.dandang.survey.ballot.BlindVoter;
import org.dandang.survey.count.Bulletin;
import org.dandang.survey.count.Turnout;
import org.dandang.survey.instrument.Figures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The published ballots are counted again from their file alone. */
@DandangTest
@Import(Votes.Moved.class)
class RecountTests {
  private static final String SCHEME =
      """
      kind: instrument
      secrecy: secret
      groups:
        leaders: {title: {zh-CN: 领导, zh-Hant: 領導, en: Leaders}}
      lists:
        people: {title: {zh-CN: 人选, zh-Hant: 人選, en: People}, most: 9}
      sections:
        - id: all
          title: {zh-CN: 全部, zh-Hant: 全部, en: All}
          questions:
            - {id: mark, title: {zh-CN: 打分, zh-Hant: 打分, en: Mark}, kind: scale, from: 1, to: 5, low: {zh-CN: 低, zh-Hant: 低, en: low}, high: {zh-CN: 高, zh-Hant: 高, en: high}}
            - {id: order, title: {zh-CN: 排序, zh-Hant: 排序, en: Order}, kind: rank, list: people, most: 3}
            - {id: whom, title: {zh-CN: 推荐, zh-Hant: 推薦, en: Whom}, kind: recommend, list: people, free: true, most: 2, places: 1}
            - {id: words, title: {zh-CN: 意见, zh-Hant: 意見, en: Words}, kind: text, longest: 100}
      """;
  private static final List<String> BALLOTS =
      List.of(
          "answer\tmark\t\t2\t5",
          "answer\tmark\tleaders\t1\t4",
          "answer\torder\t\t3\t2>1>3",
          "answer\twhom\t\t2\t#2",
          "answer\twhom\t\t1\t#2|=王五");

  @Autowired JdbcClient jdbc;
  @Autowired Surveys surveys;
  @Autowired Electorates electorates;
  @Autowired Opening opening;
  @Autowired Collecting collecting;
  @Autowired Casting casting;
  @Autowired Closing closing;
  @Autowired Results results;
  @Autowired MovedClock clock;
  @TempDir Path folder;

  private Votes votes;

  @BeforeEach
  void prepare() {
    votes = new Votes(jdbc, surveys, electorates, opening, collecting, casting, clock);
  }

  private record Said(int code, String out, String err) {}

  private Said recount(String file, String... more) throws IOException {
    return recount(file.getBytes(StandardCharsets.UTF_8), more);
  }

  private Said recount(byte[] file, String... more) throws IOException {
    Path path = Files.write(folder.resolve("ballots.txt"), file);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>(List.of("survey", "recount", path.toString()));
    words.addAll(List.of("--language", "en"));
    words.addAll(Arrays.asList(more));
    try {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
      int code = CommandLine.run(words.toArray(String[]::new));
      return new Said(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** A bulletin of three ballots on paper. */
  private static String written(List<String> lines) {
    String ballots = String.join("\n", lines) + "\n";
    return new Bulletin.About(
                7,
                "试投",
                true,
                false,
                new Turnout(5, 0, 3, 0),
                Map.of("people", List.of("张三", "李四", "赵六")),
                new Figures(List.of()),
                SCHEME,
                Opening.hash(ballots))
            .line()
        + ballots;
  }

  @Test
  void givesTheRecordedResultAndFindsTheVotersBallot() throws IOException {
    long id =
        votes.open(
            "national/panel-vote", true, Map.of("matters", List.of("一号事项")), votes.officials(9));
    List<Long> voters = votes.voters(id);
    String receipt = "";
    for (int i = 0; i < 7; i++) {
      BlindVoter voter = votes.collected(id, voters.get(i));
      votes.cast(
          id, voters.get(i), voter, Map.of("a.matter.1", List.of(i < 5 ? "for" : "against")));
      receipt = voter.receipt();
    }
    closing.close(id, "都已投完", "test");
    results.count(id, "test");
    Survey survey = surveys.find(id).orElseThrow();
    RecordedResult recorded = results.recorded(id).orElseThrow();
    String file = results.bulletin(survey, recorded);

    Said said = recount(file, "--hash", recorded.hash(), "--receipt", receipt);
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .contains("9 could vote, 7 ballots were received")
        .contains("Enough took part.")
        .contains("carried: 5 for of 9")
        .contains("It is the one given.")
        .contains("that ballot is counted");
    assertThat(said.code()).isZero();
    assertThat(recount(file, "--receipt", receipt.replace("-", "").toLowerCase(Locale.ROOT)).code())
        .isZero();

    Said missing = recount(file, "--receipt", "2222-2222-2222-2222-2222");
    assertThat(missing.out()).contains("is NOT in the file");
    assertThat(missing.code()).isEqualTo(1);

    // Two ballots against become ballots for; then the file's own statement is altered with them.
    String altered = file.replace("\t2\tagainst", "\t2\tabstain");
    assertThat(altered).isNotEqualTo(file);
    Said noticed = recount(altered);
    assertThat(noticed.out()).contains("ALTERED: the file itself states " + recorded.hash());
    assertThat(noticed.code()).isEqualTo(1);
    String ballots = altered.substring(altered.indexOf('\n') + 1);
    String agreeing = altered.replace(recorded.hash(), Opening.hash(ballots));
    assertThat(recount(agreeing).code()).isZero();
    Said told = recount(agreeing, "--hash", recorded.hash());
    assertThat(told.out()).contains("ALTERED: it is not the one given with --hash.");
    assertThat(told.code()).isEqualTo(1);

    // A ballot more than was handed in, and one fewer.
    Said stuffed = recount(file.replace("\t5\tfor", "\t6\tfor"));
    assertThat(stuffed.out()).contains("DOES NOT FIT  matter.1: 8 answers of 7 valid ballots");
    String without = file.replace("receipt\t" + receipt + "\n", "");
    assertThat(without).isNotEqualTo(file);
    Said fewer = recount(without, "--receipt", receipt);
    assertThat(fewer.out())
        .contains("DOES NOT FIT  6 receipts for 7 ballots")
        .contains("is NOT in the file");
    assertThat(fewer.code()).isEqualTo(1);
  }

  @Test
  void countsEveryKindOfQuestionAndLeavesWordsOut() throws IOException {
    Said said = recount(written(BALLOTS));
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .contains("mean 4.67")
        .contains("9 points, first 3 times, ranked 3 times")
        .contains("through: 李四")
        .contains("王五")
        .contains("Written words are not published.");
    assertThat(said.code()).isZero();
    // Line ends that a mail program changed are no alteration.
    String file = written(BALLOTS);
    assertThat(recount(file.replace("\n", "\r\n")).code()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "answer|order||1|1>1 ; '1>1' is no answer to 'order'",
        "answer|order||1|4 ; '4' is no answer to 'order'",
        "answer|order||1|1>x ; '1>x' is no answer to 'order'",
        "answer|order||1|1> ; '1>' is no answer to 'order'",
        "answer|mark||1|6 ; '6' is no answer to 'mark'",
        "answer|mark||1|05 ; '05' is no answer to 'mark'",
        "answer|mark||0|3 ; '0' is no number of ballots",
        "answer|mark||-1|3 ; '-1' is no number of ballots",
        "answer|mark||99999999999|3 ; is no number of ballots",
        "answer|mark||2|5 ; repeats the answer '5' to 'mark'",
        "answer|mark|bosses|2|5 ; speaks of a group 'bosses' that is none",
        "answer|whom||1|#4 ; '#4' is no answer to 'whom'",
        "answer|whom||1|=李四 ; '=李四' is no answer to 'whom'",
        "answer|words||1|hello ; whose words are never published",
        "answer|other||1|3 ; answers 'other', which is not asked",
        "answer|mark|1|3 ; has 4 cells instead of 5",
        "receipt|SECRET ; is no receipt",
        "ballot|x ; begins with 'ballot'"
      })
  void namesTheLineThatIsNone(String line, String problem) throws IOException {
    List<String> lines = new ArrayList<>(BALLOTS);
    lines.add(line.replace("||", "\t\t").replace('|', '\t'));
    Said said = recount(written(lines));
    assertThat(said.err()).contains("ballots.txt:7: ").contains(problem);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAFileThatIsNoBulletin() throws IOException {
    assertThat(recount("").err()).contains(":1: the file is empty");
    assertThat(recount("receipt\tAAAA\n").err()).contains(":1: does not say what the vote was");
    assertThat(recount("about\t{\n").err()).contains(":1: cannot be read");
    assertThat(recount("about\t{}\n").err()).contains(":1: cannot be read");
    assertThat(recount("about\tnull\n").err()).contains(":1: cannot be read");
    String good = written(BALLOTS);
    assertThat(recount(good.replace("\"turnout\":", "\"turned\":")).err())
        .contains(":1: cannot be read");
    assertThat(recount(good.replace("dandang-ballots-1", "dandang-ballots-2")).err())
        .contains("is of the form 'dandang-ballots-2'");
    assertThat(recount(good.replace("kind: rank", "kind: rink")).err())
        .contains(":1: states a scheme that is none");
    assertThat(recount(good.getBytes(Charset.forName("GB18030"))).err())
        .contains("is not written in UTF-8");
    assertThat(
            CommandLine.run(new String[] {"survey", "recount", folder.resolve("none").toString()}))
        .isEqualTo(1);
  }
}
