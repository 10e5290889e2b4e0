package org.dandang.commandline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dandang.official.FormExport;
import org.springframework.context.MessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes what the registers hold to files.",
    subcommands = {ExportCommand.Lrmx.class})
class ExportCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to export: lrmx.");
  }

  /** Ends with 1 when somebody was not found, after the others were written. */
  @Command(
      name = "lrmx",
      mixinStandardHelpOptions = true,
      description = "Writes appointment-and-removal forms, each a .lrmx file.")
  static class Lrmx implements Callable<Integer> {
    @Mixin DataOptions data = new DataOptions();

    @Parameters(
        arity = "0..*",
        paramLabel = "KEY|NAME",
        description = "Whose forms; nobody named: everybody's.")
    List<String> people = List.of();

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FOLDER|FILE.zip",
        description = "Where they are written.")
    Path out = Path.of(".");

    @Override
    public Integer call() throws IOException {
      AtomicBoolean cancelled = new AtomicBoolean();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> cancelled.set(true)));
      try (RunningApplication application = RunningApplication.forCommand(data)) {
        ConsoleProgress progress =
            new ConsoleProgress(
                System.err,
                System.console() != null,
                out.toString(),
                application.get(MessageSource.class),
                Locale.SIMPLIFIED_CHINESE,
                cancelled);
        FormExport.Outcome outcome =
            application.get(FormExport.class).write(people, out, "command line", progress);
        progress.over();
        System.out.printf("%,d forms written to %s%n", outcome.written(), out);
        outcome.unknown().forEach(who -> System.err.println("Nobody has the key or name " + who));
        outcome
            .ambiguous()
            .forEach(
                who -> System.err.println("Several people are called " + who + "; use the key"));
        return outcome.unknown().isEmpty() && outcome.ambiguous().isEmpty() ? 0 : 1;
      }
    }
  }
}
