package org.dandang.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dandang.platform.publicnotice.PublicNoticeRules;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PublicNoticePacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long what is posted, out of packs. */
class PublicNoticePackTests {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
  private static final Path SHIPPED = Path.of("..", "packs", "national", "public-notice");

  @TempDir Path root;

  @Test
  void theShippedRulesHaveTheirDaysAndClauses() {
    PublicNoticeRules rules = new PublicNoticePacks(new Packs(Path.of("..", "packs")));
    assertThat(rules.kinds(DAY))
        .extracting(PublicNoticeRules.Kind::code)
        .contains("selection", "rank", "annual-assessment", "award", "other");
    assertThat(rules.rule("rank", DAY))
        .hasValueSatisfying(
            rule -> {
              assertThat(rule.minimumDays()).isEqualTo(5);
              assertThat(rule.clause().in(Locale.forLanguageTag("zh-CN"))).contains("第二十条");
            });
    assertThat(rules.rule("rank", LocalDate.of(2019, 5, 31))).isEmpty();
    assertThat(rules.rule("no-such-kind", DAY)).isEmpty();
  }

  @Test
  void aPlaceMayAskForLongerAndTheLongestCounts() throws IOException {
    copied("national/public-notice", "5");
    copied("here/public-notice", "7");
    assertThat(new PublicNoticePacks(new Packs(root)).rule("selection", DAY))
        .hasValueSatisfying(rule -> assertThat(rule.minimumDays()).isEqualTo(7));
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    Path folder = copied("here/public-notice", "5");
    Files.writeString(
        folder.resolve("public-notice.yaml"),
        Files.readString(folder.resolve("public-notice.yaml"))
            .replace("period: minimum-working-days", "period: no-such-parameter"));
    assertThat(findings("here/public-notice"))
        .anySatisfy(
            finding -> {
              assertThat(finding.isError()).isTrue();
              assertThat(finding.toString()).contains("unknown-parameter", "public-notice.yaml");
            });
    assertThat(new PublicNoticePacks(new Packs(root)).kinds(DAY)).isEmpty();

    copied("there/public-notice", "half a week");
    assertThat(findings("there/public-notice"))
        .anySatisfy(finding -> assertThat(finding.toString()).contains("not-working-days"));
  }

  private List<Finding> findings(String id) {
    List<Finding> findings = new ArrayList<>();
    new Packs(root).read(id, findings::add);
    return findings;
  }

  private Path copied(String id, String days) throws IOException {
    Path folder = root.resolve(id);
    Files.createDirectories(folder);
    try (var files = Files.list(SHIPPED)) {
      for (Path file : files.toList()) {
        Files.writeString(
            folder.resolve(file.getFileName().toString()),
            Files.readString(file)
                .replace("id: national/public-notice", "id: " + id)
                .replace("selection: 5", "selection: " + days));
      }
    }
    return folder;
  }
}
