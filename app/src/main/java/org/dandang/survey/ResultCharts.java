package org.dandang.survey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.web.Page;
import org.dandang.survey.count.Count;
import org.dandang.survey.count.Counts;
import org.dandang.survey.count.Result;
import org.dandang.survey.instrument.Question;
import tools.jackson.databind.ObjectMapper;

/** Draws a count: both sides of each person on one chart, voices on a matter, votes for people. */
final class ResultCharts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POSITIVE = "#1b7a43";
  private static final String NEGATIVE = "#c08648";
  private static final String NEUTRAL = "#a9b3bd";
  private static final String INK = "#35618c";

  /** Bars that can still be read. */
  private static final int MOST = 15;

  private final Page page;

  ResultCharts(Page page) {
    this.page = page;
  }

  List<Drawing> of(Counts counts) {
    List<Drawing> drawings = new ArrayList<>();
    Map<String, List<Count>> sides = new LinkedHashMap<>();
    Map<String, List<Count>> motions = new LinkedHashMap<>();
    for (Count count : counts.questions()) {
      String list = String.valueOf(count.one().question().forEach());
      switch (count.result()) {
        case Result.Options options -> {
          if (options.options().stream()
              .anyMatch(o -> o.option().side() != Question.Side.NEUTRAL)) {
            sides.computeIfAbsent(list, key -> new ArrayList<>()).add(count);
          } else {
            drawings.add(
                bars(
                    count,
                    options.options().stream().map(o -> o.option().title().in(page.tag())).toList(),
                    options.options().stream().map(Result.OptionCount::votes).toList()));
          }
        }
        case Result.Steps steps ->
            drawings.add(
                bars(
                    count,
                    steps.steps().stream().map(s -> s.step() + "").toList(),
                    steps.steps().stream().map(Result.StepCount::votes).toList()));
        case Result.Order order ->
            drawings.add(
                bars(
                    count,
                    order.items().stream().limit(MOST).map(Result.ItemCount::text).toList(),
                    order.items().stream().limit(MOST).map(Result.ItemCount::points).toList()));
        case Result.People people ->
            drawings.add(
                bars(
                    count,
                    people.people().stream()
                        .filter(p -> p.votes() > 0)
                        .limit(MOST)
                        .map(Result.PersonCount::name)
                        .toList(),
                    people.people().stream()
                        .filter(p -> p.votes() > 0)
                        .limit(MOST)
                        .map(Result.PersonCount::votes)
                        .toList()));
        case Result.Vote vote ->
            motions
                .computeIfAbsent(count.one().question().id(), key -> new ArrayList<>())
                .add(count);
        case Result.Said said -> {
          // Words are read, not drawn.
        }
      }
    }
    List<Drawing> all = new ArrayList<>();
    sides.forEach((list, some) -> all.add(bothSides(list, some)));
    motions.forEach((id, some) -> all.add(voices(id, some)));
    all.addAll(drawings.stream().filter(drawing -> drawing.bars() > 0).toList());
    return all;
  }

  /** Of each item, answers on the negative side to the left and on the positive to the right. */
  private Drawing bothSides(String list, List<Count> counts) {
    Map<String, long[]> items = new LinkedHashMap<>();
    for (Count count : counts) {
      String name =
          count.one().about().isEmpty()
              ? count.one().question().title().in(page.tag())
              : count.one().about();
      long[] both = items.computeIfAbsent(name, key -> new long[2]);
      if (count.result() instanceof Result.Options options) {
        both[0] += options.negative();
        both[1] += options.positive();
      }
    }
    List<String> names = List.copyOf(items.keySet());
    List<Long> negative = items.values().stream().map(both -> both[0]).toList();
    List<Long> positive = items.values().stream().map(both -> both[1]).toList();
    long most =
        items.values().stream().mapToLong(both -> Math.max(both[0], both[1])).max().orElse(1);
    long end = Math.max(2, (most + 1) / 2 * 2);
    Map<String, Object> left =
        Map.of("type", "value", "inverse", true, "max", end, "interval", end / 2);
    Map<String, Object> right =
        Map.of("type", "value", "gridIndex", 1, "max", end, "interval", end / 2);
    Map<String, Object> options =
        Map.of(
            "color", List.of(NEGATIVE, POSITIVE),
            "tooltip", Map.of("trigger", "axis", "axisPointer", Map.of("type", "shadow")),
            "legend",
                legend(
                    List.of(page.word("survey.side.negative"), page.word("survey.side.positive"))),
            "grid",
                List.of(
                    Map.of("left", 12, "right", "62%", "top", 32, "bottom", 24),
                    Map.of("left", "62%", "right", 16, "top", 32, "bottom", 24)),
            "xAxis", List.of(left, right),
            "yAxis",
                List.of(
                    category(
                        names, Map.of("position", "right", "axisLabel", Map.of("show", false))),
                    category(
                        names,
                        Map.of(
                            "gridIndex",
                            1,
                            "axisLabel",
                            Map.of("interval", 0, "width", 90, "overflow", "truncate")))),
            "series",
                List.of(
                    Map.of(
                        "type",
                        "bar",
                        "name",
                        page.word("survey.side.negative"),
                        "data",
                        negative,
                        "barMaxWidth",
                        22,
                        "label",
                        Map.of("show", true, "position", "left")),
                    Map.of(
                        "type",
                        "bar",
                        "name",
                        page.word("survey.side.positive"),
                        "data",
                        positive,
                        "barMaxWidth",
                        22,
                        "xAxisIndex",
                        1,
                        "yAxisIndex",
                        1,
                        "label",
                        Map.of("show", true, "position", "right"))));
    StringBuilder words = new StringBuilder(page.word("survey.chart.sides"));
    items.forEach(
        (name, both) ->
            words.append(' ').append(page.word("survey.chart.side", name, both[1], both[0])));
    return new Drawing(
        "sides-" + list,
        page.word("survey.chart.sides"),
        words.toString(),
        json(options),
        names.size());
  }

  private Drawing voices(String id, List<Count> counts) {
    List<String> names =
        counts.stream()
            .map(
                c ->
                    c.one().about().isEmpty()
                        ? c.one().question().title().in(page.tag())
                        : c.one().about())
            .toList();
    List<Map<String, Object>> series = new ArrayList<>();
    List<String> heads =
        List.of(
            page.word("survey.voice.for"),
            page.word("survey.voice.against"),
            page.word("survey.voice.abstain"));
    for (int voice = 0; voice < heads.size(); voice++) {
      int which = voice;
      series.add(
          Map.of(
              "type",
              "bar",
              "stack",
              "all",
              "barMaxWidth",
              26,
              "name",
              heads.get(voice),
              "data",
              counts.stream().map(c -> voice(c, which)).toList()));
    }
    Map<String, Object> options =
        Map.of(
            "color", List.of(POSITIVE, NEGATIVE, NEUTRAL),
            "tooltip", Map.of("trigger", "axis", "axisPointer", Map.of("type", "shadow")),
            "legend", legend(heads),
            "grid", Map.of("left", 8, "right", 24, "top", 36, "bottom", 8, "containLabel", true),
            "xAxis", Map.of("type", "value", "splitNumber", 4, "minInterval", 1),
            "yAxis",
                category(
                    names,
                    Map.of(
                        "axisLabel", Map.of("interval", 0, "width", 130, "overflow", "truncate"))),
            "series", series);
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      words.append(
          page.word(
              "survey.chart.voices",
              names.get(i),
              voice(counts.get(i), 0),
              voice(counts.get(i), 1),
              voice(counts.get(i), 2)));
      words.append(' ');
    }
    return new Drawing(
        "voices-" + id,
        page.word("survey.chart.voices.title"),
        words.toString().strip(),
        json(options),
        names.size());
  }

  private static long voice(Count count, int which) {
    return count.result() instanceof Result.Vote vote
        ? which == 0 ? vote.forIt() : which == 1 ? vote.against() : vote.abstaining()
        : 0;
  }

  private Drawing bars(Count count, List<String> names, List<Long> numbers) {
    Map<String, Object> options =
        Map.of(
            "color", List.of(INK),
            "tooltip", Map.of("trigger", "axis", "axisPointer", Map.of("type", "shadow")),
            "grid", Map.of("left", 8, "right", 48, "top", 8, "bottom", 8, "containLabel", true),
            "xAxis", Map.of("type", "value", "splitNumber", 3, "minInterval", 1),
            "yAxis",
                category(
                    names,
                    Map.of(
                        "axisLabel", Map.of("interval", 0, "width", 130, "overflow", "truncate"))),
            "series",
                List.of(
                    Map.of(
                        "type",
                        "bar",
                        "barMaxWidth",
                        26,
                        "name",
                        page.word("survey.head.votes"),
                        "data",
                        numbers,
                        "label",
                        Map.of("show", true, "position", "right"))));
    String title = count.one().question().title().in(page.tag());
    String whole = count.one().about().isEmpty() ? title : count.one().about() + " · " + title;
    StringBuilder words = new StringBuilder(whole);
    for (int i = 0; i < names.size(); i++) {
      words.append(i == 0 ? ": " : ", ").append(names.get(i)).append(' ').append(numbers.get(i));
    }
    return new Drawing(
        "bars-" + count.one().key().replace('.', '-'),
        whole,
        words.toString(),
        json(options),
        names.size());
  }

  private static Map<String, Object> category(List<String> names, Map<String, Object> more) {
    Map<String, Object> axis = new LinkedHashMap<>();
    axis.put("type", "category");
    axis.put("data", names);
    axis.put("inverse", true);
    axis.put("axisTick", Map.of("show", false));
    axis.putAll(more);
    return axis;
  }

  private static Map<String, Object> legend(List<String> names) {
    return Map.of(
        "data", names, "selectedMode", false, "itemWidth", 14, "itemHeight", 10, "itemGap", 10);
  }

  private static String json(Map<String, Object> options) {
    return JSON.writeValueAsString(options).replace("<", "\\u003c").replace("&", "\\u0026");
  }
}
