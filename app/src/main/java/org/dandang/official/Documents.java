package org.dandang.official;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.OffsetDateTime;
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
