package org.dandang.platform.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows that one entry stands in the chain, to somebody who has only a checkpoint. Of all other
 * entries it holds salted hashes.
 *
 * @param salt of this entry
 * @param position of it in the chain
 * @param path neighbours from the leaf to the root
 */
public record InclusionProof(
    LedgerEntry entry,
    LedgerAlgorithm algorithm,
    byte[] salt,
    long position,
    List<byte[]> path,
    Checkpoint checkpoint) {
  private static final HexFormat HEX = HexFormat.of();
  private static final JsonMapper JSON = new JsonMapper();

  /** What a proof comes to. */
  public enum Outcome {
    /** The entry is in what the checkpoint states. */
    HOLDS,
    /** The entry or the path is not what the checkpoint states. */
    DOES_NOT_FIT,
    /** The checkpoint's signature is not right. */
    NOT_SIGNED,
    /** The checkpoint is another one than the anchor given. */
    OTHER_ANCHOR
  }

  /** The proof of an entry; empty where it is not in a checkpoint yet. */
  public static Optional<InclusionProof> of(Connection connection, long entry) throws SQLException {
    UUID database = Chain.identity(connection);
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select %s, l.position, l.algorithm as linked_by, l.salt, c.*
              from platform.ledger_entry e
              join platform.ledger_link l on l.entry = e.id
              join platform.ledger_checkpoint c
                on l.position between c.first_position and c.last_position
             where e.id = ?
            """
                .formatted(LedgerEntry.COLUMNS))) {
      query.setLong(1, entry);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Checkpoint checkpoint = Checkpoint.read(row, database);
        long position = row.getLong("position");
        List<byte[]> leaves = leaves(connection, checkpoint);
        return Optional.of(
            new InclusionProof(
                LedgerEntry.read(row),
                LedgerAlgorithm.of(row.getString("linked_by")),
                row.getBytes("salt"),
                position,
                MerkleTree.path(
                    new LedgerHash(checkpoint.algorithm()),
                    leaves,
                    (int) (position - checkpoint.first())),
                checkpoint));
      }
    }
  }

  private static List<byte[]> leaves(Connection connection, Checkpoint checkpoint)
      throws SQLException {
    List<byte[]> leaves = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "select leaf from platform.ledger_link where position between ? and ? order by"
                + " position")) {
      query.setLong(1, checkpoint.first());
      query.setLong(2, checkpoint.last());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          leaves.add(rows.getBytes(1));
        }
      }
    }
    return leaves;
  }

  /**
   * @param anchor the checkpoint as kept outside; null: the one in the proof is taken at its word
   */
  public Outcome check(@Nullable Checkpoint anchor) {
    if (anchor != null && !anchor.saysTheSameAs(checkpoint)) {
      return Outcome.OTHER_ANCHOR;
    }
    if (!checkpoint.isSigned()) {
      return Outcome.NOT_SIGNED;
    }
    byte[] leaf = new LedgerHash(algorithm).leaf(salt, entry.content());
    try {
      byte[] root =
          MerkleTree.rootFrom(
              new LedgerHash(checkpoint.algorithm()),
              leaf,
              position - checkpoint.first(),
              checkpoint.last() - checkpoint.first() + 1,
              path);
      return Arrays.equals(root, checkpoint.root()) ? Outcome.HOLDS : Outcome.DOES_NOT_FIT;
    } catch (IllegalArgumentException e) {
      return Outcome.DOES_NOT_FIT;
    }
  }

  public String json() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("id", entry.id());
    about.put("recorded-at", entry.recordedAt().toInstant().toString());
    about.put("actor", entry.actor());
    about.put("action", entry.action());
    about.put("subject-kind", entry.subjectKind());
    about.put("subject-id", entry.subjectId());
    about.put("detail", entry.detail());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("entry", about);
    all.put("algorithm", algorithm.word());
    all.put("salt", HEX.formatHex(salt));
    all.put("position", position);
    all.put("path", path.stream().map(HEX::formatHex).toList());
    all.put("checkpoint", JSON.readTree(checkpoint.line()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
  }

  /**
   * @throws IllegalArgumentException when the text is no proof
   */
  public static InclusionProof read(String json) {
    try {
      JsonNode all = JSON.readTree(json);
      JsonNode about = all.required("entry");
      JsonNode subject = about.required("subject-id");
      List<byte[]> path = new ArrayList<>();
      all.required("path").forEach(each -> path.add(HEX.parseHex(each.asString())));
      return new InclusionProof(
          new LedgerEntry(
              about.required("id").asLong(),
              OffsetDateTime.parse(about.required("recorded-at").asString()),
              about.required("actor").asString(),
              about.required("action").asString(),
              about.required("subject-kind").asString(),
              subject.isNull() ? null : subject.asString(),
              about.required("detail").asString()),
          LedgerAlgorithm.of(all.required("algorithm").asString()),
          HEX.parseHex(all.required("salt").asString()),
          all.required("position").asLong(),
          path,
          Checkpoint.of(all.required("checkpoint")));
    } catch (JacksonException | java.time.DateTimeException e) {
      throw new IllegalArgumentException("not a proof of a ledger entry: " + e.getMessage(), e);
    }
  }
}
