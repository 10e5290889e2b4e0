package org.dandang.platform.storage;

/**
 * A PostgreSQL that is ready to be used.
 *
 * @param url JDBC address without user or password
 * @param user who connects
 * @param password never logged or shown
 * @param embedded whether it lives in a data folder of Dandang's
 */
public record Database(String url, String user, String password, boolean embedded) {
  @Override
  public String toString() {
    return "Database[" + url + ", user " + user + (embedded ? ", embedded]" : "]");
  }
}
