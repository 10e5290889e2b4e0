package org.dandang.commandline;

import org.dandang.platform.storage.StorageProblem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All commands of {@code ./dandang} but those the launcher answers itself. */
@Command(
    name = "dandang",
    mixinStandardHelpOptions = true,
    description = "Incentive and protection of public officials.",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      ImportCommand.class,
      ReviewCommand.class,
      ExportCommand.class,
      WhoseCommand.class,
      PackCommand.class,
      PolicyCommand.class,
      FactsCommand.class,
      SurveyCommand.class,
      AccountCommand.class,
      LedgerCommand.class,
      BackupCommand.class,
      RestoreCommand.class
    })
public final class CommandLine implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command; 0 done, 1 it could not be done and the reason was printed, 2 wrong words. */
  public static int run(String[] arguments) {
    return new picocli.CommandLine(new CommandLine())
        .setExecutionExceptionHandler(
            (problem, line, parsed) -> {
              if (problem instanceof StorageProblem) {
                line.getErr().println(problem.getMessage());
                return 1;
              }
              throw problem;
            })
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say which command.");
  }
}
