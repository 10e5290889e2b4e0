package org.dandang.official;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.web.NotHere;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The files taken in so far, with what became of their rows. */
@Controller
class ImportPages {
  private static final int PER_PAGE = 50;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  ImportPages(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  @GetMapping("/imports")
  String all(@RequestParam(defaultValue = "9223372036854775807") long before, Model model) {
    List<TakenFile> files =
        jdbc.sql(
                "select * from official.import where finished_at is not null and id < ? order by id desc limit ?")
            .params(before, PER_PAGE + 1)
            .query(map())
            .list();
    model.addAttribute("files", files.size() > PER_PAGE ? files.subList(0, PER_PAGE) : files);
    model.addAttribute("more", files.size() > PER_PAGE);
    return "official/imports";
  }

  @GetMapping("/imports/{id}")
  String one(@PathVariable long id, Model model) {
    model.addAttribute(
        "file",
        jdbc.sql("select * from official.import where id = ? and finished_at is not null")
            .param(id)
            .query(map())
            .optional()
            .orElseThrow(NotHere::new));
    return "official/import";
  }

  private RowMapper<TakenFile> map() {
    return (row, number) ->
        new TakenFile(
            row.getLong("id"),
            row.getString("mapping"),
            row.getString("file_name"),
            row.getString("sha256"),
            row.getObject("finished_at", OffsetDateTime.class),
            row.getString("recorded_by"),
            row.getLong("rows_read"),
            row.getLong("stored"),
            row.getLong("unchanged"),
            row.getLong("refused"),
            reasons(row.getString("refused_by_reason")));
  }

  private Map<String, Long> reasons(@Nullable String text) {
    return text == null
        ? new LinkedHashMap<>()
        : json.readValue(text, new TypeReference<LinkedHashMap<String, Long>>() {});
  }
}
