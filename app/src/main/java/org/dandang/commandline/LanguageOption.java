package org.dandang.commandline;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The language in which a command tells what came of it. */
final class LanguageOption {
  private static final List<String> LANGUAGES = List.of("zh-CN", "zh-Hant", "en");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      defaultValue = "zh-CN",
      description = "zh-CN, zh-Hant or en (default: ${DEFAULT-VALUE}).")
  private String tag = "zh-CN";

  /**
   * The language.
   *
   * @throws ParameterException when it is none of the program's
   */
  Locale locale() {
    if (!LANGUAGES.contains(tag)) {
      throw new ParameterException(
          command.commandLine(), "--language is one of " + String.join(", ", LANGUAGES));
    }
    return Locale.forLanguageTag(tag);
  }
}
