package org.dandang.platform.procedure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.ledger.Readings;
import org.dandang.platform.storage.Sights;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reading a matter about somebody is a reading of sensitive data: it goes into the ledger before
 * anything is shown, under the matter. The person sees it among the readings of the own record, but
 * not before having been told of the matter: that an inquiry is being prepared is not told by a
 * list of readers.
 */
@Component
public class MatterReadings {
  private static final String EXPORTED = "matter-paper-exported";

  private final Readings readings;
  private final Matters matters;
  private final Reading reading;
  private final Exports exports;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final JdbcClient jdbc;

  MatterReadings(
      Readings readings,
      Matters matters,
      Reading reading,
      Exports exports,
      Ledger ledger,
      TransactionTemplate transaction,
      JdbcClient jdbc) {
    this.exports = exports;
    this.ledger = ledger;
    this.transaction = transaction;
    this.readings = readings;
    this.matters = matters;
    this.reading = reading;
    this.jdbc = jdbc;
  }

  /**
   * Records that somebody else's matter is about to be shown; the own one is nobody's business.
   *
   * @param what {@code matter}, {@code matter-paper} or {@code matter-document}
   */
  void record(Matter matter, SignedIn reader, String what) {
    boolean others =
        matter.officials().stream().anyMatch(each -> !Objects.equals(each, reader.official()));
    if (others) {
      readings.record(reader.signInName(), MatterSteps.SUBJECT, matter.id(), what, null);
    }
  }

  /**
   * Registers a form of a matter that is about to leave as a document, and has the ledger say so
   * beside the reading.
   */
  Mark exported(Matter matter, Paper paper, SignedIn reader, Locale language) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              record(matter, reader, "matter-paper");
              Mark mark = exports.begin(reader.signInName(), EXPORTED, "docx", 1, language);
              ledger.append(
                  reader.signInName(),
                  EXPORTED,
                  MatterSteps.SUBJECT,
                  Long.toString(matter.id()),
                  Map.of("form", paper.form(), "export", mark.id().toString()));
              return mark;
            }));
  }

  /** Numbers of the matters about an official of which the official has been told. */
  public List<Long> toldOf(long official) {
    return Sights.everything(
        () ->
            jdbc
                .sql(
                    """
                    select matter_id from platform.matter_party
                     where kind = 'official' and subject = ? order by matter_id
                    """)
                .param(official)
                .query(Long.class)
                .list()
                .stream()
                .filter(id -> matters.find(id).filter(reading::wasToldOf).isPresent())
                .toList());
  }
}
