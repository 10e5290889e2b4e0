package org.dandang.platform.storage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.ConnectionProxy;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Tells the database the running thread's {@link Sight} before every statement it is asked to make.
 *
 * <p>What a connection was told outlives the borrower of the connection, so it is never trusted
 * beyond what this class itself has seen take effect: a connection is told anew whenever it was
 * told inside a transaction, or one was rolled back.
 */
final class SightDataSource extends DelegatingDataSource {
  private static final Set<String> ASKING =
      Set.of("createStatement", "prepareStatement", "prepareCall", "unwrap");
  private static final String TELL = "select set_config('dandang.sight', ?, false)";

  /** What each real connection was last told for good. */
  private final Map<PGConnection, String> told = Collections.synchronizedMap(new WeakHashMap<>());

  SightDataSource(DataSource source) {
    super(source);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return telling(super.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return telling(super.getConnection(user, password));
  }

  private Connection telling(Connection connection) throws SQLException {
    Telling telling = new Telling(connection, connection.unwrap(PGConnection.class));
    if (connection.getAutoCommit()) {
      telling.tell(); // before any transaction, some of which must not begin with a question
    }
    return (Connection)
        Proxy.newProxyInstance(
            SightDataSource.class.getClassLoader(),
            new Class<?>[] {ConnectionProxy.class},
            telling);
  }

  private final class Telling implements InvocationHandler {
    private final Connection connection;
    private final PGConnection real;

    /** What holds on this connection now; null: not known. */
    private @Nullable String holds;

    Telling(Connection connection, PGConnection real) {
      this.connection = connection;
      this.real = real;
      this.holds = told.get(real);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      String name = method.getName();
      if (ASKING.contains(name)) {
        tell();
      }
      if (name.equals("getTargetConnection")) {
        return connection;
      }
      if (method.getDeclaringClass() == Object.class) {
        switch (name) {
          case "equals" -> {
            return arguments != null && proxy == arguments[0];
          }
          case "hashCode" -> {
            return System.identityHashCode(proxy);
          }
          default -> {}
        }
      }
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw Objects.requireNonNull(e.getCause());
      } finally {
        if (name.equals("rollback")) {
          holds = null;
          told.remove(real);
        }
      }
    }

    private void tell() throws SQLException {
      String wanted = Sights.now().text();
      if (wanted.equals(holds)) {
        return;
      }
      boolean forGood = connection.getAutoCommit();
      told.remove(real);
      try (PreparedStatement statement = connection.prepareStatement(TELL)) {
        statement.setString(1, wanted);
        statement.execute();
      }
      holds = wanted;
      if (forGood) {
        told.put(real, wanted);
      }
    }
  }
}
