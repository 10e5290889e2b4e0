package org.dandang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.protection.library.CaseLibrary;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * Similar cases, with why they are similar, out of fifty thousand: by the code of the page, on the
 * real store, row-level security on; then the first question, for which the index is laid out, and
 * searching by words.
 */
final class SimilarCaseBench {
  private static final double LIMIT = 100;
  private static final int QUESTIONS = 2_000;
  private static final List<String> SITUATIONS =
      List.of("pilot", "reform", "emergency", "history", "grey-area", "procedure");
  private static final List<String> FIELDS =
      List.of(
          "motive",
          "policy",
          "object",
          "consequences",
          "recovery",
          "procedure-followed",
          "nature",
          "gains-nobody",
          "collective",
          "timely");
  private static final List<String> PARTS =
      List.of(
          "在推进行政审批制度改革过程中试行告知承诺",
          "一家企业未按承诺补交材料造成返工",
          "经局党组会议集体研究决定先行先试",
          "处置突发汛情时先行征用社会车辆",
          "事后补办了政府采购手续",
          "招商引资项目用地手续办理滞后",
          "历史遗留问题化解中采取变通做法",
          "扶贫项目验收时对数据核对不严",
          "没有谋取私利也没有利益输送",
          "发现后主动纠正并挽回大部分损失",
          "老旧小区改造中更改了施工方案",
          "环保督察整改期限内未能完工",
          "基层执法时适用条款有误",
          "首次试点没有明确规定可以遵循",
          "与服务对象保持正常的亲清关系",
          "因上级政策调整项目中途停建",
          "乡村道路建设资金拨付延迟",
          "疫情期间简化物资采购程序",
          "信访积案包保化解措施失当",
          "科技成果转化收益分配超出比例");

  private SimilarCaseBench() {}

  /**
   * @param args how many cases (50,000)
   */
  static void run(String[] args) throws IOException, SQLException {
    int many = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
    Path folder = Files.createTempDirectory("dandang-bench");
    boolean met;
    try (EmbeddedDatabase server = EmbeddedDatabase.open(folder.resolve("data"));
        ConfigurableApplicationContext application =
            InProcess.over(
                server.database(),
                folder.resolve("data/key"),
                Map.of("dandang.index", folder.resolve("data/index").toString()))) {
      fill(application.getBean(JdbcClient.class), many);
      met = measure(application.getBean(CaseLibrary.class), many);
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
    if (!met) {
      System.exit(1);
    }
  }

  /** Sentences drawn and numbered, so that cases have words of their own and words in common. */
  private static String text(Random random, int sentences) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(PARTS.get(random.nextInt(PARTS.size())))
          .append("，涉及")
          .append((char) ('一' + random.nextInt(3_000)))
          .append((char) ('一' + random.nextInt(3_000)))
          .append("事项。");
    }
    return text.toString();
  }

  private static Map<String, String> answers(Random random) {
    Map<String, String> answers = new TreeMap<>();
    FIELDS.forEach(
        field ->
            answers.put(
                field, List.of("favourable", "neutral", "unfavourable").get(random.nextInt(3))));
    return answers;
  }

  private static void fill(JdbcClient jdbc, int many) {
    Random random = new Random(48);
    long began = System.nanoTime();
    List<Object[]> rows = new ArrayList<>();
    Sights.everywhere(
        () -> {
          for (int n = 1; n <= many; n++) {
            StringBuilder said = new StringBuilder("{");
            answers(random)
                .forEach(
                    (field, value) ->
                        said.append('"').append(field).append("\":\"").append(value).append("\","));
            said.setCharAt(said.length() - 1, '}');
            rows.add(
                new Object[] {
                  "典型案例" + n,
                  text(random, 6 + random.nextInt(8)),
                  SITUATIONS.get(random.nextInt(SITUATIONS.size())),
                  said.toString(),
                  n
                });
            if (rows.size() == 1_000 || n == many) {
              jdbc.sql(
                      """
                      insert into protection.typical_case (title, text, pack, situation, outcome, answers, year, state, edition, drafted_at, drafted_by, published_on, published_by)
                      select t, x, 'guangdong/error-tolerance', s, 'tolerate', a::jsonb, 2024, 'published', e, now(), 'bench', date '2024-06-03', 'bench'
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[]) as one (t, x, s, a, e)
                      """)
                  .params(
                      column(rows, 0),
                      column(rows, 1),
                      column(rows, 2),
                      column(rows, 3),
                      rows.stream().map(row -> Long.valueOf((Integer) row[4])).toArray(Long[]::new))
                  .update();
              rows.clear();
            }
          }
        });
    System.out.printf(
        Locale.ROOT, "%,d cases written in %.1f s%n", many, (System.nanoTime() - began) / 1e9);
  }

  private static String[] column(List<Object[]> rows, int which) {
    return rows.stream().map(row -> (String) row[which]).toArray(String[]::new);
  }

  private static boolean measure(CaseLibrary library, int many) {
    Sight reader =
        new Sight.Part(LocalDate.of(2026, 11, 28), Set.of(1L), null, Set.of(), Set.of(), false, 1L);
    Random random = new Random(7);
    long began = System.nanoTime();
    Sights.as(reader, () -> library.similar("pilot", answers(random), text(random, 8), 5));
    System.out.printf(
        Locale.ROOT,
        "first question, the index laid out: %.1f s%n",
        (System.nanoTime() - began) / 1e9);
    double similar = 0;
    for (int round = 0; round < 2; round++) {
      long[] took = new long[QUESTIONS];
      for (int i = 0; i < took.length; i++) {
        String situation = SITUATIONS.get(random.nextInt(SITUATIONS.size()));
        Map<String, String> said = answers(random);
        String text = text(random, 8);
        long from = System.nanoTime();
        List<CaseLibrary.Similar> found =
            Sights.as(reader, () -> library.similar(situation, said, text, 5));
        took[i] = System.nanoTime() - from;
        if (found.size() != 5 || found.getFirst().why().words().isEmpty()) {
          throw new IllegalStateException("No similar case was found for " + text);
        }
      }
      similar = tell(round == 0 ? "warming" : "similar cases with why", took, many);
    }
    long[] took = new long[QUESTIONS];
    for (int i = 0; i < took.length; i++) {
      String words = PARTS.get(random.nextInt(PARTS.size())).substring(2, 8);
      long from = System.nanoTime();
      if (Sights.as(reader, () -> library.search(words, 20)).isEmpty()) {
        throw new IllegalStateException("Nothing was found for " + words);
      }
      took[i] = System.nanoTime() - from;
    }
    tell("search by words", took, many);
    return similar < LIMIT;
  }

  private static double tell(String what, long[] took, int many) {
    Arrays.sort(took);
    double p99 = took[(int) (took.length * 0.99)] / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-24s over %,d   p50 %.2f ms  p99 %.2f ms  limit %.0f ms  ratio %.2f: %s%n",
        what,
        many,
        took[took.length / 2] / 1e6,
        p99,
        LIMIT,
        p99 / LIMIT,
        p99 < LIMIT ? "met" : "NOT MET");
    return p99;
  }
}
