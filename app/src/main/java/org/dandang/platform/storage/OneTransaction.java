package org.dandang.platform.storage;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One connection, given out as often as asked for, whose commits wait for the end of the whole
 * work.
 */
final class OneTransaction implements DataSource {
  private final Connection shown;

  private OneTransaction(Connection connection) {
    this.shown = holdingBack(connection);
  }

  /**
   * Does work that may ask for connections and commit as it likes; all of it comes to be or
   * nothing.
   *
   * @throws StorageProblem when the database does not take it
   */
  static void over(DataSource source, Consumer<DataSource> work) {
    try (Connection connection = source.getConnection()) {
      boolean auto = connection.getAutoCommit();
      connection.setAutoCommit(false);
      boolean done = false;
      try {
        work.accept(new OneTransaction(connection));
        try (Statement statement = connection.createStatement()) {
          statement.execute("reset search_path"); // the connection goes back to a pool
        }
        connection.commit();
        done = true;
      } finally {
        if (!done) {
          connection.rollback();
        }
        connection.setAutoCommit(auto);
      }
    } catch (SQLException e) {
      throw new StorageProblem(
          "The database could not be brought to this version (%s).".formatted(e.getMessage()), e);
    }
  }

  private static Connection holdingBack(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            OneTransaction.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "commit", "setAutoCommit", "close", "abort" -> {
                  return null;
                }
                case "rollback" -> {
                  if (arguments == null) {
                    return null; // the whole is rolled back at the end
                  }
                }
                case "getAutoCommit", "isClosed" -> {
                  return false;
                }
                default -> {}
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection() {
    return shown;
  }

  @Override
  public Connection getConnection(String user, String password) {
    return shown;
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
