package org.dandang.official.importing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dandang.official.form.FormFacts;
import org.dandang.official.register.DatePattern;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;

/** What forms say as tables, one a register, so that they are checked and stored as rosters are. */
final class FormTables {
  static final String SOURCE = "form";

  private static final Map<Register, MappingDefinition> MAPPINGS = mappings();

  private final Map<Register, List<MemoryRows.Row>> rows = new EnumMap<>(Register.class);

  /** Adds the rows of one form. */
  void add(String key, int line, FormFacts facts) {
    for (Register register : MAPPINGS.keySet()) {
      List<Field> fields = fields(register);
      for (Map<Field, String> said : facts.of(register)) {
        String[] cells = new String[fields.size() + 1];
        cells[0] = key;
        for (int i = 0; i < fields.size(); i++) {
          cells[i + 1] = said.getOrDefault(fields.get(i), "");
        }
        rows.computeIfAbsent(register, each -> new ArrayList<>())
            .add(new MemoryRows.Row(line, cells));
      }
    }
  }

  /** Registers some form says something for, people first. */
  List<Register> registers() {
    return List.copyOf(rows.keySet());
  }

  MemoryRows rows(Register register) {
    List<String> header = new ArrayList<>(List.of("key"));
    fields(register).forEach(field -> header.add(field.path()));
    return new MemoryRows(header.toArray(String[]::new), rows.getOrDefault(register, List.of()));
  }

  static MappingDefinition mapping(Register register) {
    MappingDefinition mapping = MAPPINGS.get(register);
    if (mapping == null) {
      throw new IllegalArgumentException(register.word());
    }
    return mapping;
  }

  private static List<Field> fields(Register register) {
    return List.copyOf(mapping(register).feeds().keySet());
  }

  private static Map<Register, MappingDefinition> mappings() {
    Map<Register, MappingDefinition> all = new EnumMap<>(Register.class);
    List<DatePattern> dates = new ArrayList<>(DatePattern.USUAL);
    DatePattern.of("year").ifPresent(dates::add);
    for (Register register :
        List.of(
            Register.IDENTITY,
            Register.POSTING,
            Register.EDUCATION,
            Register.AFFILIATION,
            Register.AWARD,
            Register.PENALTY,
            Register.ANNUAL_GRADE,
            Register.FAMILY)) {
      Map<Field, FieldRule> feeds = new EnumMap<>(Field.class);
      for (Field field : register.fields()) {
        if (field == Field.POSTING_UNIT
            || field == Field.POSTING_UNIT_NAME
            || field == Field.POSTING_POST_LEVEL
            || field == Field.AWARD_REFERENCE
            || field == Field.PENALTY_REASON
            || field == Field.IDENTITY_STATUS
            || field == Field.IDENTITY_LEFT_ON) {
          continue;
        }
        feeds.put(
            field,
            new FieldRule(
                List.of(field.path()),
                List.of(),
                field.type() == Field.Type.DATE ? List.copyOf(dates) : List.of(),
                false,
                List.of(),
                Map.of(),
                true,
                null,
                null,
                false,
                false));
      }
      all.put(
          register,
          new MappingDefinition(
              SOURCE,
              Map.of(),
              SOURCE,
              null,
              new FieldRule(
                  List.of("key"),
                  List.of(),
                  List.of(),
                  false,
                  List.of(),
                  Map.of(),
                  true,
                  null,
                  null,
                  true,
                  false),
              register == Register.IDENTITY,
              new MappingDefinition.Units(false, "other", "none", null),
              feeds,
              false,
              true));
    }
    return all;
  }
}
