package org.dandang.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.dandang.DandangTest;
import org.dandang.demonstration.Demonstration;
import org.dandang.demonstration.Size;
import org.dandang.platform.jobs.Progress;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.fact.Snapshots;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Everybody's facts as of a date, in a file that is kept as long as it is true. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.test.database=a prefecture")
class SnapshotTests {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  @Autowired Demonstration demonstration;
  @Autowired Snapshots snapshots;
  @Autowired Facts facts;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource source;

  @BeforeEach
  void aSmallPrefecture() {
    if (!demonstration.isFilled()) {
      demonstration.fill(Size.SMALL, file -> Progress.unwatched());
    }
  }

  private Snapshots.Content all() {
    return new Snapshots.Content(
        "official",
        facts.catalogue().all().stream()
            .filter(fact -> fact.subject().equals("official"))
            .map(Fact::id)
            .toList(),
        Map.of(),
        DAY,
        null);
  }

  @Test
  void askedAgainItIsTheSameFile() throws IOException {
    Snapshots.Kept first = snapshots.take(all());
    Snapshots.Kept second = snapshots.take(all());

    assertThat(second.wasKept()).isTrue();
    assertThat(second.file()).isEqualTo(first.file());
    assertThat(Files.size(second.file())).isPositive();
    assertThat(first.subjects())
        .isEqualTo(jdbc.sql("select count(*) from official.official").query(Long.class).single());
  }

  @Test
  void aChangedRegisterMakesItAnew() throws SQLException {
    Snapshots.Content served =
        new Snapshots.Content("official", List.of("serving"), Map.of(), DAY, null);
    long before = serving(snapshots.take(served));
    long official =
        jdbc.sql(
                "select official_id from official.current_identity where status = 'serving' and"
                    + " began_work < ? order by 1 limit 1")
            .param(DAY)
            .query(Long.class)
            .single();
    jdbc.sql("update official.identity set status = 'left' where official_id = ?")
        .param(official)
        .update();
    Snapshots.Kept after = snapshots.take(served);
    jdbc.sql("update official.identity set status = 'serving' where official_id = ?")
        .param(official)
        .update();

    assertThat(after.wasKept()).isFalse();
    assertThat(serving(after)).isEqualTo(before - 1);
    assertThat(serving(snapshots.take(served))).isEqualTo(before);
  }

  @Test
  void aFileTakenWhileAChangeWasUnderWayIsNotServedAfterIt() throws SQLException {
    Snapshots.Content served =
        new Snapshots.Content("official", List.of("serving"), Map.of(), DAY.minusDays(1), null);
    try (Connection writer = source.getConnection();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.executeUpdate(
          "update official.identity set status = 'left' where id = (select min(id) from"
              + " official.current_identity where status = 'serving' and began_work < date"
              + " '2020-01-01')");
      long during = serving(snapshots.take(served));
      writer.commit();
      Snapshots.Kept after = snapshots.take(served);

      assertThat(after.wasKept()).isFalse();
      assertThat(serving(after)).isEqualTo(during - 1);
      statement.executeUpdate(
          "update official.identity set status = 'serving' where status = 'left' and left_on is"
              + " null");
      writer.commit();
    }
  }

  @Test
  void itHoldsWhatIsComputedForOne() throws SQLException {
    Snapshots.Content content = all();
    Snapshots.Kept kept = snapshots.take(content);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select * from read_parquet('" + kept.file() + "') using sample 40 rows")) {
      while (row.next()) {
        Map<String, String> held = new TreeMap<>();
        Map<String, String> computed = new TreeMap<>();
        Map<String, Object> one =
            facts.of("official", row.getLong("subject"), content.facts(), DAY, null);
        for (String fact : content.facts()) {
          held.put(fact, text(row.getObject(fact)));
          computed.put(fact, text(one.get(fact)));
        }
        assertThat(held).isEqualTo(computed);
      }
    }
  }

  private static String text(Object value) {
    return value instanceof java.math.BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : Objects.toString(value);
  }

  private static long serving(Snapshots.Kept kept) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) filter (where serving) from read_parquet('"
                    + kept.file()
                    + "')")) {
      row.next();
      return row.getLong(1);
    }
  }
}
