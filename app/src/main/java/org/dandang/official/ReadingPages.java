package org.dandang.official;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.organisation.UnitSearch;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Readings;
import org.dandang.platform.procedure.MatterReadings;
import org.dandang.platform.web.NotHere;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who read the own record: who, for which units, when, what and for which task. */
@Controller
class ReadingPages {
  private static final int PER_PAGE = 50;

  private final Readings readings;
  private final MatterReadings matters;
  private final UnitSearch units;

  ReadingPages(Readings readings, MatterReadings matters, UnitSearch units) {
    this.matters = matters;
    this.readings = readings;
    this.units = units;
  }

  @GetMapping("/me/readings")
  String own(
      @RequestParam(defaultValue = "9223372036854775807") long before,
      @AuthenticationPrincipal SignedIn account,
      Model model) {
    Long own = account.official();
    if (own == null) {
      throw new NotHere();
    }
    List<Readings.Reading> found =
        readings.of("official", own, matters.toldOf(own), before, PER_PAGE + 1);
    List<Readings.Reading> shown = found.subList(0, Math.min(PER_PAGE, found.size()));
    Map<Long, String> names = new HashMap<>();
    for (Readings.Reading reading : shown) {
      for (Long unit : reading.units()) {
        names.computeIfAbsent(unit, id -> units.written(id).orElse("?"));
      }
    }
    model.addAttribute("readings", shown);
    model.addAttribute("units", names);
    model.addAttribute("older", found.size() > PER_PAGE ? shown.getLast().entry() : null);
    return "official/readings";
  }
}
