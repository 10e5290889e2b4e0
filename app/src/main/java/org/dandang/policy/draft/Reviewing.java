package org.dandang.policy.draft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.InvalidModelException;
import org.dandang.engine.PublishGate;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.Snapshots;
import org.dandang.policy.pack.Case;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PackCheck;
import org.dandang.policy.pack.PackTest;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.pack.TableFile;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks at a draft as if it were in the pack: form and cases, and whether the interpreter and the
 * compiled plan agree on every threshold, just below and above it, with each input missing, on the
 * cases, and on a sample of the population.
 */
@Component
class Reviewing {
  private static final int SAMPLED = 1_000;

  private final Packs packs;
  private final FactCatalogue catalogue;
  private final Snapshots snapshots;

  Reviewing(Packs packs, FactCatalogue catalogue, Snapshots snapshots) {
    this.packs = packs;
    this.catalogue = catalogue;
    this.snapshots = snapshots;
  }

  Review review(Pack pack, Draft draft, LocalDate from) {
    try {
      Path folder = Files.createTempDirectory("dandang-draft");
      Path file = folder.resolve(pack.decision() + "." + from + ".dmn");
      try {
        Files.writeString(file, draft.model(), StandardCharsets.UTF_8);
        TableFile table = new TableFile(pack.id() + "/" + file.getFileName(), from, file);
        return review(pack.withOnly(table), from);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Review review(Pack pack, LocalDate from) {
    List<Finding> findings = new ArrayList<>();
    new PackCheck(packs, catalogue).checkTables(pack, findings::add);
    List<PackTest.CaseResult> cases = PackTest.run(pack, from);
    if (findings.stream().anyMatch(Finding::isError)) {
      return new Review(findings, cases, 0, 0, List.of());
    }
    PolicyVersion version = PolicyVersion.of(pack, from);
    try {
      DecisionModel model = DecisionModel.read(version.table().name(), version.model());
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (Case example : pack.cases()) {
        rows.add(row(version, example.given()));
      }
      List<Map<String, @Nullable Object>> sample = sample(version);
      rows.addAll(sample);
      PublishGate.Report report =
          PublishGate.compare(model, pack.decision(), version.types(catalogue), rows);
      return new Review(findings, cases, report.rows(), sample.size(), report.differences());
    } catch (InvalidModelException | PolicyProblem e) {
      findings.add(
          Finding.error(version.table().name(), 0, "", "model", String.valueOf(e.getMessage())));
      return new Review(findings, cases, 0, 0, List.of());
    } catch (SQLException e) {
      throw new IllegalStateException("The draft could not be compared.", e);
    }
  }

  private static Map<String, @Nullable Object> row(
      PolicyVersion version, Map<String, ? extends @Nullable Object> facts) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>(facts);
    version
        .figuresFor(facts)
        .forEach(
            (id, figure) -> {
              if (version.isPicked(id)) {
                row.put(id, figure);
              }
            });
    return row;
  }

  private List<Map<String, @Nullable Object>> sample(PolicyVersion version) throws SQLException {
    Pack pack = version.pack();
    Snapshots.Kept facts =
        snapshots.take(
            new Snapshots.Content(
                pack.subject(), pack.facts(), pack.population(), version.asOf(), null));
    List<Map<String, @Nullable Object>> sample = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select * from read_parquet('%s') using sample reservoir(%d rows) repeatable (1)"
                    .formatted(facts.file().toString().replace("'", "''"), SAMPLED))) {
      while (rows.next()) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String fact : pack.facts()) {
          values.put(fact, rows.getObject(fact));
        }
        sample.add(row(version, values));
      }
    }
    return sample;
  }
}
