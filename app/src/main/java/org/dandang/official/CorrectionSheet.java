package org.dandang.official;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.organisation.UnitSearch;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets what a row says beside what an official wants it to say. */
@Component
class CorrectionSheet {
  private final Registers registers;
  private final UnitSearch units;

  CorrectionSheet(Registers registers, UnitSearch units) {
    this.registers = registers;
    this.units = units;
  }

  /** The fields an official is asked about; a unit is one field, written by its name. */
  static List<Field> fields(Register register) {
    return Registers.fields(register).stream()
        .filter(field -> field != Field.POSTING_UNIT_TEXT)
        .toList();
  }

  /** Each field of what is asked about, in the order of the register. */
  List<CorrectionRequest.Line> lines(CorrectionRequest request) {
    RegisterRow held = shown(request).orElse(null);
    List<CorrectionRequest.Line> lines = new ArrayList<>();
    for (Field field : fields(request.register())) {
      String wanted = request.wanted().get(field);
      String present = present(held, field);
      if (wanted != null || !present.isEmpty() || request.kind() == CorrectionRequest.Kind.ADD) {
        lines.add(
            new CorrectionRequest.Line(
                field, present, wanted == null ? "" : wanted, wanted != null));
      }
    }
    return lines;
  }

  /** The row that was shown, whether it still holds or not. */
  Optional<RegisterRow> shown(CorrectionRequest request) {
    Long id = request.row();
    return id == null
        ? Optional.empty()
        : registers
            .rows(request.official(), request.register(), new Registers.Known(true, null))
            .stream()
            .filter(row -> row.id() == id)
            .findFirst();
  }

  /** A row that holds. */
  Optional<RegisterRow> holding(long official, Register register, long row) {
    return registers.row(official, register, row);
  }

  /** What a row says of a field, a unit by its name; empty where it says nothing. */
  String present(@Nullable RegisterRow held, Field field) {
    return held == null ? "" : field == Field.POSTING_UNIT_ID ? unit(held) : held.text(field);
  }

  /** The name of a posting's unit, or the unit as its source wrote it. */
  String unit(RegisterRow posting) {
    String id = posting.text(Field.POSTING_UNIT_ID);
    return id.isEmpty()
        ? posting.text(Field.POSTING_UNIT_TEXT)
        : units.written(Long.parseLong(id)).orElse("");
  }
}
