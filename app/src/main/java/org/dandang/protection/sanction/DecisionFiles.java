package org.dandang.protection.sanction;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.official.TableFiles;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.web.Wordings;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Decisions of record as a workbook or a table of text brings them, a decision a row. */
@Component
class DecisionFiles {
  /** Bytes of the largest file, and most decisions in it. */
  static final long LARGEST = 10_000_000;

  static final int MOST_LINES = 20_000;

  /** Heads that offices write besides those of the template. */
  private static final Map<String, List<String>> ALSO =
      Map.of("official", List.of("干部编号", "幹部編號", "key"), "measure", List.of("处分种类", "處分種類"));

  private final TableFiles files;
  private final DecisionsOfRecord record;
  private final PackWords words;
  private final MessageSource messages;
  private final Wordings wordings;

  DecisionFiles(
      TableFiles files,
      DecisionsOfRecord record,
      PackWords words,
      MessageSource messages,
      Wordings wordings) {
    this.files = files;
    this.record = record;
    this.words = words;
    this.messages = messages;
    this.wordings = wordings;
  }

  /**
   * Takes a file in, whole or not at all.
   *
   * @throws ImportProblem when it cannot be read as a table of decisions
   */
  Taken take(ImportFile file, SignedIn by) {
    Lines lines = new Lines();
    files.take(file, read(file.language()), lines, Progress.unwatched());
    if (lines.read.isEmpty() && lines.unreadable.isEmpty()) {
      throw new ImportProblem("no-rows", file.name());
    }
    return lines.unreadable.isEmpty()
        ? record.take(lines.read, new Decided.Origin(file.name(), file.sha256(), 0), by)
        : new Taken(0, 0, lines.unreadable);
  }

  /** Keeps what is read, until all of it is. */
  private static final class Lines implements TableFiles.Taker {
    private final List<DecisionLine> read = new ArrayList<>();
    private final List<ProblemLine> unreadable = new ArrayList<>();

    @Override
    public TableFiles.Row take(Map<String, String> cells, List<TableFiles.Wrong> wrong) {
      throw new IllegalStateException("a decision is told by its line");
    }

    @Override
    public TableFiles.Row takeAt(
        int line, Map<String, String> cells, List<TableFiles.Wrong> wrong) {
      if (read.size() == MOST_LINES) {
        throw Sanctions.refused("file-lines", MOST_LINES);
      }
      read.add(new DecisionLine(line, cells));
      return TableFiles.Row.UNCHANGED;
    }

    @Override
    public void unreadable(int line, List<TableFiles.Wrong> wrong) {
      if (unreadable.size() < DecisionsOfRecord.MOST_PROBLEMS) {
        wrong.forEach(
            one -> unreadable.add(new ProblemLine(line, one.column(), one.text(), "unreadable")));
      }
    }
  }

  /** An empty workbook with the columns, and the words of the lists to choose from. */
  void template(Locale language, OutputStream out) throws IOException {
    files.template(
        messages.getMessage("sanction.title", null, language), offered(language), language, out);
  }

  /** As a file brings them: for {@link DecisionsOfRecord} to say what is no word of the packs. */
  private List<TableFiles.Column> read(Locale language) {
    return columns(language, TableFiles.Need.COLUMN, column -> Map.of());
  }

  /** As the template offers them, with the words of the packs to choose from. */
  private List<TableFiles.Column> offered(Locale language) {
    PackWords.Said said = words.in(language.toLanguageTag());
    return columns(
        language,
        TableFiles.Need.VALUE,
        column -> {
          Map<String, String> meant = new LinkedHashMap<>();
          if (DecisionLine.LISTED.contains(column)) {
            record
                .options(column)
                .forEach(option -> meant.put(said.of(record.pack(), column, option), option));
          }
          return meant;
        });
  }

  private List<TableFiles.Column> columns(
      Locale language, TableFiles.Need needed, Function<String, Map<String, String>> meant) {
    return DecisionLine.COLUMNS.stream()
        .map(
            column -> {
              List<String> heads =
                  new ArrayList<>(wordings.inEach("sanction.column." + column, language));
              heads.add(column);
              heads.addAll(ALSO.getOrDefault(column, List.of()));
              Map<String, String> options = meant.apply(column);
              return new TableFiles.Column(
                  column,
                  heads,
                  DecisionLine.NEEDED.contains(column) ? needed : TableFiles.Need.NOTHING,
                  options,
                  List.copyOf(options.keySet()),
                  messages.getMessage("sanction.hint." + column, null, language));
            })
        .toList();
  }
}
