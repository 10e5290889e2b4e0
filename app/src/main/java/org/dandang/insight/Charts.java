package org.dandang.insight;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dandang.insight.Dashboard.Count;
import org.dandang.platform.web.Chart;
import org.dandang.platform.web.Chart.Row;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Draws a dashboard's counts in the reader's language. */
final class Charts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String INK = "#35618c";
  private static final String SECOND = "#c08648";
  private static final String FRONT_LINE = "#2f7d55";
  private static final String FRONT_LINE_SECOND = "#7fc39b";
  private static final String FRONT_LINE_THIRD = "#c3e0cf";
  private static final String OTHERS = "#a9b3bd";

  /** The highest first (公务员职务与职级并行规定); ranks of other systems follow by their number. */
  private static final List<String> RANKS =
      List.of(
          "一级巡视员", "二级巡视员", "一级调研员", "二级调研员", "三级调研员", "四级调研员", "一级主任科员", "二级主任科员", "三级主任科员",
          "四级主任科员", "一级科员", "二级科员");

  private static final List<String> LEVELS =
      List.of(
          "province", "city", "city-department", "county", "county-department", "township", "none");

  /** Bars that can still be read; the rest is one bar. */
  private static final int MOST_BARS = 14;

  private final Page page;

  Charts(Page page) {
    this.page = page;
  }

  List<Chart> of(Dashboard dashboard) {
    return List.of(
        ages(dashboard),
        single("ranks", ranks(dashboard.ranks())),
        single("levels", levels(dashboard.levels())),
        years(
            "front-line",
            dashboard.asOf(),
            dashboard.frontLineYears(),
            List.of("township", "first-secretary", "task-force"),
            List.of(FRONT_LINE, FRONT_LINE_SECOND, FRONT_LINE_THIRD)),
        years(
            "promotions",
            dashboard.asOf(),
            dashboard.promotionYears(),
            List.of("with", "without"),
            List.of(FRONT_LINE, OTHERS)));
  }

  private Chart ages(Dashboard dashboard) {
    List<Count> counts = dashboard.ages();
    List<Integer> bands =
        counts.stream()
            .map(Count::group)
            .filter(Objects::nonNull)
            .map(Integer::valueOf)
            .sorted(Comparator.reverseOrder())
            .toList();
    List<@Nullable String> groups = new ArrayList<>();
    if (!bands.isEmpty()) {
      for (int band = bands.getFirst(); band >= bands.getLast(); band -= 5) {
        groups.add(Integer.toString(band));
      }
    }
    int drawn = groups.size();
    if (counts.stream().anyMatch(count -> count.group() == null)) {
      groups.add(null);
    }
    boolean others = counts.stream().anyMatch(count -> !count.part().matches("[12]"));
    List<Row> rows =
        groups.stream()
            .map(
                group -> {
                  long men = number(counts, group, "1");
                  long women = number(counts, group, "2");
                  return new Row(
                      band(group),
                      others
                          ? List.of(
                              men, women, number(counts, group, "0") + number(counts, group, "9"))
                          : List.of(men, women));
                })
            .toList();
    List<Row> pyramid = rows.subList(0, drawn);
    long most =
        pyramid.stream()
            .flatMap(row -> row.numbers().subList(0, 2).stream())
            .mapToLong(Long::longValue)
            .max()
            .orElse(1);
    long end = upTo(most);
    List<String> names = names(pyramid);
    String men = page.word("insight.ages.men");
    String women = page.word("insight.ages.women");
    Map<String, Object> options =
        Map.of(
            "color", List.of(INK, SECOND),
            "tooltip", Map.of("trigger", "axis", "axisPointer", Map.of("type", "shadow")),
            "legend", legend(List.of(men, women)),
            "grid",
                List.of(
                    Map.of("left", 8, "right", "57%", "top", 32, "bottom", 24),
                    Map.of("left", "57%", "right", 16, "top", 32, "bottom", 24)),
            "xAxis",
                List.of(
                    Map.of("type", "value", "inverse", true, "max", end, "interval", end / 2),
                    Map.of("type", "value", "gridIndex", 1, "max", end, "interval", end / 2)),
            "yAxis",
                List.of(
                    Map.of(
                        "type",
                        "category",
                        "data",
                        names,
                        "inverse",
                        true,
                        "position",
                        "right",
                        "axisLabel",
                        Map.of("show", false),
                        "axisTick",
                        Map.of("show", false)),
                    Map.of(
                        "type",
                        "category",
                        "data",
                        names,
                        "inverse",
                        true,
                        "gridIndex",
                        1,
                        "axisTick",
                        Map.of("show", false),
                        "axisLabel",
                        Map.of("interval", 0))),
            "series",
                List.of(
                    Map.of("type", "bar", "name", men, "data", numbers(pyramid, 0)),
                    Map.of(
                        "type",
                        "bar",
                        "name",
                        women,
                        "data",
                        numbers(pyramid, 1),
                        "xAxisIndex",
                        1,
                        "yAxisIndex",
                        1)));
    List<String> columns =
        Stream.of("ages", "ages.men", "ages.women", "ages.others")
            .limit(others ? 4 : 3)
            .map(id -> page.word(id.equals("ages") ? "insight.ages.group" : "insight." + id))
            .toList();
    return new Chart("ages", words("ages", rows), columns, rows, json(options));
  }

  private List<Row> ranks(List<Count> counts) {
    List<Row> rows = new ArrayList<>();
    counts.stream()
        .filter(count -> count.group() != null)
        .sorted(Comparator.comparingInt(Charts::place))
        .forEach(
            count -> {
              String rank = Objects.requireNonNull(count.group());
              rows.add(
                  new Row(
                      rank(rank),
                      List.of(count.number()),
                      "/officials?status=serving&rank="
                          + URLEncoder.encode(rank, StandardCharsets.UTF_8)));
            });
    if (rows.size() > MOST_BARS) {
      List<Row> rest = rows.subList(MOST_BARS - 1, rows.size());
      Row one =
          new Row(
              page.word("insight.ranks.others", rest.size()),
              List.of(rest.stream().mapToLong(Row::sum).sum()));
      rest.clear();
      rows.add(one);
    }
    missing(counts, rows);
    return rows;
  }

  private List<Row> levels(List<Count> counts) {
    List<Row> rows = new ArrayList<>();
    for (String level : LEVELS) {
      counts.stream()
          .filter(count -> level.equals(count.group()))
          .forEach(count -> rows.add(row(page.word("insight.levels." + level), count)));
    }
    missing(counts, rows);
    return rows;
  }

  private void missing(List<Count> counts, List<Row> rows) {
    counts.stream()
        .filter(count -> count.group() == null)
        .forEach(count -> rows.add(row(page.word("insight.missing"), count)));
  }

  private static Row row(String name, Count count) {
    return new Row(name, List.of(count.number()));
  }

  private Chart single(String id, List<Row> rows) {
    Map<String, Object> options =
        Map.of(
            "color", List.of(INK),
            "dandangLinks", rows.stream().map(Row::path).toList(),
            "tooltip", Map.of("trigger", "axis", "axisPointer", Map.of("type", "shadow")),
            "grid", Map.of("left", 8, "right", 56, "top", 8, "bottom", 8, "containLabel", true),
            "xAxis", Map.of("type", "value", "splitNumber", 3),
            "yAxis",
                Map.of(
                    "type",
                    "category",
                    "data",
                    names(rows),
                    "inverse",
                    true,
                    "axisTick",
                    Map.of("show", false),
                    "axisLabel",
                    Map.of("interval", 0)),
            "series",
                List.of(
                    Map.of(
                        "type",
                        "bar",
                        "name",
                        page.word("insight.officials"),
                        "barMaxWidth",
                        26,
                        "data",
                        bars(rows),
                        "label",
                        Map.of("show", true, "position", "right"))));
    List<String> columns =
        List.of(page.word("insight." + id + ".group"), page.word("insight.officials"));
    return new Chart(id, words(id, rows), columns, rows, json(options));
  }

  /** What the registers do not say stays grey. */
  private List<Object> bars(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                row.group().equals(page.word("insight.missing"))
                    ? Map.of("value", row.sum(), "itemStyle", Map.of("color", OTHERS))
                    : (Object) row.sum())
        .toList();
  }

  private Chart years(
      String id, LocalDate asOf, List<Count> counts, List<String> parts, List<String> colours) {
    List<Row> rows =
        IntStream.rangeClosed(asOf.getYear() - Counting.YEARS + 1, asOf.getYear())
            .mapToObj(Integer::toString)
            .map(
                year ->
                    new Row(year, parts.stream().map(part -> number(counts, year, part)).toList()))
            .toList();
    List<String> heads =
        parts.stream().map(part -> page.word("insight." + id + "." + part)).toList();
    List<Map<String, Object>> series = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      series.add(
          Map.of("type", "bar", "stack", "all", "name", heads.get(i), "data", numbers(rows, i)));
    }
    Map<String, Object> options =
        Map.of(
            "color", colours,
            "tooltip", Map.of("trigger", "axis", "axisPointer", Map.of("type", "shadow")),
            "legend", legend(heads),
            "grid", Map.of("left", 8, "right", 12, "top", 40, "bottom", 8, "containLabel", true),
            "xAxis",
                Map.of("type", "category", "data", names(rows), "axisTick", Map.of("show", false)),
            "yAxis", Map.of("type", "value", "splitNumber", 4),
            "series", series);
    List<String> columns =
        Stream.concat(Stream.of(page.word("insight.year")), heads.stream()).toList();
    return new Chart(id, words(id, rows), columns, rows, json(options));
  }

  private static Map<String, Object> legend(List<String> names) {
    return Map.of(
        "data", names, "selectedMode", false, "itemWidth", 14, "itemHeight", 10, "itemGap", 10);
  }

  /** One sentence: the title, how many in all, and where most are. */
  private String words(String id, List<Row> rows) {
    long sum = rows.stream().mapToLong(Row::sum).sum();
    return rows.stream()
        .filter(row -> !row.group().equals(page.word("insight.missing")))
        .max(Comparator.comparingLong(Row::sum))
        .filter(most -> sum > 0)
        .map(
            most ->
                page.word(
                    "insight.words",
                    page.word("insight." + id + ".title"),
                    page.number(sum),
                    most.group(),
                    page.number(most.sum())))
        .orElseGet(() -> page.word("insight.words.none", page.word("insight." + id + ".title")));
  }

  private String band(@Nullable String first) {
    if (first == null) {
      return page.word("insight.missing");
    }
    int from = Integer.parseInt(first);
    return from >= 60 ? page.word("insight.ages.from", first) : from + "–" + (from + 4);
  }

  private String rank(String rank) {
    int place = RANKS.indexOf(rank);
    return place < 0 ? rank : page.word("insight.rank." + (place + 1));
  }

  private static int place(Count count) {
    int place = RANKS.indexOf(count.group());
    return place < 0 ? RANKS.size() : place;
  }

  /** A round end of an axis that both sides of a pyramid share; half of it is round too. */
  private static long upTo(long most) {
    long step = 1;
    while (step * 10 < most) {
      step *= 10;
    }
    return Math.max(2, (most + 2 * step - 1) / (2 * step) * (2 * step));
  }

  private static long number(List<Count> counts, @Nullable String group, String part) {
    return counts.stream()
        .filter(count -> Objects.equals(count.group(), group) && count.part().equals(part))
        .mapToLong(Count::number)
        .sum();
  }

  private static List<String> names(List<Row> rows) {
    return rows.stream().map(Row::group).toList();
  }

  private static List<Long> numbers(List<Row> rows, int column) {
    return rows.stream().map(row -> row.numbers().get(column)).toList();
  }

  /** Within a page no {@code <} may stand in it: the script would end at a name like that. */
  private static String json(Map<String, Object> options) {
    return JSON.writeValueAsString(options).replace("<", "\\u003c").replace("&", "\\u0026");
  }
}
