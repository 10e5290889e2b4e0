package org.dandang.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Taken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends with 1 when a file tells nothing. */
@Command(
    name = "whose",
    mixinStandardHelpOptions = true,
    description = {
      "Tells who took a file out of this installation, and when.",
      "By the file's hash while it is as it was sent, else by the marks hidden in it."
    })
class WhoseCommand implements Callable<Integer> {
  @Mixin DataOptions data = new DataOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE")
  List<Path> files = List.of();

  @Override
  public Integer call() throws IOException {
    boolean all = true;
    try (RunningApplication application = RunningApplication.forCommand(data)) {
      Exports exports = application.get(Exports.class);
      for (Path file : files) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
          System.err.println(file + " cannot be read; name a file.");
          all = false;
          continue;
        }
        List<Taken> found = exports.whose(file);
        if (found.isEmpty()) {
          System.out.println(file + ": no mark of this installation, and no file it sent.");
          all = false;
        }
        found.forEach(taken -> System.out.println(file + ": " + words(taken)));
      }
    }
    return all ? 0 : 1;
  }

  private static String words(Taken taken) {
    String who =
        taken.shownName() == null
            ? taken.signInName()
            : taken.shownName() + " (" + taken.signInName() + ")";
    String what =
        taken.action() == null
            ? "known by its mark only, the register does not have it"
            : "%s, %,d, %s".formatted(taken.action(), taken.count(), taken.form());
    return "%s, %s; %s; %s; number %s"
        .formatted(
            who,
            taken
                .at()
                .atZoneSameInstant(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx")),
            what,
            taken.asSent() ? "as it was sent" : "changed since it was sent",
            Objects.toString(taken.id()));
  }
}
