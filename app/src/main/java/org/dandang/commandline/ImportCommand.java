package org.dandang.commandline;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Takes files into the registers.",
    subcommands = {
      ImportRosterCommand.class,
      ImportLrmxCommand.class,
      ImportReorganisationsCommand.class,
      ImportMattersCommand.class
    })
class ImportCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to import: roster, lrmx, reorganisations or matters.");
  }
}
