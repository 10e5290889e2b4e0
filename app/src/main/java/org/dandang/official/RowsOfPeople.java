package org.dandang.official;

/**
 * Rows of another module that are about officials; they go with an official whose two records are
 * made one, and back when that is undone. Contributed as a bean by the module that keeps them. A
 * row that the other record has already stays where it is.
 *
 * @param table with its schema
 * @param key column of whole numbers that tells the rows apart
 * @param column that holds the official's number
 * @param only which rows hold one there, as the database is asked; {@code true} for all
 */
public record RowsOfPeople(String table, String key, String column, String only) {
  /** Told apart by {@code id}, with the number in {@code official_id}. */
  public static RowsOfPeople of(String table) {
    return new RowsOfPeople(table, "id", "official_id");
  }

  public RowsOfPeople(String table, String key, String column) {
    this(table, key, column, "true");
  }

  String register() {
    return table + ":" + column;
  }
}
