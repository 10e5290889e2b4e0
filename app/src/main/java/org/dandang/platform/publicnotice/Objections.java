package org.dandang.platform.publicnotice;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.publicnotice.PublicNotice.Result;
import org.dandang.platform.sealing.Sealing;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wordings;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.json.JsonMapper;

/**
 * Objections to public notices. What was said, by whom and the file are sealed; only who handles
 * the notice opens them, and that is recorded. Of how an objection came nothing is kept but the
 * day.
 */
@Component
class Objections {
  static final int LONGEST_TEXT = 5_000;
  static final int LONGEST_LINE = 100;
  static final int LARGEST_FILE = 10_000_000;

  private final JdbcClient jdbc;
  private final PublicNotices publicNotices;
  private final Notices notices;
  private final Sealing sealing;
  private final OfficeCalendar office;
  private final Wordings wordings;
  private final Ledger ledger;
  private final JsonMapper json;

  Objections(
      JdbcClient jdbc,
      PublicNotices publicNotices,
      Notices notices,
      Sealing sealing,
      OfficeCalendar office,
      Wordings wordings,
      Ledger ledger,
      JsonMapper json) {
    this.jdbc = jdbc;
    this.publicNotices = publicNotices;
    this.notices = notices;
    this.sealing = sealing;
    this.office = office;
    this.wordings = wordings;
    this.ledger = ledger;
    this.json = json;
  }

  /** What is sealed of an objection. */
  record Sealed(String name, String contact, String text, String fileName) {}

  /** A file somebody attached. */
  record Attached(String name, byte[] content) {}

  /**
   * Takes an objection in.
   *
   * @param command made with the form; the same form sent twice is one objection
   * @return the receipt
   * @throws Refused when the period is over, or something is missing or too long
   */
  @Transactional
  public String object(
      long notice,
      UUID command,
      String name,
      String contact,
      String text,
      @Nullable MultipartFile file)
      throws IOException {
    // Nobody is signed in who could be allowed to anything: the program takes it in.
    return Sights.doing(
        new Sight.Everything(), () -> taken(notice, command, name, contact, text, file));
  }

  private String taken(
      long notice,
      UUID command,
      String name,
      String contact,
      String text,
      @Nullable MultipartFile file)
      throws IOException {
    jdbc.sql("select id from platform.public_notice where id = ? for share")
        .param(notice)
        .query(Long.class)
        .optional();
    PublicNotice about = publicNotices.one(notice);
    LocalDate today = office.today();
    if (!about.isTakingObjections(today)) {
      throw refused("public-notice.problem.over");
    }
    if (about.namedOnly() && name.isBlank()) {
      throw refused("public-notice.problem.name");
    }
    if (text.isBlank() || text.length() > LONGEST_TEXT) {
      throw refused("public-notice.problem.text.objection", LONGEST_TEXT);
    }
    if (name.length() > LONGEST_LINE || contact.length() > LONGEST_LINE) {
      throw refused("public-notice.problem.line", LONGEST_LINE);
    }
    byte[] attached = null;
    String fileName = "";
    if (file != null && !file.isEmpty()) {
      if (file.getSize() > LARGEST_FILE) {
        throw refused("public-notice.problem.file", LARGEST_FILE / 1_000_000);
      }
      attached = sealing.seal().seal(file.getBytes());
      fileName = plain(file.getOriginalFilename());
    }
    String receipt = receipt(notice, command);
    int written =
        jdbc.sql(
                """
                insert into platform.public_notice_objection (notice_id, receipt, received_on, named, sealed, file)
                values (:notice, :receipt, :on, :named, :sealed, :file) on conflict (receipt) do nothing
                """)
            .param("notice", notice)
            .param("receipt", receipt)
            .param("on", today)
            .param("named", !name.isBlank())
            .param(
                "sealed",
                sealing
                    .seal()
                    .seal(
                        json.writeValueAsString(
                            new Sealed(name.strip(), contact.strip(), text.strip(), fileName))))
            .param("file", attached, Types.BINARY)
            .update();
    if (written > 0) {
      ledger.append(
          "public",
          "objection-received",
          "public-notice",
          Long.toString(notice),
          Map.of("named", !name.isBlank(), "file", attached != null));
      notices.send(
          new NewNotice(
              "objection:" + receipt,
              wordings.of("public-notice.told.objection", about.title()),
              null,
              "/public-notices/" + notice + "/objections",
              publicNotices.handlers(notice).stream()
                  .map(handler -> (Recipient) new Recipient.OfAccount(handler))
                  .toList(),
              "public"));
    }
    return receipt;
  }

  /** The same for the same form; nobody without the key computes it. */
  private String receipt(long notice, UUID command) {
    String hex =
        HexFormat.of()
            .withUpperCase()
            .formatHex(sealing.seal().index("objection " + notice + " " + command))
            .substring(0, 16);
    return hex.replaceAll("(.{4})(?=.)", "$1-");
  }

  private static String plain(@Nullable String given) {
    String name = given == null ? "" : given.replace('\\', '/');
    name = name.substring(name.lastIndexOf('/') + 1).replaceAll("\\p{Cntrl}", "");
    return name.isBlank() ? "file" : name.substring(0, Math.min(150, name.length()));
  }

  /** What came of the objection with a receipt. */
  Optional<ObjectionState> state(String receipt) {
    return Sights.everything(() -> stateOf(receipt));
  }

  private Optional<ObjectionState> stateOf(String receipt) {
    return jdbc.sql(
            """
            select notice_id, received_on, finding, answer
              from platform.public_notice_objection where receipt = ?
            """)
        .param(receipt.strip().toUpperCase(java.util.Locale.ROOT))
        .query(
            (row, number) ->
                new ObjectionState(
                    row.getLong(1),
                    row.getObject(2, LocalDate.class),
                    finding(row),
                    row.getString("answer")))
        .optional();
  }

  /** How many there are. */
  int count(long notice) {
    return Sights.everything(
        () ->
            jdbc.sql("select count(*) from platform.public_notice_objection where notice_id = ?")
                .param(notice)
                .query(Integer.class)
                .single());
  }

  /**
   * Opens all objections to a notice for who handles it; the reading is recorded.
   *
   * @throws Refused for anybody else
   */
  @Transactional
  public List<Objection> read(long notice, SignedIn reader) {
    mustHandle(notice, reader);
    List<Objection> found =
        jdbc.sql("select * from platform.public_notice_objection where notice_id = ? order by id")
            .param(notice)
            .query((row, number) -> opened(row))
            .list();
    ledger.append(
        reader.signInName(),
        "objections-read",
        "public-notice",
        Long.toString(notice),
        Map.of("count", found.size()));
    return found;
  }

  /** The file of an objection, for who handles the notice. */
  @Transactional
  public Optional<Attached> file(long notice, long objection, SignedIn reader) {
    mustHandle(notice, reader);
    Optional<Attached> found =
        jdbc.sql(
                """
                select * from platform.public_notice_objection
                 where id = ? and notice_id = ? and file is not null
                """)
            .params(objection, notice)
            .query(
                (row, number) ->
                    new Attached(
                        opened(row).fileName(), sealing.seal().openBytes(row.getBytes("file"))))
            .optional();
    found.ifPresent(
        file ->
            ledger.append(
                reader.signInName(),
                "objection-file-read",
                "public-notice",
                Long.toString(notice),
                Map.of("objection", objection)));
    return found;
  }

  /**
   * Answers an objection, by who handles the notice.
   *
   * @param finding unfounded or upheld
   */
  @Transactional
  public void answer(long notice, long objection, Result finding, String answer, SignedIn account) {
    mustHandle(notice, account);
    if (answer.isBlank() || answer.length() > PublicNotices.LONGEST_REASON) {
      throw refused("public-notice.problem.text.answer", PublicNotices.LONGEST_REASON);
    }
    if (finding == Result.NO_OBJECTION
        || publicNotices.one(notice).state() != PublicNotice.State.OPEN) {
      throw refused("public-notice.problem.not-open");
    }
    int answered =
        jdbc.sql(
                """
                update platform.public_notice_objection
                   set finding = ?, answer = ?, found_on = ?, found_by = ?
                 where id = ? and notice_id = ?
                """)
            .params(
                finding.word(),
                answer.strip(),
                office.today(),
                account.signInName(),
                objection,
                notice)
            .update();
    if (answered == 0) {
      throw refused("public-notice.problem.none");
    }
    ledger.append(
        account.signInName(),
        "objection-answered",
        "public-notice",
        Long.toString(notice),
        Map.of("objection", objection, "finding", finding.word()));
  }

  private void mustHandle(long notice, SignedIn account) {
    if (!publicNotices.isHandledBy(notice, account)) {
      throw refused("public-notice.problem.not-handler");
    }
  }

  private Objection opened(ResultSet row) throws SQLException {
    Sealed sealed = json.readValue(sealing.seal().open(row.getBytes("sealed")), Sealed.class);
    return new Objection(
        row.getLong("id"),
        row.getString("receipt"),
        row.getObject("received_on", LocalDate.class),
        sealed.name(),
        sealed.contact(),
        sealed.text(),
        sealed.fileName(),
        finding(row),
        row.getString("answer"),
        row.getObject("found_on", LocalDate.class));
  }

  private static @Nullable Result finding(ResultSet row) throws SQLException {
    String word = row.getString("finding");
    return word == null ? null : Result.of(word);
  }

  private static Refused refused(String key, Object... values) {
    return new Refused("publicnotice", key, values);
  }
}
