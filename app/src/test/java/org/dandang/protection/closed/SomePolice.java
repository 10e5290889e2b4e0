package org.dandang.protection.closed;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Units and officials of a register, as files of closed matters name them by their keys. */
final class SomePolice {
  static final String SOURCE = "chicago-police";

  private final JdbcClient jdbc;

  SomePolice(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes all closed matters away, with what came of them. */
  void forgetMatters() {
    jdbc.sql(
            """
            truncate protection.allegation, protection.closed_matter, protection.matter_import, protection.lead_person,
                     protection.lead, protection.sanction_effect, protection.sanction cascade
            """)
        .update();
  }

  /** The number of the unit all of them belong to. */
  long unit() {
    return jdbc.sql("select id from organisation.unit where source = ? and code = 'CPD'")
        .param(SOURCE)
        .query(Long.class)
        .optional()
        .orElseGet(
            () ->
                jdbc.sql(
                        """
                        insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by)
                        values (?, 'CPD', 'All of it', 'police', 'none', now(), 'test') returning id
                        """)
                    .param(SOURCE)
                    .query(Long.class)
                    .single());
  }

  /** The number of an official, who serves in that unit since 1999. */
  long person(String key) {
    return jdbc.sql("select official_id from official.known_as where source = ? and key = ?")
        .params(SOURCE, key)
        .query(Long.class)
        .optional()
        .orElseGet(() -> taken(key));
  }

  private long taken(String key) {
    long id =
        jdbc.sql("insert into official.official (source, key) values (?, ?) returning id")
            .params(SOURCE, key)
            .query(Long.class)
            .single();
    jdbc.sql("insert into official.known_as (source, key, official_id) values (?, ?, ?)")
        .params(SOURCE, key, id)
        .update();
    jdbc.sql(
            """
            insert into official.identity (official_id, sex, began_work, recorded_at, recorded_by)
            values (?, 0, date '1999-01-01', now(), 'test')
            """)
        .param(id)
        .update();
    jdbc.sql(
            """
            insert into official.posting (official_id, unit_id, starts_on, recorded_at, recorded_by)
            values (?, ?, date '1999-01-01', now(), 'test')
            """)
        .params(id, unit())
        .update();
    return id;
  }
}
