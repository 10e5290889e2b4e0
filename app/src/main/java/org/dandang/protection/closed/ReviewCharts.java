package org.dandang.protection.closed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.dandang.platform.web.Chart;
import org.dandang.platform.web.Chart.Row;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Query;
import org.dandang.protection.MatterReview.Group;
import org.dandang.protection.MatterReview.Report;
import org.dandang.protection.MatterReview.Table;
import tools.jackson.databind.ObjectMapper;

/** Draws the tables of a report in the reader's language, each number leading to what it counts. */
final class ReviewCharts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = "/protection/closed/allegations";

  /** Cleared is green, left open grey, a breach red: as everywhere in the product. */
  private static final Map<String, String> COLOURS =
      Map.of(
          "unfounded", "#2f7d55",
          "exonerated", "#7fc39b",
          "unproven", "#a9b3bd",
          "mistake", "#c08648",
          "breach", "#b3382f",
          "none", "#dde2e7",
          "within", "#c08648");

  private static final List<String> OTHERS = List.of("#35618c", "#c08648", "#2f7d55", "#a9b3bd");

  /** Groups that can still be read in a drawing; the table has all. */
  private static final int MOST_BARS = 14;

  private final Page page;
  private final Sorting sorting;

  /**
   * The order of one table.
   *
   * @param table id; empty for none
   * @param column 0: the group
   */
  record Sorting(String table, int column, boolean falling) {
    /** {@code findings.1} rising, {@code -findings.1} falling. */
    static Sorting of(String text) {
      boolean falling = text.startsWith("-");
      String rest = falling ? text.substring(1) : text;
      return rest.matches("[a-z]+\\.[0-9]")
          ? new Sorting(
              rest.substring(0, rest.length() - 2), rest.charAt(rest.length() - 1) - '0', falling)
          : new Sorting("", 0, false);
    }
  }

  ReviewCharts(Page page, Sorting sorting) {
    this.page = page;
    this.sorting = sorting;
  }

  List<Chart> of(Report report) {
    return report.tables().stream().map(this::chart).toList();
  }

  Optional<Chart> of(Report report, String id) {
    return report.tables().stream()
        .filter(table -> table.id().equals(id))
        .findFirst()
        .map(this::chart);
  }

  private Chart chart(Table table) {
    List<Row> rows = table.groups().stream().map(group -> row(table, group)).toList();
    List<String> columns = new ArrayList<>();
    columns.add(page.word("closed.chart." + table.id() + ".group"));
    table.columns().forEach(column -> columns.add(column(column)));
    return new Chart(
        table.id(),
        words(table, rows),
        columns,
        sorted(table, rows),
        JSON.writeValueAsString(options(table, rows)).replace("<", "\\u003c"));
  }

  private String column(String id) {
    return ClosedReview.OUTCOMES.contains(id) && !id.equals("none")
        ? page.word("hub.outcome." + id)
        : page.word("closed.column." + id);
  }

  private Row row(Table table, Group group) {
    Map<String, String> asked = new LinkedHashMap<>();
    String first = group.keys().getFirst();
    String name = first;
    String path = LIST;
    switch (table.id()) {
      case "years" -> asked.put("year", first);
      case "findings" -> {
        asked.put("finding", first.isEmpty() ? "-" : first);
        name = first.isEmpty() ? page.word("closed.finding.none") : first;
      }
      case "units" -> {
        asked.put("unit", first.isEmpty() ? "-" : first);
        String called = group.keys().get(1);
        name =
            first.isEmpty()
                ? page.word("closed.unit.none")
                : called.equals(first) ? first : called + " (" + first + ")";
      }
      case "durations" -> {
        String year = group.keys().get(1);
        asked.put("state", "closed");
        asked.put("channel", "import");
        asked.put("agency", first.isEmpty() ? "-" : first);
        asked.put("since", year + "-01-01");
        asked.put("before", Integer.parseInt(year) + 1 + "-01-01");
        path = "/protection/leads";
        name = (first + " " + year).strip();
      }
      case "clearances" -> {
        asked.put("ended", first);
        path = "/protection/closed/cleared";
      }
      default -> {
        asked.put("year", first);
        path = "/protection/closed/promotions";
      }
    }
    List<String> paths = new ArrayList<>();
    for (String column : table.columns()) {
      Map<String, String> part = new LinkedHashMap<>(asked);
      if (ClosedReview.OUTCOMES.contains(column) && path.equals(LIST)) {
        part.put("outcome", column);
      }
      if (column.equals("promotions")) {
        part.put("all", "yes");
      }
      paths.add(path + Query.of(part));
    }
    return new Row(name, group.numbers(), path + Query.of(asked), paths);
  }

  private List<Row> sorted(Table table, List<Row> rows) {
    if (!sorting.table().equals(table.id()) || sorting.column() > table.columns().size()) {
      return rows;
    }
    Comparator<Row> order =
        sorting.column() == 0
            ? Comparator.comparing(Row::group)
            : Comparator.comparingLong(row -> row.numbers().get(sorting.column() - 1));
    return rows.stream().sorted(sorting.falling() ? order.reversed() : order).toList();
  }

  private Map<String, Object> options(Table table, List<Row> rows) {
    return switch (table.id()) {
      case "years", "clearances", "promotions" -> upright(table, rows);
      case "durations" -> lines(table);
      default -> lying(table, drawn(table, rows));
    };
  }

  /** What the files do not say is in the table and not drawn beside what they do. */
  private List<Row> drawn(Table table, List<Row> rows) {
    List<Row> said =
        table.id().equals("units")
            ? rows.stream()
                .filter(row -> !row.group().equals(page.word("closed.unit.none")))
                .toList()
            : rows;
    return said.subList(0, Math.min(said.size(), MOST_BARS));
  }

  private Map<String, Object> upright(Table table, List<Row> rows) {
    boolean stacked = !table.id().equals("promotions");
    List<Integer> drawn =
        IntStream.range(0, table.columns().size())
            .filter(i -> !Set.of("officials", "promotions").contains(table.columns().get(i)))
            .boxed()
            .toList();
    Map<String, Object> options = frame(table, drawn);
    options.put(
        "grid", Map.of("left", 8, "right", 12, "top", 56, "bottom", 8, "containLabel", true));
    options.put(
        "xAxis",
        Map.of(
            "type",
            "category",
            "data",
            rows.stream().map(Row::group).toList(),
            "axisTick",
            Map.of("show", false)));
    options.put("yAxis", Map.of("type", "value", "splitNumber", 4));
    options.put("series", series(table, rows, drawn, stacked));
    options.put("dandangLinks", rows.stream().map(Row::path).toList());
    return options;
  }

  private Map<String, Object> lying(Table table, List<Row> rows) {
    List<Integer> drawn =
        table.id().equals("findings")
            ? List.of(0)
            : IntStream.range(0, table.columns().size()).boxed().toList();
    Map<String, Object> options = frame(table, drawn);
    options.put(
        "grid",
        Map.of(
            "left",
            8,
            "right",
            56,
            "top",
            drawn.size() > 1 ? 56 : 8,
            "bottom",
            8,
            "containLabel",
            true));
    options.put("xAxis", Map.of("type", "value", "splitNumber", 3));
    options.put(
        "yAxis",
        Map.of(
            "type",
            "category",
            "data",
            rows.stream().map(Row::group).toList(),
            "inverse",
            true,
            "axisTick",
            Map.of("show", false),
            "axisLabel",
            Map.of("interval", 0, "width", 130, "overflow", "truncate")));
    options.put("series", series(table, rows, drawn, true));
    options.put("dandangLinks", rows.stream().map(Row::path).toList());
    return options;
  }

  /** One line an agency, through the medians of its years. */
  private Map<String, Object> lines(Table table) {
    List<String> years =
        table.groups().stream().map(group -> group.keys().get(1)).distinct().sorted().toList();
    Map<String, Map<String, Long>> medians = new LinkedHashMap<>();
    for (Group group : table.groups()) {
      medians
          .computeIfAbsent(
              group.keys().getFirst().isEmpty()
                  ? page.word("closed.agency.none")
                  : group.keys().getFirst(),
              agency -> new LinkedHashMap<>())
          .put(group.keys().get(1), group.numbers().get(1));
    }
    List<Map<String, Object>> series = new ArrayList<>();
    medians.forEach(
        (agency, byYear) -> {
          List<Object> days = new ArrayList<>();
          years.forEach(year -> days.add(byYear.containsKey(year) ? byYear.get(year) : "-"));
          series.add(Map.of("type", "line", "name", agency, "data", days, "symbolSize", 7));
        });
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("color", OTHERS);
    options.put("tooltip", Map.of("trigger", "axis"));
    options.put("legend", legend(List.copyOf(medians.keySet())));
    options.put(
        "grid", Map.of("left", 8, "right", 16, "top", 40, "bottom", 8, "containLabel", true));
    options.put("xAxis", Map.of("type", "category", "data", years));
    options.put("yAxis", Map.of("type", "value", "splitNumber", 4));
    options.put("series", series);
    return options;
  }

  private Map<String, Object> frame(Table table, List<Integer> drawn) {
    Map<String, Object> options = new LinkedHashMap<>();
    List<String> colours = new ArrayList<>();
    for (int i : drawn) {
      colours.add(COLOURS.getOrDefault(table.columns().get(i), OTHERS.get(i % OTHERS.size())));
    }
    options.put("color", colours);
    options.put("tooltip", Map.of("trigger", "axis", "axisPointer", Map.of("type", "shadow")));
    if (drawn.size() > 1) {
      options.put(
          "legend", legend(drawn.stream().map(i -> column(table.columns().get(i))).toList()));
    }
    return options;
  }

  private List<Map<String, Object>> series(
      Table table, List<Row> rows, List<Integer> drawn, boolean stacked) {
    List<Map<String, Object>> series = new ArrayList<>();
    for (int i : drawn) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("type", "bar");
      one.put("name", column(table.columns().get(i)));
      one.put("data", rows.stream().map(row -> row.numbers().get(i)).toList());
      one.put("barMaxWidth", 26);
      if (stacked) {
        one.put("stack", "all");
      }
      series.add(one);
    }
    return series;
  }

  private static Map<String, Object> legend(List<String> names) {
    return Map.of(
        "data", names, "selectedMode", false, "itemWidth", 14, "itemHeight", 10, "itemGap", 10);
  }

  /** One sentence: what it shows, and where most are. */
  private String words(Table table, List<Row> rows) {
    String title = page.word("closed.chart." + table.id());
    int counted = table.id().equals("durations") || table.id().equals("promotions") ? 1 : 0;
    return rows.stream()
        .max(Comparator.comparingLong(row -> counted == 1 ? row.numbers().get(1) : row.sum()))
        .map(
            most ->
                page.word(
                    "closed.chart.words",
                    title,
                    most.group(),
                    page.number(counted == 1 ? most.numbers().get(1) : most.sum())))
        .orElse(title);
  }
}
