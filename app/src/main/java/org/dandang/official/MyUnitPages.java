package org.dandang.official;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dandang.official.search.Found;
import org.dandang.official.search.OfficialFilter;
import org.dandang.official.search.OfficialSearch;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.dandang.platform.web.GuardedPath;
import org.dandang.platform.web.NavigationEntry;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The people of a unit as its head sees them: who they are and what they do, and no more. */
@Controller
class MyUnitPages {
  private static final int PER_PAGE = 50;

  private final OfficialSearch search;
  private final Officials officials;
  private final UnitsAbove units;

  MyUnitPages(OfficialSearch search, Officials officials, UnitsAbove units) {
    this.search = search;
    this.officials = officials;
    this.units = units;
  }

  @Configuration(proxyBeanMethods = false)
  static class Entrance {
    @Bean
    Door myUnitDoor() {
      return Door.to("/my-unit/**", Role.HEAD_OF_UNIT);
    }

    @Bean
    GuardedPath peopleOfMyUnit() {
      return new GuardedPath("/my-unit/{id}", "official");
    }

    @Bean
    NavigationEntry myUnitEntry() {
      return new NavigationEntry(15, "nav.my-unit", "/my-unit", "people", false);
    }
  }

  @GetMapping("/my-unit")
  String people(
      @RequestParam(required = false) @Nullable Long unit,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(name = "p", defaultValue = "1") int number,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Map<Long, String> own = own(account);
    if (unit != null && !own.containsKey(unit)) {
      throw new NotHere();
    }
    boolean everywhere = account.hasEverywhere(Role.HEAD_OF_UNIT);
    Long shown =
        unit != null || everywhere || own.isEmpty() ? unit : own.keySet().iterator().next();
    int at = Query.page(number);
    OfficialFilter filter =
        new OfficialFilter(
            q.strip(),
            shown,
            "",
            "",
            "",
            "serving",
            "",
            "",
            "",
            "",
            java.util.List.of(),
            java.util.List.of(),
            false,
            "name",
            false,
            at);
    Found found = search.find(filter, (at - 1) * PER_PAGE, PER_PAGE);
    model.addAttribute("found", found);
    model.addAttribute("units", own);
    model.addAttribute("unit", shown);
    model.addAttribute("q", q);
    model.addAttribute("at", at);
    model.addAttribute("perPage", PER_PAGE);
    return "official/my-unit";
  }

  @GetMapping("/my-unit/{id}")
  String person(@PathVariable long id, Model model) {
    model.addAttribute(
        "dossier", officials.find(id, Registers.Known.NOW).orElseThrow(NotHere::new));
    return "official/my-unit-person";
  }

  private Map<Long, String> own(SignedIn account) {
    Map<Long, String> own = new LinkedHashMap<>();
    for (Assignment held : account.today()) {
      Long unit = held.unit();
      if (held.role() == Role.HEAD_OF_UNIT && unit != null) {
        units.name(unit).ifPresent(name -> own.put(unit, name));
      }
    }
    return own;
  }
}
