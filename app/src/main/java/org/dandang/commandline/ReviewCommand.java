package org.dandang.commandline;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dandang.platform.export.MarkedCsv;
import org.dandang.protection.MatterReview;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what a look at all closed matters shows; nothing is decided or changed. */
@Command(
    name = "review-matters",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at all closed matters: who would have been cleared, who was promoted within an impact",
      "period, how long matters took."
    })
class ReviewCommand implements Callable<Integer> {
  /** Lines of a table that are printed; a file has all. */
  private static final int MOST_LINES = 40;

  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Also writes every table there, whole, as csv.")
  @Nullable Path out;

  @Mixin LanguageOption language = new LanguageOption();

  @Override
  public Integer call() {
    Locale words = language.locale();
    try (RunningApplication application = RunningApplication.forCommand(data)) {
      MessageSource messages = application.get(MessageSource.class);
      MatterReview.Report report = application.get(MatterReview.class).over();
      figure(messages, words, "matters", report.matters());
      figure(messages, words, "allegations", report.allegations());
      figure(messages, words, "officials", report.officials());
      figure(messages, words, "cleared", report.cleared());
      figure(messages, words, "open", report.open());
      figure(messages, words, "measures", report.measures());
      figure(messages, words, "within", report.within(), "%,d".formatted(report.promotions()));
      for (MatterReview.Table table : report.tables()) {
        print(messages, words, table);
        if (out != null) {
          write(messages, words, table, out);
        }
      }
      return 0;
    }
  }

  private static void figure(
      MessageSource messages, Locale words, String id, long number, Object... values) {
    System.out.printf(
        "%12s  %s%n",
        "%,d".formatted(number), messages.getMessage("closed.figure." + id, values, words));
  }

  private static List<String> heads(
      MessageSource messages, Locale words, MatterReview.Table table) {
    List<String> heads = new ArrayList<>();
    heads.add(messages.getMessage("closed.chart." + table.id() + ".group", null, words));
    for (String column : table.columns()) {
      String hub = messages.getMessage("hub.outcome." + column, null, "", words);
      heads.add(
          hub == null || hub.isEmpty()
              ? messages.getMessage("closed.column." + column, null, words)
              : hub);
    }
    return heads;
  }

  private static String name(MatterReview.Group group) {
    String name = String.join(" ", group.keys().stream().distinct().toList()).strip();
    return name.isEmpty() ? "–" : name;
  }

  private static void print(MessageSource messages, Locale words, MatterReview.Table table) {
    System.out.println();
    System.out.println(messages.getMessage("closed.chart." + table.id(), null, words));
    List<String> heads = heads(messages, words, table);
    List<List<String>> lines = new ArrayList<>();
    for (MatterReview.Group group :
        table.groups().subList(0, Math.min(MOST_LINES, table.groups().size()))) {
      List<String> line = new ArrayList<>();
      line.add(name(group));
      group.numbers().forEach(number -> line.add("%,d".formatted(number)));
      lines.add(line);
    }
    lines.addFirst(heads);
    PrintWriter out = new PrintWriter(System.out, true);
    TextTable.print(out, lines);
    out.flush();
    if (table.groups().size() > MOST_LINES) {
      System.out.println("  …");
    }
  }

  private static void write(
      MessageSource messages, Locale words, MatterReview.Table table, Path folder) {
    try {
      Files.createDirectories(folder);
      try (OutputStream file = Files.newOutputStream(folder.resolve(table.id() + ".csv"));
          MarkedCsv csv = new MarkedCsv(file, null)) {
        csv.row(heads(messages, words, table));
        for (MatterReview.Group group : table.groups()) {
          List<String> cells = new ArrayList<>();
          cells.add(name(group));
          group.numbers().forEach(number -> cells.add(Long.toString(number)));
          csv.row(cells);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
