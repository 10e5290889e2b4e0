package org.dandang.platform.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed statement of what the chain was at a position. It holds hashes only and may lie
 * anywhere.
 *
 * @param database which chain
 * @param number counted from 1
 * @param first position after the checkpoint before
 * @param last position it reaches
 * @param root of the Merkle tree over the leaves from first to last
 * @param head hash of the link at last
 * @param previous hash of the checkpoint before; zeros before the first
 * @param at when it was made, to the microsecond
 * @param key the public key in X.509 form
 * @param signature over {@link #text}
 */
public record Checkpoint(
    UUID database,
    long number,
    long first,
    long last,
    byte[] root,
    byte[] head,
    byte[] previous,
    Instant at,
    LedgerAlgorithm algorithm,
    byte[] key,
    byte[] signature) {
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonMapper JSON = new JsonMapper();

  static Checkpoint read(ResultSet row, UUID database) throws SQLException {
    return new Checkpoint(
        database,
        row.getLong("number"),
        row.getLong("first_position"),
        row.getLong("last_position"),
        row.getBytes("root"),
        row.getBytes("head"),
        row.getBytes("previous"),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        LedgerAlgorithm.of(row.getString("algorithm")),
        row.getBytes("key"),
        row.getBytes("signature"));
  }

  Checkpoint signed(byte[] by) {
    return new Checkpoint(
        database, number, first, last, root, head, previous, at, algorithm, key, by);
  }

  /** What is signed. */
  public String text() {
    return """
    dandang ledger checkpoint
    database %s
    number %d
    positions %d %d
    root %s
    head %s
    previous %s
    at %s
    algorithm %s
    key %s
    """
        .formatted(
            database,
            number,
            first,
            last,
            HEX.formatHex(root),
            HEX.formatHex(head),
            HEX.formatHex(previous),
            at,
            algorithm.word(),
            Base64.getEncoder().encodeToString(key));
  }

  /** By which the next one names it. */
  byte[] hash() {
    return new LedgerHash(algorithm).of(text().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the signature is that of the key in it. */
  boolean isSigned() {
    try {
      PublicKey by = algorithm.keys().generatePublic(new X509EncodedKeySpec(key));
      Signature check = algorithm.signature();
      check.initVerify(by);
      check.update(text().getBytes(StandardCharsets.UTF_8));
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The first letters of the key's hash, by which people compare keys. */
  public String keyName() {
    return keyName(key);
  }

  static String keyName(byte[] key) {
    return HEX.formatHex(new LedgerHash(LedgerAlgorithm.SHA_256).of(key), 0, 8);
  }

  boolean saysTheSameAs(Checkpoint other) {
    return text().equals(other.text());
  }

  /** One line of JSON. */
  public String line() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("database", database.toString());
    fields.put("number", number);
    fields.put("first", first);
    fields.put("last", last);
    fields.put("root", HEX.formatHex(root));
    fields.put("head", HEX.formatHex(head));
    fields.put("previous", HEX.formatHex(previous));
    fields.put("at", at.toString());
    fields.put("algorithm", algorithm.word());
    fields.put("key", Base64.getEncoder().encodeToString(key));
    fields.put("signature", Base64.getEncoder().encodeToString(signature));
    return JSON.writeValueAsString(fields);
  }

  /**
   * Reads what {@link #line} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Checkpoint of(String line) {
    try {
      return of(JSON.readTree(line));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a checkpoint of a ledger: " + e.getOriginalMessage());
    }
  }

  static Checkpoint of(JsonNode node) {
    try {
      return new Checkpoint(
          UUID.fromString(node.required("database").asString()),
          node.required("number").asLong(),
          node.required("first").asLong(),
          node.required("last").asLong(),
          hash(node, "root"),
          hash(node, "head"),
          hash(node, "previous"),
          OffsetDateTime.parse(node.required("at").asString())
              .withOffsetSameInstant(ZoneOffset.UTC)
              .toInstant(),
          LedgerAlgorithm.of(node.required("algorithm").asString()),
          Base64.getDecoder().decode(node.required("key").asString()),
          Base64.getDecoder().decode(node.required("signature").asString()));
    } catch (JacksonException | java.time.DateTimeException e) {
      throw new IllegalArgumentException("not a checkpoint of a ledger: " + e.getMessage(), e);
    }
  }

  static byte[] hash(JsonNode node, String field) {
    byte[] hash = HEX.parseHex(node.required(field).asString());
    if (hash.length != LedgerHash.LENGTH) {
      throw new IllegalArgumentException("not a checkpoint of a ledger: " + field);
    }
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint same
        && text().equals(same.text())
        && Arrays.equals(signature, same.signature);
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return "checkpoint %d of positions %d to %d at %s".formatted(number, first, last, at);
  }
}
