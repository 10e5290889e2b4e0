package org.dandang.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.dandang.engine.Conformance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a folder (or zip) of the public DMN conformance suite both ways: interpreted and compiled.",
      "Ends with 1 when any answer is wrong, 2 when the folder holds no cases. Needs no database."
    })
class ConformanceCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Models (.dmn) and test cases (.xml) in folders.")
  Path folder = Path.of("");

  @Option(
      names = "--constructs",
      description =
          "Also show, for each construct that was not compiled, how many cases it kept out.",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true")
  boolean constructs;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, SQLException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.exists(folder)) {
      err.println("There is no folder " + folder + ". Name one that holds the suite's test cases.");
      return 2;
    }
    Conformance.Report report = Conformance.run(folder);
    Conformance.Tally whole = report.whole();
    if (whole.passed() + whole.refused() + whole.wrong() == 0) {
      err.println(
          "No test cases under "
              + folder
              + ". Each folder holds a model (.dmn) beside its test cases (.xml).");
      return 2;
    }
    report.print(out, constructs);
    return whole.wrong() + whole.compiledWrong() == 0 ? 0 : 1;
  }
}
