package org.dandang.demonstration;

import java.util.List;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The accounts of the demonstration. Their password is no secret: it is printed at every start, and
 * the pages answer on this machine only.
 */
@Component
public class DemonstrationAccounts {
  private static final String ACTOR = "demonstration";
  private static final String PASSWORD = "dandang-demo";

  private final Accounts accounts;
  private final JdbcClient jdbc;

  DemonstrationAccounts(Accounts accounts, JdbcClient jdbc) {
    this.accounts = accounts;
    this.jdbc = jdbc;
  }

  /** An account somebody can try. */
  public record Shown(String signInName, String password, String who) {}

  /** The accounts, opened where they are not yet. */
  public List<Shown> open() {
    if (!accounts.exists("officer")) {
      accounts.create("officer", "演示组织人事干部", PASSWORD, Role.PERSONNEL_OFFICER, null, ACTOR);
    }
    Person person = somebodyOnTheFrontLine();
    if (!accounts.exists("official")) {
      accounts.create("official", person.name, PASSWORD, Role.OFFICIAL, person.id, ACTOR);
    }
    return List.of(
        new Shown("officer", PASSWORD, "personnel officer 组织人事干部"),
        new Shown("official", PASSWORD, "an official, own record only 干部本人"));
  }

  private record Person(long id, String name) {}

  private Person somebodyOnTheFrontLine() {
    return jdbc.sql(
            """
            select i.official_id, i.name
              from official.current_identity i
             where i.status = 'serving' and i.name is not null
               and exists (select from official.front_line_service f where f.official_id = i.official_id)
               and (select count(*) from official.current_posting p where p.official_id = i.official_id) >= 4
             order by i.official_id limit 1
            """)
        .query((row, number) -> new Person(row.getLong("official_id"), row.getString("name")))
        .single();
  }
}
