package org.dandang.commandline;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dandang.official.FormExport;
import org.dandang.official.FormFormat;
import org.dandang.official.TemplateProblem;
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
    subcommands = {
      ExportCommand.Lrmx.class,
      ExportCommand.Docx.class,
      ExportCommand.FormTemplateFile.class
    })
class ExportCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to export: lrmx, docx or form-template.");
  }

  @Command(
      name = "lrmx",
      mixinStandardHelpOptions = true,
      description = "Writes appointment-and-removal forms, each a .lrmx file.")
  static class Lrmx extends Forms {
    Lrmx() {
      super(FormFormat.LRMX);
    }
  }

  @Command(
      name = "docx",
      mixinStandardHelpOptions = true,
      description = {
        "Writes appointment-and-removal forms, each a .docx laid out as the paper form.",
        "forms/appointment.docx, where there is one, is used instead of the usual layout."
      })
  static class Docx extends Forms {
    Docx() {
      super(FormFormat.DOCX);
    }
  }

  /** Ends with 1 when somebody was not found, after the others were written. */
  abstract static class Forms implements Callable<Integer> {
    private final FormFormat format;

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

    Forms(FormFormat format) {
      this.format = format;
    }

    @Override
    public Integer call() throws IOException {
      AtomicBoolean cancelled = new AtomicBoolean();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> cancelled.set(true)));
      try (RunningApplication application = RunningApplication.forCommand(data)) {
        MessageSource messages = application.get(MessageSource.class);
        ConsoleProgress progress =
            new ConsoleProgress(
                System.err,
                System.console() != null,
                out.toString(),
                messages,
                Locale.SIMPLIFIED_CHINESE,
                cancelled);
        FormExport.Outcome outcome;
        try {
          outcome =
              application
                  .get(FormExport.class)
                  .write(people, format, out, "command line", progress);
        } catch (TemplateProblem problem) {
          System.err.println(problem.in(Locale.SIMPLIFIED_CHINESE, messages));
          return 2;
        }
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

  /** A file that is there already is left as it is. */
  @Command(
      name = "form-template",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the usual .docx of the form, to make the office's own layout from.",
        "Put into the folder forms as appointment.docx it is used from then on."
      })
  static class FormTemplateFile implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "FILE.docx")
    Path out = Path.of("appointment.docx");

    @Override
    public Integer call() throws IOException {
      try {
        Files.write(out, FormExport.usualTemplate(), StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        System.err.println(out + " is there already; name another file or move it away.");
        return 1;
      }
      System.out.println("Written to " + out);
      return 0;
    }
  }
}
