package org.dandang.platform.storage;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The three roles of a database: the owner of everything, as whom nobody signs in; the migrator,
 * who acts for the owner while the schemas are brought up to date; and the application, which may
 * read and write rows as far as row-level security lets it, and nothing else.
 */
public final class DatabaseRoles {
  public static final String OWNER = "dandang_owner";
  public static final String MIGRATOR = "dandang_migrator";
  public static final String APPLICATION = "dandang_application";

  private DatabaseRoles() {}

  /**
   * Sees to it that the roles are there and that everything of Dandang's in the database is the
   * owner's, as it was not before there were roles.
   *
   * @param administrator who may make roles
   */
  static void prepare(Database administrator) {
    try (Connection connection =
            DriverManager.getConnection(
                administrator.url(), administrator.user(), administrator.password());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(421147, 1)");
      role(statement, OWNER, "nologin");
      role(statement, MIGRATOR, "login password '" + password(administrator, MIGRATOR) + "'");
      role(statement, APPLICATION, "login password '" + password(administrator, APPLICATION) + "'");
      statement.execute("grant %s to %s".formatted(OWNER, MIGRATOR));
      statement.execute("alter role %s set role = %s".formatted(MIGRATOR, OWNER));
      // The functions that look past the policies say so in their definition.
      statement.execute("grant set on parameter dandang.sight to " + OWNER);
      statement.execute(
          """
          do $$ begin
            execute format('grant create, connect, temporary on database %I to dandang_owner', current_database());
          end $$
          """);
      statement.execute(HAND_OVER);
      connection.commit();
    } catch (SQLException e) {
      throw new StorageProblem(
          "The roles of the database could not be made (%s).".formatted(e.getMessage()), e);
    }
  }

  /** The database as the application uses it. */
  static Database application(Database administrator) {
    return as(administrator, APPLICATION);
  }

  /** The database as the migrator uses it. */
  static Database migrator(Database administrator) {
    return as(administrator, MIGRATOR);
  }

  private static Database as(Database administrator, String role) {
    return new Database(
        administrator.url(), role, password(administrator, role), administrator.embedded());
  }

  private static void role(Statement statement, String name, String how) throws SQLException {
    statement.execute(
        """
        do $$ begin
          if not exists (select from pg_roles where rolname = '%1$s') then
            create role %1$s %2$s nosuperuser nocreatedb nocreaterole nobypassrls;
          end if;
        end $$
        """
            .formatted(name, how));
  }

  /** Of each role another, all of them from the one secret of the data folder. */
  static String password(Database administrator, String role) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              administrator.password().getBytes(java.nio.charset.StandardCharsets.UTF_8),
              "HmacSHA256"));
      return HexFormat.of()
          .formatHex(mac.doFinal(role.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Schemas with a history of migrations are Dandang's. Sequences follow their tables. */
  private static final String HAND_OVER =
      """
      do $$
      declare
        mine oid := 'dandang_owner'::regrole;
        one record;
      begin
        for one in
          select n.oid, n.nspname from pg_namespace n
           where exists (select from pg_class h where h.relnamespace = n.oid and h.relname = 'flyway_schema_history')
              or n.nspname = 'flowable'
        loop
          if (select nspowner from pg_namespace where oid = one.oid) <> mine then
            execute format('alter schema %I owner to dandang_owner', one.nspname);
          end if;
          declare
            thing record;
          begin
            for thing in select c.oid::regclass as name from pg_class c
                          where c.relnamespace = one.oid and c.relkind in ('r', 'p', 'v', 'm') and c.relowner <> mine loop
              execute format('alter table %s owner to dandang_owner', thing.name);
            end loop;
            for thing in select c.oid::regclass as name from pg_class c
                          where c.relnamespace = one.oid and c.relkind = 'S' and c.relowner <> mine loop
              execute format('alter sequence %s owner to dandang_owner', thing.name);
            end loop;
            for thing in select p.oid::regprocedure as name from pg_proc p
                          where p.pronamespace = one.oid and p.proowner <> mine loop
              execute format('alter routine %s owner to dandang_owner', thing.name);
            end loop;
          end;
        end loop;
      end $$
      """;
}
