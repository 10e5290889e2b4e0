package org.dandang.official;

import java.util.List;
import org.dandang.official.register.Field;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Readings;
import org.springframework.stereotype.Component;

/** Records who read whose record, before it is shown; reading the own one is nobody's business. */
@Component
class RecordReadings {
  private final Readings readings;

  RecordReadings(Readings readings) {
    this.readings = readings;
  }

  /** The page of a person, which shows the identity number where one is held. */
  void person(SignedIn account, Dossier dossier) {
    boolean number = !dossier.identityRow().text(Field.IDENTITY_NUMBER).isEmpty();
    record(account, dossier.id(), number ? "person-with-number" : "person");
  }

  void record(SignedIn account, long official, String what) {
    record(account, List.of(official), what);
  }

  void record(SignedIn account, List<Long> officials, String what) {
    Long own = account.official();
    readings.record(
        account.signInName(),
        "official",
        officials.stream().filter(each -> !each.equals(own)).toList(),
        what,
        null);
  }
}
