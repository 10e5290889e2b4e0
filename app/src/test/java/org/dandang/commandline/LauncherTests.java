package org.dandang.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The launcher passes every command of the application on, and tells of each. */
class LauncherTests {
  private static final Pattern PASSED_ON =
      Pattern.compile("(?m)^ +([\\w-]+(?: \\| [\\w-]+)*)\\) command_of_the_application .*;;$");
  private static final Pattern TOLD_OF = Pattern.compile("(?m)^  \\./dandang ([\\w-]+)");

  private final Set<String> commands =
      new picocli.CommandLine(new CommandLine()).getSubcommands().keySet();

  @Test
  void everyCommandIsPassedOnAndHasItsHelp() throws IOException {
    List<List<String>> places =
        PASSED_ON
            .matcher(launcher())
            .results()
            .map(found -> Stream.of(found.group(1).split(" \\| ")).toList())
            .toList();
    assertThat(places).hasSize(2);
    assertThat(places)
        .allSatisfy(passed -> assertThat(passed).containsExactlyInAnyOrderElementsOf(commands));
  }

  @Test
  void everyCommandIsInTheWordsOfTheLauncher() throws IOException {
    assertThat(TOLD_OF.matcher(launcher()).results().map(found -> found.group(1)))
        .containsAll(commands);
  }

  private static String launcher() throws IOException {
    return Files.readString(Path.of("..", "dandang"));
  }
}
