package org.dandang.platform.export;

import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.sealing.Sealing;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The register of files that left, and what a file that was found says of who took it. */
@Component
public class Exports {
  private static final RowMapper<Taken> TAKEN =
      (row, number) ->
          new Taken(
              row.getObject("id", UUID.class),
              row.getString("sign_in_name"),
              row.getString("shown_name"),
              row.getObject("begun_at", OffsetDateTime.class),
              row.getString("action"),
              row.getString("form"),
              row.getLong("counted"),
              row.getBoolean("as_sent"));

  private final JdbcClient jdbc;
  private final Sealing sealing;
  private final MessageSource messages;
  private final Clock clock;
  private final ZoneId zone;

  Exports(
      JdbcClient jdbc,
      Sealing sealing,
      MessageSource messages,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.sealing = sealing;
    this.messages = messages;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Registers a file that is about to be written. Who writes it appends to the ledger.
   *
   * @param actor sign-in name, or "command line"
   * @param action as in the ledger
   * @param form its kind: xlsx, csv, docx, lrmx, parquet
   * @param count people or rows in it; 0 where they are not counted before
   * @param language of the visible line
   */
  @Transactional
  public Mark begin(String actor, String action, String form, long count, Locale language) {
    UUID id = UUID.randomUUID();
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    String shown =
        jdbc.sql("select shown_name from platform.account where sign_in_name = ?")
            .param(actor)
            .query(String.class)
            .optional()
            .orElse(actor);
    jdbc.sql(
            """
            insert into platform.export (id, sign_in_name, shown_name, begun_at, action, form, counted)
            values (:id, :actor, :shown, :now, :action, :form, :count)
            """)
        .param("id", id)
        .param("actor", actor)
        .param("shown", shown)
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("action", action)
        .param("form", form)
        .param("count", count)
        .update();
    String line =
        messages.getMessage(
            "export.line",
            new Object[] {
              shown,
              actor,
              now.atZone(zone).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")),
              id.toString().substring(0, 8)
            },
            language);
    byte[] number = bytes(id);
    return new Mark(
        id,
        messages.getMessage("export.sheet", null, language),
        line,
        token(number, now, actor),
        new CsvBits(number, signature("csv", number)));
  }

  /** Passes a file on and keeps its hash, so that it is known again even without its marks. */
  public OutputStream recorded(Mark mark, OutputStream out) {
    return new Recorded(mark, out);
  }

  private final class Recorded extends FilterOutputStream {
    private final Mark mark;
    private final MessageDigest hash = sha256();
    private long bytes;
    private boolean closed;

    Recorded(Mark mark, OutputStream out) {
      super(out);
      this.mark = mark;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      hash.update((byte) b);
      bytes++;
    }

    @Override
    public void write(byte[] b, int from, int length) throws IOException {
      out.write(b, from, length);
      hash.update(b, from, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        jdbc.sql("update platform.export set bytes = ?, sha256 = ? where id = ?")
            .params(bytes, hash.digest(), mark.id())
            .update();
        super.close();
      }
    }
  }

  /** The same for a file that is already written. */
  public void record(Mark mark, Path file) throws IOException {
    try (OutputStream recorded = recorded(mark, OutputStream.nullOutputStream())) {
      Files.copy(file, recorded);
    }
  }

  /**
   * Who took a file, by its hash and by the marks in it; several for a file put together from
   * others. A mark another installation made, or somebody invented, is not among them.
   */
  public List<Taken> whose(Path file) throws IOException {
    Map<UUID, Taken> found = new LinkedHashMap<>();
    byte[] hash = hash(file);
    jdbc.sql("select *, true as as_sent from platform.export where sha256 = ? order by begun_at")
        .param(hash)
        .query(TAKEN)
        .list()
        .forEach(taken -> found.put(taken.id(), taken));
    for (String token : TokenReading.of(file)) {
      read(token).ifPresent(taken -> found.putIfAbsent(taken.id(), taken));
    }
    try (BufferedReader csv =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      CsvMarkReading.find(csv, this::read).ifPresent(taken -> found.putIfAbsent(taken.id(), taken));
    }
    return List.copyOf(found.values());
  }

  private String token(byte[] number, Instant at, String actor) {
    byte[] name = actor.getBytes(StandardCharsets.UTF_8);
    byte[] said =
        ByteBuffer.allocate(24 + name.length)
            .put(number)
            .putLong(at.getEpochSecond())
            .put(name)
            .array();
    Base64.Encoder text = Base64.getUrlEncoder().withoutPadding();
    return "dx1." + text.encodeToString(said) + "." + text.encodeToString(signature("token", said));
  }

  private Optional<Taken> read(String token) {
    String[] parts = token.split("\\.");
    byte[] said;
    byte[] signature;
    try {
      said = Base64.getUrlDecoder().decode(parts[1]);
      signature = Base64.getUrlDecoder().decode(parts[2]);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
    if (said.length < 24 || !MessageDigest.isEqual(signature, signature("token", said))) {
      return Optional.empty();
    }
    ByteBuffer content = ByteBuffer.wrap(said);
    UUID id = new UUID(content.getLong(), content.getLong());
    OffsetDateTime at = Instant.ofEpochSecond(content.getLong()).atOffset(ZoneOffset.UTC);
    String name = new String(said, 24, said.length - 24, StandardCharsets.UTF_8);
    return Optional.of(
        Objects.requireNonNullElse(
            registered(id), new Taken(id, name, null, at, null, null, -1, false)));
  }

  private Optional<Taken> read(byte[] bits) {
    byte[] number = Arrays.copyOfRange(bits, 2, 18);
    if (!Arrays.equals(
        Arrays.copyOfRange(bits, 18, CsvBits.BYTES),
        Arrays.copyOf(signature("csv", number), CsvBits.BYTES - 18))) {
      return Optional.empty();
    }
    ByteBuffer content = ByteBuffer.wrap(number);
    return Optional.ofNullable(registered(new UUID(content.getLong(), content.getLong())));
  }

  private @Nullable Taken registered(UUID id) {
    return jdbc.sql("select *, false as as_sent from platform.export where id = ?")
        .param(id)
        .query(TAKEN)
        .optional()
        .orElse(null);
  }

  private byte[] signature(String use, byte[] said) {
    return sealing.seal().index("export mark " + use + " " + HexFormat.of().formatHex(said));
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static byte[] hash(Path file) throws IOException {
    MessageDigest hash = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return hash.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
