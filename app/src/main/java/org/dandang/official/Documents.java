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
import org.dandang.platform.sealing.Sealing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/** Files that were handed in, sealed; the same bytes are kept once. */
@Component
class Documents {
  private final JdbcClient jdbc;
  private final Sealing sealing;
  private final Clock clock;

  Documents(JdbcClient jdbc, Sealing sealing, Clock clock) {
    this.jdbc = jdbc;
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

  /** Keeps an uploaded file; null where none was chosen. */
  @Transactional
  public @Nullable Long keep(long official, @Nullable MultipartFile file, String kind, String actor)
      throws IOException {
    if (file == null || file.isEmpty()) {
      return null;
    }
    String name = file.getOriginalFilename() == null ? "" : file.getOriginalFilename();
    String plain = name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
    byte[] bytes = file.getBytes();
    byte[] hash = sha256(bytes);
    jdbc.sql(
            "insert into official.document_content (sha256, bytes, sealed) values (?, ?, ?) on conflict do nothing")
        .params(hash, bytes.length, sealing.seal().seal(bytes))
        .update();
    return jdbc.sql(
            """
            insert into official.document (official_id, kind, title, file_name, media_type, sha256, recorded_at, recorded_by)
            values (?, ?, ?, ?, ?, ?, ?, ?) returning id
            """)
        .params(
            official,
            kind,
            plain.isBlank() ? kind : plain,
            plain.isBlank() ? kind : plain,
            file.getContentType() == null ? "application/octet-stream" : file.getContentType(),
            hash,
            OffsetDateTime.now(clock),
            actor)
        .query(Long.class)
        .single();
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
