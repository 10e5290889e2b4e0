package org.dandang.platform.storage;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a base copy holds, as its manifest says.
 *
 * @param began when copying began
 * @param finished when it was whole: restores go to this moment or later
 * @param postgresql major version
 * @param firstLog the part of the log from which a restore has to go on
 * @param files relative to the cluster; folders have no hash
 */
record BaseCopy(
    Instant began, Instant finished, String postgresql, String firstLog, List<Copied> files) {
  static final String MANIFEST = "manifest.json";

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A file or folder.
   *
   * @param sha256 in hex; empty for a folder
   */
  record Copied(String path, long bytes, String sha256) {
    boolean isFolder() {
      return sha256.isEmpty();
    }
  }

  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("began", began.toString());
    all.put("finished", finished.toString());
    all.put("postgresql", postgresql);
    all.put("first-log", firstLog);
    List<Map<String, Object>> listed = new ArrayList<>();
    for (Copied file : files) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("path", file.path());
      if (!file.isFolder()) {
        one.put("bytes", file.bytes());
        one.put("sha256", file.sha256());
      }
      listed.add(one);
    }
    all.put("files", listed);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
  }

  /**
   * @throws StorageProblem when the manifest cannot be understood
   */
  static BaseCopy read(Path file, String json) {
    try {
      JsonNode all = JSON.readTree(json);
      List<Copied> files = new ArrayList<>();
      for (JsonNode one : all.required("files")) {
        files.add(
            new Copied(
                one.required("path").asString(),
                one.path("bytes").asLong(0),
                one.path("sha256").asString("")));
      }
      return new BaseCopy(
          Instant.parse(all.required("began").asString()),
          Instant.parse(all.required("finished").asString()),
          all.required("postgresql").asString(),
          all.required("first-log").asString(),
          files);
    } catch (JacksonException | java.time.DateTimeException e) {
      throw new StorageProblem(
          "The backup is damaged: %s cannot be understood (%s).".formatted(file, e.getMessage()),
          e);
    }
  }
}
