package org.dandang.platform.access;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Every door, those with the longest pattern first. */
@Component
public class Doors {
  private static final Door USUAL = Door.to("/**", Role.PERSONNEL_OFFICER);

  private final List<Hung> doors;

  private record Hung(Door door, PathPattern pattern) {}

  Doors(List<Door> doors) {
    this.doors =
        doors.stream()
            .sorted(Comparator.comparingInt((Door door) -> door.pattern().length()).reversed())
            .map(door -> new Hung(door, PathPatternParser.defaultInstance.parse(door.pattern())))
            .toList();
  }

  /** The door of a path, without its query. */
  Door of(HttpMethod method, String path) {
    PathContainer asked = PathContainer.parsePath(path);
    return doors.stream()
        .filter(hung -> hung.door().method() == null || method.equals(hung.door().method()))
        .filter(hung -> hung.pattern().matches(asked))
        .map(Hung::door)
        .findFirst()
        .orElse(USUAL);
  }

  /** Who may look at a path, for paths that are asked about again and again. */
  public Predicate<SignedIn> to(String path) {
    return of(HttpMethod.GET, path)::opensTo;
  }

  /** Whether an account may look at a path. */
  public boolean open(SignedIn account, String path) {
    return of(HttpMethod.GET, path).opensTo(account);
  }
}
