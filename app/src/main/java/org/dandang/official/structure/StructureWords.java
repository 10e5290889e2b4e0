package org.dandang.official.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dandang.official.structure.Structure.Dimension;
import org.dandang.official.structure.Structure.Group;
import org.dandang.official.structure.Structure.Vacancy;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Says a structure in the reader's language: names of groups, drawings, rows of a table. */
public final class StructureWords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INK = "#35618c";
  private static final String UNKNOWN = "#a9b3bd";

  /** Bars that can still be read; the table has them all. */
  private static final int MOST_BARS = 12;

  private final Page page;

  public StructureWords(Page page) {
    this.page = page;
  }

  public String dimension(String id) {
    return page.word("structure.dimension." + id);
  }

  /** A group's name; what the register says where it is no code of ours. */
  public String group(String dimension, String group) {
    return group.equals("unknown")
        ? page.word("structure.unknown")
        : page.wordOr("structure.group." + dimension + "." + group, group);
  }

  public String level(String level) {
    return page.wordOr("level." + level, level);
  }

  /** The drawing of a dimension as options that may stand within a page. */
  public String chart(Dimension dimension) {
    List<Group> drawn = dimension.groups().stream().limit(MOST_BARS).toList();
    Map<String, Object> options =
        Map.of(
            "color",
            List.of(INK),
            "tooltip",
            Map.of("trigger", "axis", "axisPointer", Map.of("type", "shadow")),
            "grid",
            Map.of("left", 8, "right", 48, "top", 8, "bottom", 8, "containLabel", true),
            "xAxis",
            Map.of("type", "value", "minInterval", 1, "splitNumber", 3),
            "yAxis",
            Map.of(
                "type",
                "category",
                "inverse",
                true,
                "data",
                drawn.stream().map(group -> group(dimension.id(), group.id())).toList(),
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
                    page.word("structure.members"),
                    "barMaxWidth",
                    22,
                    "label",
                    Map.of("show", true, "position", "right"),
                    "data",
                    drawn.stream()
                        .map(
                            group ->
                                group.isUnknown()
                                    ? Map.of(
                                        "value",
                                        group.members(),
                                        "itemStyle",
                                        Map.of("color", UNKNOWN))
                                    : (Object) group.members())
                        .toList())));
    return JSON.writeValueAsString(options).replace("<", "\\u003c").replace("&", "\\u0026");
  }

  /** What a drawing shows, for those who do not see it. */
  public String said(Dimension dimension) {
    List<String> parts = new ArrayList<>();
    for (Group group : dimension.groups()) {
      parts.add(group(dimension.id(), group.id()) + " " + page.number(group.members()));
    }
    return dimension(dimension.id()) + ": " + String.join(", ", parts);
  }

  /** Everything as rows of a table, the heads first; a cell is a text or a whole number. */
  List<List<Object>> table(Structure structure, List<Ruling> rulings) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(words("structure.trait", "structure.group", "structure.members", "structure.share"));
    for (Dimension dimension : structure.dimensions()) {
      for (Group group : dimension.groups()) {
        rows.add(
            List.of(
                dimension(dimension.id()),
                group(dimension.id(), group.id()),
                group.members(),
                share(group.members(), structure.members())));
      }
    }
    rows.add(List.of());
    rows.add(
        words(
            "structure.level",
            "structure.established",
            "structure.held",
            "structure.vacant",
            "structure.expected.1",
            "structure.expected.2",
            "structure.expected.3",
            "structure.term.1",
            "structure.term.2",
            "structure.term.3"));
    for (Vacancy vacancy : structure.vacancies()) {
      List<Object> row = new ArrayList<>();
      row.add(level(vacancy.level()));
      row.add(cell(vacancy.established()));
      row.add(vacancy.held());
      row.add(cell(vacancy.vacant()));
      for (int years = 1; years <= 3; years++) {
        row.add(cell(vacancy.expected(years)));
      }
      row.addAll(vacancy.termEnding());
      rows.add(row);
    }
    rows.add(List.of());
    rows.add(words("structure.rule", "structure.outcome", "structure.reason", "structure.clause"));
    for (Ruling ruling : rulings) {
      rows.add(
          List.of(
              ruling.pack().title().in(page.language()),
              ruling.outcome() == null
                  ? ""
                  : ruling.pack().word(page.tag(), "outcome." + ruling.outcome()),
              ruling.rule() == null ? "" : ruling.pack().word(page.tag(), "rule." + ruling.rule()),
              ruling.clause() == null ? "" : ruling.clause().text().in(page.language())));
    }
    return rows;
  }

  /** Per cent with one digit. */
  public String share(long part, long all) {
    return page.percent(all == 0 ? null : (double) part / all);
  }

  private static Object cell(@Nullable Long number) {
    return number == null ? "" : number;
  }

  private List<Object> words(String... keys) {
    List<Object> words = new ArrayList<>();
    for (String key : keys) {
      words.add(page.word(key));
    }
    return words;
  }
}
