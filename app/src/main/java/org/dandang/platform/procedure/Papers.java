package org.dandang.platform.procedure;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.sealing.Sealing;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The forms of matters: kept as drafts, checked, signed, with the files attached to them. */
@Component
class Papers {
  /** Largest file, in bytes. */
  static final int MAX_FILE = 20_000_000;

  private static final int LONGEST_NAME = 200;

  private final JdbcClient jdbc;
  private final Matters matters;
  private final Sealing sealing;
  private final Register register;
  private final OfficeCalendar office;
  private final JsonMapper json;

  Papers(
      JdbcClient jdbc,
      Matters matters,
      Sealing sealing,
      Register register,
      OfficeCalendar office,
      JsonMapper json) {
    this.jdbc = jdbc;
    this.matters = matters;
    this.sealing = sealing;
    this.register = register;
    this.office = office;
    this.json = json;
  }

  /** The papers of a matter, drafts too, in the order of their steps. */
  List<Paper> of(long matter) {
    Map<Long, List<Attached>> files =
        jdbc
            .sql(
                """
                select d.id, d.form_id as form, d.field, d.name, d.bytes, d.hash, d.added_by
                  from platform.matter_document d join platform.matter_form f on f.id = d.form_id
                 where f.matter_id = ? order by d.id
                """)
            .param(matter)
            .query(Attached.class)
            .list()
            .stream()
            .collect(Collectors.groupingBy(Attached::form));
    return jdbc.sql(
            """
            select *, cast(answers as text) as text, cast(subjects as text) as named from platform.matter_form
             where matter_id = ? order by step_id nulls first, id
            """)
        .param(matter)
        .query(
            (row, number) ->
                new Paper(
                    row.getLong("id"),
                    row.getObject("step_id", Long.class),
                    row.getString("form"),
                    answers(row.getString("text")),
                    subjects(row.getString("named")),
                    row.getLong("saved_by"),
                    row.getObject("saved_at", OffsetDateTime.class),
                    row.getString("hash"),
                    row.getString("signed_name"),
                    row.getObject("signed_at", OffsetDateTime.class),
                    files.getOrDefault(row.getLong("id"), List.of())))
        .list();
  }

  private Map<String, String> answers(String text) {
    Map<String, String> answers = new TreeMap<>();
    json.readValue(text, Map.class)
        .forEach((field, value) -> answers.put(String.valueOf(field), String.valueOf(value)));
    return answers;
  }

  private Map<String, Long> subjects(String text) {
    Map<String, Long> subjects = new TreeMap<>();
    json.readValue(text, Map.class)
        .forEach(
            (field, number) -> subjects.put(String.valueOf(field), ((Number) number).longValue()));
    return subjects;
  }

  /** Numbers of what the answers to fields on record name. */
  private Map<String, Long> named(Form form, Map<String, String> answers, SignedIn by) {
    Map<String, Long> named = new TreeMap<>();
    Map<String, String> taken = form.taken(answers);
    for (Field field : form.fields()) {
      String value = taken.get(field.id());
      if (value != null && field.kind() instanceof Field.Kind.OnRecord kind) {
        register.find(kind.subject(), value, by).ifPresent(number -> named.put(field.id(), number));
      }
    }
    return named;
  }

  /** What is signed says whom and what it names as their registers call them. */
  private Map<String, String> said(
      Form form, Map<String, String> answers, Map<String, Long> named, SignedIn by) {
    Map<String, String> said = new TreeMap<>(answers);
    for (Field field : form.fields()) {
      Long found = named.get(field.id());
      if (found != null && field.kind() instanceof Field.Kind.OnRecord kind) {
        said.computeIfPresent(
            field.id(), (id, written) -> register.called(kind.subject(), found, written, by));
      }
    }
    return said;
  }

  /** The draft of an account for a step; empty when it has none. */
  Optional<Paper> draft(long matter, @Nullable Long step, long account) {
    return of(matter).stream()
        .filter(paper -> Objects.equals(paper.step(), step) && paper.savedBy() == account)
        .findFirst();
  }

  /** Keeps what was filled in so far; its number. */
  long save(
      Matter matter, @Nullable Long step, Form form, Map<String, String> answers, long account) {
    Map<String, String> taken = form.taken(answers);
    if (taken.values().stream().mapToLong(String::length).sum() > 200_000) {
      throw new Refused("procedure", "procedure.refused.too-much");
    }
    return jdbc.sql(
            """
            insert into platform.matter_form (matter_id, step_id, form, answers, saved_at, saved_by)
            values (:matter, :step, :form, cast(:answers as jsonb), :now, :by)
            on conflict (matter_id, coalesce(step_id, 0), saved_by) do update
               set answers = excluded.answers, saved_at = excluded.saved_at
             where matter_form.hash is null
            returning id
            """)
        .param("matter", matter.id())
        .param("step", step, java.sql.Types.BIGINT)
        .param("form", form.id())
        .param("answers", json.writeValueAsString(taken))
        .param("now", matters.now())
        .param("by", account)
        .query(Long.class)
        .optional()
        .orElseThrow(() -> new Refused("procedure", "procedure.refused.signed-already"));
  }

  /** Everything wrong with what was filled in, with the files already attached. */
  List<Form.Problem> problems(
      Matter matter, @Nullable Long step, Form form, Map<String, String> answers, SignedIn by) {
    Map<String, Integer> files = new LinkedHashMap<>();
    draft(matter.id(), step, by.account())
        .ifPresent(
            paper -> paper.documents().forEach(d -> files.merge(d.field(), 1, Integer::sum)));
    return form.problems(
        form.taken(answers),
        files,
        office.today(),
        (kind, text) -> register.find(kind, text, by).isPresent());
  }

  /**
   * Signs a form: from now on it stays as it is.
   *
   * @return hash over the form, the answers and the files
   * @throws Refused naming the first field that is wrong
   */
  String sign(
      Matter matter, @Nullable Long step, Form form, Map<String, String> answers, SignedIn by) {
    List<Form.Problem> problems = problems(matter, step, form, answers, by);
    if (!problems.isEmpty()) {
      throw new FormRefused(form, problems);
    }
    Map<String, Long> named = named(form, answers, by);
    long id = save(matter, step, form, said(form, answers, named, by), by.account());
    Paper paper = of(matter.id()).stream().filter(one -> one.id() == id).findFirst().orElseThrow();
    String hash = content(matter, paper);
    jdbc.sql(
            """
            update platform.matter_form
               set hash = ?, signed_name = ?, signed_at = ?, subjects = cast(? as jsonb) where id = ?
            """)
        .params(hash, by.shownName(), matters.now(), json.writeValueAsString(named), id)
        .update();
    return hash;
  }

  /** The hash a paper has as it stands. */
  static String content(Matter matter, Paper paper) {
    StringBuilder text = new StringBuilder();
    text.append(matter.id()).append('\n').append(paper.form()).append('\n');
    new TreeMap<>(paper.answers())
        .forEach(
            (field, value) ->
                text.append(field)
                    .append(' ')
                    .append(value.length())
                    .append('\n')
                    .append(value)
                    .append('\n'));
    List<Attached> files = new ArrayList<>(paper.documents());
    files.sort(java.util.Comparator.comparingLong(Attached::id));
    files.forEach(file -> text.append(file.field()).append(' ').append(file.hash()).append('\n'));
    return Commands.hash(text.toString());
  }

  /**
   * Attaches a file to a draft.
   *
   * @throws Refused when it is empty, too large, one too many, or the form has no such field
   */
  Attached attach(
      Matter matter,
      @Nullable Long step,
      Form form,
      String field,
      String name,
      byte[] content,
      SignedIn by) {
    if (!(form.field(field).map(Field::kind).orElse(null) instanceof Field.Kind.Documents kind)) {
      throw new Refused("procedure", "procedure.refused.no-such-field", field);
    }
    if (content.length == 0 || content.length > MAX_FILE) {
      throw new Refused("procedure", "procedure.refused.file-size", MAX_FILE / 1_000_000);
    }
    Map<String, String> kept =
        draft(matter.id(), step, by.account()).map(Paper::answers).orElse(Map.of());
    long id = save(matter, step, form, kept, by.account());
    Paper paper = draft(matter.id(), step, by.account()).orElseThrow();
    if (paper.documents().stream().filter(one -> one.field().equals(field)).count()
        >= kind.atMost()) {
      throw new Refused("procedure", "procedure.refused.too-many-files", kind.atMost());
    }
    String hash = Commands.hash(content);
    String shown = shown(name);
    long document =
        jdbc.sql(
                """
                insert into platform.matter_document (form_id, field, name, bytes, hash, content, added_at, added_by)
                values (?, ?, ?, ?, ?, ?, ?, ?) returning id
                """)
            .params(
                id,
                field,
                shown,
                content.length,
                hash,
                sealing.seal().seal(content),
                matters.now(),
                by.account())
            .query(Long.class)
            .single();
    return new Attached(document, id, field, shown, content.length, hash, by.account());
  }

  /** A file name without folders and without what could not be shown. */
  private static String shown(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").strip();
    if (clean.length() > LONGEST_NAME) {
      clean = clean.substring(clean.length() - LONGEST_NAME);
    }
    return clean.isEmpty() ? "file" : clean;
  }

  /** Takes a file off a draft; whether there was one. */
  boolean remove(long document, long account) {
    return jdbc.sql(
                """
                delete from platform.matter_document d using platform.matter_form f
                 where d.id = ? and d.added_by = ? and f.id = d.form_id and f.hash is null
                """)
            .params(document, account)
            .update()
        > 0;
  }

  /** What a file holds. */
  Optional<byte[]> content(Attached file) {
    return jdbc.sql("select content from platform.matter_document where id = ?")
        .param(file.id())
        .query(byte[].class)
        .optional()
        .map(kept -> sealing.seal().openBytes(kept));
  }
}
