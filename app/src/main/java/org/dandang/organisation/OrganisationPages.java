package org.dandang.organisation;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What is recorded on the pages of units. A refusal comes back to the page with its reason and what
 * was entered.
 */
@Controller
class OrganisationPages {
  private final Units units;
  private final UnitSearch search;
  private final Reorganising reorganising;
  private final Establishments establishments;

  OrganisationPages(
      Units units, UnitSearch search, Reorganising reorganising, Establishments establishments) {
    this.units = units;
    this.search = search;
    this.reorganising = reorganising;
    this.establishments = establishments;
  }

  /** Founds a unit without one above it. */
  @PostMapping(value = "/units", consumes = "application/x-www-form-urlencoded")
  String found(
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Entered entered = new Entered(form);
    return recorded(
        "/units",
        entered,
        page,
        after,
        () -> {
          String source = entered.text("source");
          NewUnit unit = only(newUnits(entered, source.isEmpty() ? "place" : source, null));
          Reorganisation founded = reorganising.found(unit, order(entered, account));
          return "/units/" + founded.to().getFirst().unit();
        });
  }

  @PostMapping(
      value = "/units/{id}/reorganisations",
      consumes = "application/x-www-form-urlencoded")
  String reorganise(
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Unit unit = units.find(id).orElseThrow(NotHere::new);
    Entered entered = new Entered(form);
    return recorded(
        "/units/" + id,
        entered,
        page,
        after,
        () -> {
          record(unit, entered, order(entered, account));
          return "/units/" + id;
        });
  }

  private void record(Unit unit, Entered entered, Order order) {
    ReorganisationKind kind = ReorganisationKind.of(entered.text("kind"));
    Long other =
        entered.text("other").isEmpty() ? null : chosen(unit, entered.text("other"), order);
    switch (kind) {
      case FOUNDED -> reorganising.found(only(newUnits(entered, unit.source(), unit.id())), order);
      case RENAMED -> reorganising.rename(unit.id(), entered.text("name"), order);
      case MOVED -> reorganising.move(unit.id(), other, order);
      case CLOSED -> reorganising.close(unit.id(), other, order);
      case MERGED -> {
        List<Long> from = new ArrayList<>(List.of(unit.id()));
        for (String line : entered.text("others").lines().toList()) {
          if (!line.isBlank()) {
            from.add(chosen(unit, line.strip(), order));
          }
        }
        if (other != null) {
          reorganising.merge(from, other, order);
        } else {
          reorganising.merge(from, only(newUnits(entered, unit.source(), unit.parent())), order);
        }
      }
      case SPLIT -> {
        Map<Long, String> below = new LinkedHashMap<>();
        pairs(entered, "below").forEach((one, to) -> below.put(chosen(unit, one, order), to));
        reorganising.split(
            unit.id(),
            newUnits(entered, unit.source(), unit.parent()),
            !entered.text("goesOn").isEmpty(),
            below,
            order);
      }
    }
  }

  @PostMapping(
      value = "/units/{id}/reorganisations/{change}/undo",
      consumes = "application/x-www-form-urlencoded")
  String undo(
      @PathVariable long id,
      @PathVariable long change,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    return recorded(
        "/units/" + id,
        new Entered(form),
        page,
        after,
        () -> {
          reorganising.undo(change, account.signInName());
          return units.find(id).isPresent() ? "/units/" + id : "/units";
        });
  }

  @PostMapping(value = "/units/{id}/posts", consumes = "application/x-www-form-urlencoded")
  String establish(
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Entered entered = new Entered(form);
    return recorded(
        "/units/" + id,
        entered,
        page,
        after,
        () -> {
          establishments.establish(
              id, entered.text("level"), headcount(entered), order(entered, account));
          return "/units/" + id;
        });
  }

  @PostMapping(
      value = "/units/{id}/posts/{post}/end",
      consumes = "application/x-www-form-urlencoded")
  String endPosts(
      @PathVariable long id,
      @PathVariable long post,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Entered entered = new Entered(form);
    return recorded(
        "/units/" + id,
        entered,
        page,
        after,
        () -> {
          establishments.endEstablishment(id, post, day(entered, "on"), account.signInName());
          return "/units/" + id;
        });
  }

  @PostMapping(value = "/units/{id}/authorities", consumes = "application/x-www-form-urlencoded")
  String authorise(
      @PathVariable long id,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Unit unit = units.find(id).orElseThrow(NotHere::new);
    Entered entered = new Entered(form);
    return recorded(
        "/units/" + id,
        entered,
        page,
        after,
        () -> {
          establishments.authorise(
              id,
              chosen(unit, entered.text("managed"), order(entered, account)),
              form.getOrDefault("levels", List.of()),
              order(entered, account));
          return "/units/" + id;
        });
  }

  @PostMapping(
      value = "/units/{id}/authorities/{authority}/end",
      consumes = "application/x-www-form-urlencoded")
  String endAuthority(
      @PathVariable long id,
      @PathVariable long authority,
      @RequestParam MultiValueMap<String, String> form,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    Entered entered = new Entered(form);
    return recorded(
        "/units/" + id,
        entered,
        page,
        after,
        () -> {
          establishments.endAuthority(id, authority, day(entered, "on"), account.signInName());
          return "/units/" + id;
        });
  }

  private interface Recording {
    /** Where to go on. */
    String path();
  }

  private static String recorded(
      String back, Entered entered, Page page, RedirectAttributes after, Recording recording) {
    try {
      return "redirect:" + recording.path();
    } catch (OrganisationProblem problem) {
      after.addFlashAttribute("problem", problem.text(page.language()));
      after.addFlashAttribute("entered", entered.all());
      return "redirect:" + back;
    }
  }

  /** What a form holds, without blanks around. */
  private record Entered(MultiValueMap<String, String> form) {
    String text(String name) {
      return Objects.requireNonNullElse(form.getFirst(name), "").strip();
    }

    Map<String, String> all() {
      return Map.copyOf(form.toSingleValueMap());
    }
  }

  private static Order order(Entered entered, SignedIn account) {
    LocalDate dated = entered.text("dated").isEmpty() ? null : day(entered, "dated");
    return new Order(
        day(entered, "on"),
        new Document(entered.text("title"), entered.text("number"), dated),
        account.signInName());
  }

  private static LocalDate day(Entered entered, String name) {
    try {
      return LocalDate.parse(entered.text(name));
    } catch (DateTimeParseException e) {
      throw new OrganisationProblem("wrong-date", entered.text(name));
    }
  }

  private static int headcount(Entered entered) {
    try {
      return Integer.parseInt(entered.text("headcount"));
    } catch (NumberFormatException e) {
      throw new OrganisationProblem("not-a-headcount", entered.text("headcount"));
    }
  }

  /** A unit by its code in the same register, or as somebody finds it. */
  private long chosen(Unit beside, String written, Order order) {
    return units
        .find(beside.source(), written)
        .map(Unit::id)
        .orElseGet(() -> search.chosen(written, order.on()));
  }

  private static NewUnit only(List<NewUnit> units) {
    if (units.size() != 1) {
      throw new OrganisationProblem("one-new-unit");
    }
    return units.getFirst();
  }

  private static List<NewUnit> newUnits(Entered entered, String source, @Nullable Long parent) {
    List<NewUnit> units = new ArrayList<>();
    pairs(entered, "newUnits")
        .forEach(
            (code, name) ->
                units.add(
                    new NewUnit(
                        source,
                        code,
                        name,
                        entered.text("unitKind"),
                        entered.text("unitLevel"),
                        parent,
                        null,
                        null)));
    return units;
  }

  /** Lines of two texts, with an arrow between them or, where the first has no blanks, a blank. */
  private static Map<String, String> pairs(Entered entered, String field) {
    Map<String, String> pairs = new LinkedHashMap<>();
    List<String> lines = entered.text(field).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] words =
          line.split(
              line.contains("→") ? "\\s*→\\s*" : line.contains("=") ? "\\s*=\\s*" : "[\\s,，]+", 2);
      if (words.length < 2
          || words[0].isEmpty()
          || words[1].isEmpty()
          || pairs.put(words[0], words[1]) != null) {
        throw new OrganisationProblem("wrong-line", i + 1, line);
      }
    }
    return pairs;
  }
}
