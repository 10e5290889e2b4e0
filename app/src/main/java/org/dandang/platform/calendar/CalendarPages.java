package org.dandang.platform.calendar;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The year's calendar, for everybody; officers enter the years whose notice is out. */
@Controller
class CalendarPages {
  private static final int EARLIEST = 1950;
  private static final int LATEST = 2150;

  private final OfficeCalendar office;

  CalendarPages(OfficeCalendar office) {
    this.office = office;
  }

  @GetMapping("/calendar")
  String year(
      @RequestParam(required = false) @Nullable Integer year,
      @RequestParam(required = false) @Nullable LocalDate from,
      @RequestParam(required = false) @Nullable Integer days,
      Model model) {
    LocalDate today = office.today();
    int shown =
        Math.clamp(
            year != null ? year : from != null ? from.getYear() : today.getYear(),
            EARLIEST,
            LATEST);
    WorkingCalendar calendar = office.current();
    model.addAttribute("year", shown);
    model.addAttribute("known", calendar.year(shown).orElse(null));
    model.addAttribute("years", calendar.knownYears());
    model.addAttribute("today", today);
    model.addAttribute(
        "months", IntStream.rangeClosed(1, 12).mapToObj(m -> month(calendar, shown, m)).toList());
    model.addAttribute("problem", office.problemOfTheFile());
    LocalDate start = from == null ? today : from;
    int count = days == null ? 5 : Math.clamp(days, 0, 500);
    LocalDate end = calendar.plusWorkingDays(start, count);
    model.addAttribute("start", start);
    model.addAttribute("count", count);
    model.addAttribute("end", end);
    model.addAttribute("doubtful", calendar.provisionalYears(start, end));
    return "platform/calendar/year";
  }

  @PostMapping("/administration/calendar")
  String enter(
      @RequestParam int year,
      @RequestParam String source,
      @RequestParam String text,
      @AuthenticationPrincipal SignedIn account,
      @ModelAttribute("page") Page page,
      RedirectAttributes after) {
    try {
      office.enter(year, source, text, account.signInName());
      after.addFlashAttribute("told", "calendar.entered");
    } catch (Refused refused) {
      after.addFlashAttribute("refused", refused.text(page.language()));
      after.addFlashAttribute("enteredSource", source);
      after.addFlashAttribute("enteredText", text);
    } catch (DuplicateKeyException atTheSameTime) {
      after.addFlashAttribute("refused", page.word("calendar.problem.same-time"));
    }
    return "redirect:/calendar?year=" + year;
  }

  @PostMapping("/administration/calendar/{year}/withdraw")
  String withdraw(
      @PathVariable int year, @AuthenticationPrincipal SignedIn account, RedirectAttributes after) {
    if (office.withdraw(year, account.signInName())) {
      after.addFlashAttribute("told", "calendar.withdrawn");
    }
    return "redirect:/calendar?year=" + year;
  }

  private static CalendarMonth month(WorkingCalendar calendar, int year, int number) {
    YearMonth month = YearMonth.of(year, number);
    List<List<@Nullable CalendarDay>> weeks = new ArrayList<>();
    List<@Nullable CalendarDay> week = new ArrayList<>();
    for (int blank = 1; blank < month.atDay(1).getDayOfWeek().getValue(); blank++) {
      week.add(null);
    }
    int worked = 0;
    for (int i = 1; i <= month.lengthOfMonth(); i++) {
      LocalDate date = month.atDay(i);
      DayKind kind = calendar.kind(date);
      worked += kind.isWorking() ? 1 : 0;
      week.add(new CalendarDay(date, kind));
      if (week.size() == 7) {
        weeks.add(week);
        week = new ArrayList<>();
      }
    }
    while (!week.isEmpty() && week.size() < 7) {
      week.add(null);
    }
    if (!week.isEmpty()) {
      weeks.add(week);
    }
    return new CalendarMonth(month, worked, weeks);
  }
}
