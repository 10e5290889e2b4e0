package org.dandang.official;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dandang.official.form.Photo;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.sealing.Sealing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/**
 * Files that were handed in, sealed; the same bytes are kept once. A file is held in memory while
 * it is sealed, so its size has a limit, which is looked at before anything is read.
 */
@Component
public class Documents {
  /** Bytes of one document. */
  public static final int LARGEST = 32 << 20;

  /** What a document can be, in the order in which it is offered. */
  static final List<String> KINDS =
      List.of(
          "appointment", "award", "sanction", "certificate", "photo", "form", "request", "other");

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Sealing sealing;
  private final Clock clock;

  Documents(JdbcClient jdbc, Ledger ledger, Sealing sealing, Clock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.sealing = sealing;
    this.clock = clock;
  }

  /** A file as it was handed in. */
  record Kept(@Nullable Long official, String fileName, String mediaType, byte[] content) {}

  /** The largest file an official hands in, in bytes. */
  static final long MOST_BYTES = 20L * 1024 * 1024;

  /** What a file an official hands in may be: the ends of its name, and how its bytes begin. */
  private static final Map<String, List<String>> BEGINNINGS =
      Map.of(
          "pdf", List.of("25504446"),
          "jpg", List.of("ffd8ff"),
          "jpeg", List.of("ffd8ff"),
          "png", List.of("89504e47"),
          "tif", List.of("49492a00", "4d4d002a"),
          "tiff", List.of("49492a00", "4d4d002a"),
          "docx", List.of("504b0304"),
          "xlsx", List.of("504b0304"),
          "ofd", List.of("504b0304"));

  /** Why a file an official hands in is not taken: too-large, type; null when it is. */
  static @Nullable String refusal(@Nullable MultipartFile file) throws IOException {
    if (file == null || file.isEmpty()) {
      return null;
    }
    if (file.getSize() > MOST_BYTES) {
      return "too-large";
    }
    String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
    List<String> allowed =
        BEGINNINGS.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    try (InputStream in = file.getInputStream()) {
      String begins = HexFormat.of().formatHex(in.readNBytes(4));
      return allowed != null && allowed.stream().anyMatch(begins::startsWith) ? null : "type";
    }
  }

  /**
   * Keeps an uploaded file; null where none was chosen.
   *
   * @throws ImportProblem when it is too large; nothing was kept
   */
  @Transactional
  public @Nullable Long keep(long official, @Nullable MultipartFile file, String kind, String actor)
      throws IOException {
    if (file == null || file.isEmpty()) {
      return null;
    }
    String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
    String plain = name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
    if (file.getSize() > LARGEST) {
      throw new ImportProblem(
          "document-too-large", plain, (file.getSize() >> 20) + 1, LARGEST >> 20);
    }
    String type = file.getContentType();
    return stored(
        official,
        new Paper(
            plain.isBlank() ? kind : plain,
            type == null ? "application/octet-stream" : type,
            file.getBytes()),
        kind,
        plain.isBlank() ? kind : plain,
        actor);
  }

  /** A file's name, kind of content and bytes. */
  public record Paper(String fileName, String mediaType, byte[] content) {}

  /** Keeps a file somebody else made; nothing where the person has the same bytes already. */
  @Transactional
  public void keepOnce(long official, Paper paper, String kind, String title, String actor) {
    boolean here =
        jdbc.sql(
                "select exists (select from official.document where official_id = ? and sha256 = ?)")
            .params(official, sha256(paper.content()))
            .query(Boolean.class)
            .single();
    if (!here) {
      kept(official, stored(official, paper, kind, title, actor), kind, actor);
    }
  }

  private long stored(long official, Paper paper, String kind, String title, String actor) {
    byte[] hash = sha256(paper.content());
    jdbc.sql(
            "insert into official.document_content (sha256, bytes, sealed) values (?, ?, ?) on conflict do nothing")
        .params(hash, paper.content().length, sealing.seal().seal(paper.content()))
        .update();
    return jdbc.sql(
            """
            insert into official.document (official_id, kind, title, file_name, media_type, sha256, recorded_at, recorded_by)
            values (?, ?, ?, ?, ?, ?, ?, ?) returning id
            """)
        .params(
            official,
            kind,
            title,
            paper.fileName(),
            paper.mediaType(),
            hash,
            OffsetDateTime.now(clock),
            actor)
        .query(Long.class)
        .single();
  }

  private void kept(long official, long document, String kind, String actor) {
    ledger.append(
        actor,
        "document-kept",
        "official",
        Long.toString(official),
        Map.of("document", document, "kind", kind));
  }

  /**
   * Keeps a file as a document of its own. A photo is fitted to the form's size and takes the place
   * of the photo before, which stays.
   *
   * @param kind one of {@link #KINDS}
   * @return its number; null where no file was chosen
   * @throws ImportProblem when it is too large, or said to be a photo and no picture; nothing was
   *     kept
   */
  @Transactional
  public @Nullable Long add(
      long official, @Nullable MultipartFile file, String kind, String title, String actor)
      throws IOException {
    Long id = keep(official, file, kind, actor);
    if (id == null || file == null) {
      return null;
    }
    if (!title.isBlank()) {
      jdbc.sql("update official.document set title = ? where id = ?").params(title, id).update();
    }
    if (kind.equals("photo")) {
      byte[] image =
          Photo.fitted(file.getBytes())
              .orElseThrow(
                  () ->
                      new ImportProblem(
                          "document-no-picture", String.valueOf(file.getOriginalFilename())));
      OffsetDateTime now = OffsetDateTime.now(clock);
      jdbc.sql(
              "update official.photo set superseded_at = ? where official_id = ? and superseded_at is null")
          .params(now, official)
          .update();
      jdbc.sql(
              "insert into official.photo (official_id, image, document_id, recorded_at, recorded_by) values (?, ?, ?, ?, ?)")
          .params(official, image, id, now, actor)
          .update();
    }
    kept(official, id, kind, actor);
    return id;
  }

  /** Whether it was there to be withdrawn; its bytes stay, and so does what rests on it. */
  @Transactional
  public boolean withdraw(long official, long id, String actor) {
    int changed =
        jdbc.sql(
                "update official.document set withdrawn_at = ?, withdrawn_by = ? where id = ? and official_id = ? and withdrawn_at is null")
            .params(OffsetDateTime.now(clock), actor, id, official)
            .update();
    if (changed > 0) {
      ledger.append(
          actor, "document-withdrawn", "official", Long.toString(official), Map.of("document", id));
    }
    return changed > 0;
  }

  Optional<Kept> find(long id) {
    return jdbc.sql(
            """
            select d.official_id, d.file_name, d.media_type, c.sealed
              from official.document d join official.document_content c using (sha256)
             where d.id = ? and d.withdrawn_at is null
            """)
        .param(id)
        .query(
            (row, number) ->
                new Kept(
                    row.getObject(1, Long.class),
                    row.getString(2),
                    row.getString(3),
                    sealing.seal().openBytes(row.getBytes(4))))
        .optional();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
