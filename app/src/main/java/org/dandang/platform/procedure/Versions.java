package org.dandang.platform.procedure;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The versions matters were begun under, each kept whole at its first use. */
@Component
class Versions {
  private final JdbcClient jdbc;
  private final Engine engine;
  private final JsonMapper json;
  private final Clock clock;
  private final Map<Long, Version> known = new ConcurrentHashMap<>();

  Versions(JdbcClient jdbc, Engine engine, JsonMapper json, Clock clock) {
    this.jdbc = jdbc;
    this.engine = engine;
    this.json = json;
    this.clock = clock;
  }

  /** A version as it is kept; its figures are those of each matter. */
  record Version(long id, Procedure procedure, String engineKey) {}

  private record Row(
      long id,
      String pack,
      LocalDate beginsOn,
      String hash,
      String bpmn,
      String forms,
      String texts,
      String engineKey) {}

  /** The version's number, keeping it where this is its first use; in the caller's transaction. */
  Version keep(Procedure procedure) {
    Optional<Version> there = find(procedure);
    if (there.isPresent()) {
      return there.get();
    }
    jdbc.sql("select pg_advisory_xact_lock(hashtext(?))")
        .param("procedure " + procedure.pack())
        .query(rows -> {});
    return find(procedure).orElseGet(() -> insert(procedure));
  }

  private Version insert(Procedure procedure) {
    Map<String, Object> forms = new LinkedHashMap<>();
    procedure.forms().forEach((id, form) -> forms.put(id, FormText.of(form)));
    long id =
        jdbc.sql(
                """
                insert into platform.procedure_version (pack, begins_on, hash, bpmn, forms, texts, engine_key, recorded_at)
                values (?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb), ?, ?) returning id
                """)
            .params(
                procedure.pack(),
                procedure.from(),
                procedure.hash(),
                procedure.bpmn(),
                json.writeValueAsString(forms),
                json.writeValueAsString(procedure.texts().byLanguage()),
                engine.deploy(procedure.pack() + " " + procedure.from(), procedure.flow()),
                OffsetDateTime.now(clock))
            .query(Long.class)
            .single();
    return read(id).orElseThrow();
  }

  private Optional<Version> find(Procedure procedure) {
    Optional<Version> remembered =
        known.values().stream()
            .filter(version -> version.procedure().pack().equals(procedure.pack()))
            .filter(version -> version.procedure().from().equals(procedure.from()))
            .filter(version -> version.procedure().hash().equals(procedure.hash()))
            .findFirst();
    if (remembered.isPresent()) {
      return remembered;
    }
    return jdbc.sql(
            """
            select id from platform.procedure_version where pack = ? and begins_on = ? and hash = ?
            """)
        .params(procedure.pack(), procedure.from(), procedure.hash())
        .query(Long.class)
        .optional()
        .flatMap(this::read);
  }

  /** A version by its number. */
  Version get(long id) {
    Version version = known.get(id);
    return version == null ? read(id).orElseThrow() : version;
  }

  private Optional<Version> read(long id) {
    Version cached = known.get(id);
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<Version> version =
        jdbc.sql(
                """
                select id, pack, begins_on, hash, bpmn, cast(forms as text) as forms,
                       cast(texts as text) as texts, engine_key
                  from platform.procedure_version where id = ?
                """)
            .param(id)
            .query(Row.class)
            .optional()
            .map(this::version);
    version.ifPresent(this::remember);
    return version;
  }

  /** Remembers a version, one of this transaction when that is committed. */
  private void remember(Version version) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      known.put(version.id(), version);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            known.put(version.id(), version);
          }
        });
  }

  private Version version(Row row) {
    Map<String, Form> forms = new LinkedHashMap<>();
    json.readValue(row.forms(), Map.class)
        .forEach((id, form) -> forms.put(String.valueOf(id), FormText.form((Map<?, ?>) form)));
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    json.readValue(row.texts(), Map.class)
        .forEach(
            (language, words) -> {
              Map<String, String> byKey = new LinkedHashMap<>();
              ((Map<?, ?>) words)
                  .forEach((key, word) -> byKey.put(String.valueOf(key), String.valueOf(word)));
              texts.put(String.valueOf(language), byKey);
            });
    Flow flow =
        FlowReading.read(row.bpmn().getBytes(StandardCharsets.UTF_8))
            .flow()
            .orElseThrow(() -> new IllegalStateException("version " + row.id() + " is broken"));
    return new Version(
        row.id(),
        new Procedure(
            row.pack(),
            row.beginsOn(),
            row.hash(),
            row.bpmn(),
            flow,
            forms,
            Map.of(),
            new Texts(texts)),
        row.engineKey());
  }
}
