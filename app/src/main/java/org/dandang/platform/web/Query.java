package org.dandang.platform.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The query of an address: how lists say which part of them is shown. */
public final class Query {
  private Query() {}

  /** With its question mark, in the order given; parts that say nothing are left out. */
  public static String of(Map<String, String> parts) {
    StringJoiner query = new StringJoiner("&", "?", "");
    parts.forEach(
        (name, said) -> {
          if (!said.isEmpty()) {
            query.add(name + "=" + URLEncoder.encode(said, StandardCharsets.UTF_8));
          }
        });
    return query.toString();
  }

  /** The page of a list, from 1; one before the first or far beyond any is brought back. */
  public static int page(int asked) {
    return Math.max(1, Math.min(asked, 100_000));
  }

  /** The page of a list, from 1; the first where nothing sensible is asked for. */
  public static int page(@Nullable String asked) {
    return asked != null && asked.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(asked) : 1;
  }
}
