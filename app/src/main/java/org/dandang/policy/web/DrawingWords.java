package org.dandang.policy.web;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The words of a drawn decision table, for the script that draws it. */
public final class DrawingWords {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FAMILY = "drawing.";

  private DrawingWords() {}

  /** A JSON object from each English text, in small letters and hyphens, to the reader's word. */
  public static String json(Locale language) {
    ResourceBundle words = ResourceBundle.getBundle("messages/drawing", language);
    Map<String, String> all = new TreeMap<>();
    words.keySet().forEach(key -> all.put(key.substring(FAMILY.length()), words.getString(key)));
    return json(all);
  }

  /** As JSON that may stand in a page. */
  static String json(Object value) {
    return JSON.writeValueAsString(value).replace("<", "\\u003c");
  }
}
