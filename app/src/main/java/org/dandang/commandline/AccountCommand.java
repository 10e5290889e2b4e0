package org.dandang.commandline;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dandang.platform.access.AccountBook;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.AssignmentRefused;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.storage.StorageProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens accounts from the machine's own console: the first administrators come to be so. */
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = {
      "Opens an account, gives an account a role, or resets its password.",
      "The first security administrator is made here; the others on the pages."
    })
final class AccountCommand implements Callable<Integer> {
  private static final String ACTOR = "command line";

  @Mixin DataOptions data = new DataOptions();

  @Parameters(paramLabel = "NAME", description = "Sign-in name: small letters, digits, . _ -")
  String name = "";

  @Option(
      names = "--shown",
      paramLabel = "TEXT",
      description = "Name that is shown (default: NAME).")
  @Nullable String shown;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Role to give, such as security-administrator.")
  @Nullable String role;

  @Option(
      names = "--unit",
      paramLabel = "CODE",
      description = "Unit over which the role is held (default: everything).")
  @Nullable String unit;

  @Option(names = "--reset-password", description = "Gives a new password for signing in once.")
  boolean reset;

  @Override
  public Integer call() {
    Role given = role == null ? null : named(role);
    try (RunningApplication application = RunningApplication.forCommand(data)) {
      Accounts accounts = application.get(Accounts.class);
      AccountBook book = application.get(AccountBook.class);
      Long known = book.number(name).orElse(null);
      long account;
      if (known == null) {
        if (!name.matches("[a-z0-9][a-z0-9._-]{1,62}")) {
          throw new StorageProblem(
              "%s cannot be a sign-in name: small letters, digits, dots, underscores and hyphens, two at least."
                  .formatted(name));
        }
        Accounts.Opened opened = accounts.open(name, shown == null ? name : shown, null, ACTOR);
        account = opened.account();
        System.out.printf("Opened %s. Password for signing in once: %s%n", name, opened.password());
      } else {
        account = known;
        if (reset) {
          System.out.printf(
              "Password for signing in once: %s%n", accounts.resetPassword(account, ACTOR));
        }
      }
      if (given != null) {
        give(application, account, given);
      }
      return 0;
    }
  }

  private void give(RunningApplication application, long account, Role given) {
    Assignments assignments = application.get(Assignments.class);
    Long over =
        unit == null
            ? null
            : application
                .get(UnitsAbove.class)
                .chosen(unit)
                .orElseThrow(
                    () -> new StorageProblem("There is no unit %s, or several.".formatted(unit)));
    try {
      assignments.give(Assignments.Wanted.held(account, given, over, assignments.today()), ACTOR);
    } catch (AssignmentRefused refused) {
      throw new StorageProblem(
          "%s cannot be given to %s: %s."
              .formatted(given.word(), name, String.valueOf(refused.getMessage())),
          refused);
    }
    System.out.printf(
        "%s is %s over %s.%n", name, given.word(), unit == null ? "everything" : unit);
  }

  private static Role named(String word) {
    return Role.find(word)
        .orElseThrow(
            () ->
                new StorageProblem(
                    "There is no role %s. Roles: %s."
                        .formatted(
                            word,
                            Arrays.stream(Role.values())
                                .map(Role::word)
                                .collect(Collectors.joining(", ")))));
  }
}
