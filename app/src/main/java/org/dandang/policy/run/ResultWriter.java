package org.dandang.policy.run;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;

/**
 * Writes a run's result: each subject with key, name, outcome, rule, its clause and the facts.
 *
 * <p>The file appears whole or not at all.
 */
final class ResultWriter {
  private final Connection connection;
  private final Facts facts;
  private final Pack pack;
  private final Map<String, String> clauseOfRule;

  ResultWriter(Connection connection, Facts facts, Pack pack, Map<String, String> clauseOfRule) {
    this.connection = connection;
    this.facts = facts;
    this.pack = pack;
    this.clauseOfRule = clauseOfRule;
  }

  void write(Path out) {
    RowsFile file = new RowsFile(connection, out);
    file.nameSubjects(facts, pack);
    file.write(question(), List.of());
  }

  private String question() {
    StringJoiner clauses = new StringJoiner(", ");
    clauses.add("('', '')");
    clauseOfRule.forEach(
        (rule, clause) ->
            clauses.add(
                "('%s', '%s')".formatted(rule.replace("'", "''"), clause.replace("'", "''"))));
    StringJoiner columns = new StringJoiner(", ");
    for (String fact : pack.facts()) {
      columns.add("f.\"" + fact + "\"");
    }
    return "select n.key, n.name, r.outcome, r.rule, c.clause, "
        + columns
        + " from result r join facts f on f.subject = r.subject join names n on n.subject = r.subject left join (values "
        + clauses
        + ") c(rule, clause) on c.rule = r.rule order by r.subject";
  }
}
