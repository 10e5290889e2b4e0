package org.dandang.official.register;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a row can feed, and the table that keeps it. */
public enum Register {
  UNIT("unit", "organisation.unit"),
  IDENTITY("identity", "official.identity"),
  POSTING("posting", "official.posting"),
  RANK("rank", "official.rank_held"),
  EDUCATION("education", "official.education"),
  AFFILIATION("affiliation", "official.affiliation"),
  PAY("pay", "official.pay"),
  AWARD("award", "official.award"),
  PENALTY("penalty", "official.penalty"),
  ANNUAL_GRADE("annual-grade", "official.annual_grade"),
  FAMILY("family", "official.family_member");

  private final String word;
  private final String table;

  Register(String word, String table) {
    this.word = word;
    this.table = table;
  }

  /** As mappings write it. */
  public String word() {
    return word;
  }

  public String table() {
    return table;
  }

  /** Prefix of this register's columns in the staging table. */
  public String prefix() {
    return word.replace('-', '_');
  }

  public List<Field> fields() {
    return Arrays.stream(Field.values()).filter(field -> field.register() == this).toList();
  }

  /** Those that speak of people, in the order of a record. */
  public static List<Register> ofPeople() {
    return Arrays.stream(values()).filter(register -> register != UNIT).toList();
  }

  public static Optional<Register> of(String word) {
    return Arrays.stream(values()).filter(register -> register.word.equals(word)).findFirst();
  }
}
