package org.dandang.commandline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.dandang.platform.storage.Backup;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.LogKeeping;
import org.dandang.platform.storage.StorageProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the embedded database, also while it is served, and keeps its log there from then"
          + " on:",
      "what was written more than a minute ago is in the backup. Take a new copy every day.",
      "The keys that seal and sign are not in it; keep them apart, or say --with-keys."
    })
class BackupCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin DataOptions data = new DataOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder of the backup, best on another disk or machine.")
  @Nullable Path folder;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "7",
      description = "Base copies that stay, the newest (default: ${DEFAULT-VALUE}).")
  int keep;

  @Option(
      names = "--with-keys",
      description = "Also the keys: whoever has the backup can then open what is sealed.")
  boolean withKeys;

  @Option(names = "--stop", description = "Ends the keeping of the log.")
  boolean stop;

  @Override
  public Integer call() {
    if (data.external != null && !data.external.isBlank()) {
      throw new StorageProblem(
          "This backs up the embedded database. For an external one see docs/keeping.md"
              + " (pgBackRest).");
    }
    if (!stop && folder == null) {
      throw new ParameterException(spec.commandLine(), "Say where to: ./dandang backup DIR");
    }
    if (keep < 1) {
      throw new ParameterException(spec.commandLine(), "--keep takes 1 or more.");
    }
    if (!Files.isDirectory(data.folder)) {
      throw new StorageProblem(
          "There is no data folder %s. Name it with --data DIR.".formatted(data.folder));
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.open(data.folder)) {
      if (stop || folder == null) {
        Backup.stop(database);
        System.out.println("The log is not kept any more; what is in the backup stays.");
        return 0;
      }
      Path before = LogKeeping.folderOf(database.folder()).orElse(null);
      Path to = folder.toAbsolutePath().normalize();
      if (before != null && !before.equals(to)) {
        System.err.printf("The log was kept in %s until now and ends there.%n", before);
      }
      Backup.Taken taken =
          Backup.take(database, folder, keep, withKeys, LedgerCommand.watched("Copying"));
      System.out.printf(
          "%,d files, %,d MB copied to %s; the log is kept there from now on.%n",
          taken.files(), taken.bytes() >> 20, taken.copy());
      if (taken.removed() > 0) {
        System.out.printf("%d older copies removed.%n", taken.removed());
      }
      System.out.println(
          withKeys
              ? "The keys are in the backup: whoever has it can open what is sealed."
              : "The files key and ledger-key of the data folder are not in it; keep a copy of them"
                  + " elsewhere.");
      return 0;
    }
  }
}
