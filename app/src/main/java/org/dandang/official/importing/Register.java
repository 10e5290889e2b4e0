package org.dandang.official.importing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a row can feed, and the table that keeps it. */
enum Register {
  UNIT("unit", "organisation.unit"),
  IDENTITY("identity", "official.identity"),
  POSTING("posting", "official.posting"),
  RANK("rank", "official.rank_held"),
  PAY("pay", "official.pay"),
  AWARD("award", "official.award"),
  ANNUAL_GRADE("annual-grade", "official.annual_grade");

  private final String word;
  private final String table;

  Register(String word, String table) {
    this.word = word;
    this.table = table;
  }

  /** As mappings write it. */
  String word() {
    return word;
  }

  String table() {
    return table;
  }

  /** Prefix of this register's columns in the staging table. */
  String prefix() {
    return word.replace('-', '_');
  }

  List<Field> fields() {
    return Arrays.stream(Field.values()).filter(field -> field.register() == this).toList();
  }

  static Optional<Register> of(String word) {
    return Arrays.stream(values()).filter(register -> register.word.equals(word)).findFirst();
  }
}
