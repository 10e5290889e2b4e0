package org.dandang.platform.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dandang.platform.calendar.CalendarYear.Span;
import org.dandang.platform.web.Refused;

/**
 * Reads the days out of the text of a yearly notice of the General Office of the State Council, as
 * it is copied from its page. The weekdays and the numbers of days it names have to agree with the
 * calendar: a text that was damaged on its way is refused.
 */
final class NoticeText {
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put("元旦", "new-year");
    NAMES.put("春节", "spring-festival");
    NAMES.put("清明节", "qingming");
    NAMES.put("劳动节", "labour-day");
    NAMES.put("端午节", "dragon-boat");
    NAMES.put("中秋节", "mid-autumn");
    NAMES.put("国庆节", "national-day");
  }

  private static final String DAY =
      "(?:(\\d{4})年)?(?:(\\d{1,2})月)?(\\d{1,2})日(?:[（(][^）)]*?(?:周|星期)?([一二三四五六日])?[）)])?";
  private static final Pattern ITEM =
      Pattern.compile("[一二三四五六七八九十]+、\\s*((?:元旦|[春清劳端中国][\\p{IsHan}]{1,2}|、)+)\\s*[:：]");
  private static final Pattern ONE = Pattern.compile(DAY);
  private static final Pattern OFF =
      Pattern.compile(DAY + "(?:\\s*至\\s*" + DAY + ")?\\s*放假(?:[^。]*?(\\d+)天)?");

  private final int year;
  private final String source;
  private final List<Span> spans = new ArrayList<>();
  private LocalDate before;

  private NoticeText(int year, String source) {
    this.year = year;
    this.source = source;
    this.before = LocalDate.of(year, 1, 1);
  }

  /**
   * @param year the notice is about
   * @param source its number
   * @throws Refused saying which words were not understood
   */
  static List<Span> read(int year, String source, String text) {
    NoticeText notice = new NoticeText(year, source);
    Matcher item = ITEM.matcher(text);
    List<Integer> starts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Integer> bodies = new ArrayList<>();
    while (item.find()) {
      starts.add(item.start());
      names.add(item.group(1));
      bodies.add(item.end());
    }
    if (starts.isEmpty()) {
      throw new Refused("calendar", "calendar.problem.no-items");
    }
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      notice.item(names.get(i), text.substring(bodies.get(i), end).replaceAll("\\s+", ""));
    }
    return List.copyOf(notice.spans);
  }

  private void item(String names, String body) {
    String codes =
        List.of(names.split("、")).stream()
            .filter(name -> !name.isEmpty())
            .map(name -> NAMES.getOrDefault(name, name))
            .collect(Collectors.joining(" "));
    before = LocalDate.of(year, 1, 1);
    boolean any = false;
    for (String sentence : body.split("。")) {
      Matcher off = OFF.matcher(sentence);
      if (off.find()) {
        LocalDate first = day(off, 1, sentence);
        LocalDate last = off.group(7) == null ? first : day(off, 5, sentence);
        if (off.group(9) != null
            && ChronoUnit.DAYS.between(first, last) + 1 != Integer.parseInt(off.group(9))) {
          throw new Refused("calendar", "calendar.problem.count", sentence);
        }
        add(new Span(true, codes, first, last, source), sentence);
        any = true;
      } else if (sentence.endsWith("上班")) {
        Matcher worked = ONE.matcher(sentence);
        while (worked.find()) {
          LocalDate day = day(worked, 1, sentence);
          add(new Span(false, "", day, day, source), sentence);
        }
      }
    }
    if (!any) {
      throw new Refused("calendar", "calendar.problem.no-days", names);
    }
  }

  /** The year and the month are those of the day before, where the text leaves them out. */
  private LocalDate day(Matcher found, int group, String sentence) {
    try {
      int month =
          found.group(group + 1) == null
              ? before.getMonthValue()
              : Integer.parseInt(found.group(group + 1));
      int of = found.group(group) == null ? year : Integer.parseInt(found.group(group));
      LocalDate day = LocalDate.of(of, month, Integer.parseInt(found.group(group + 2)));
      String weekday = found.group(group + 3);
      if (weekday != null && "一二三四五六日".indexOf(weekday) != day.getDayOfWeek().ordinal()) {
        throw new Refused("calendar", "calendar.problem.weekday", sentence);
      }
      before = day;
      return day;
    } catch (DateTimeException e) {
      throw new Refused("calendar", "calendar.problem.words", sentence);
    }
  }

  private void add(Span span, String sentence) {
    if (CalendarCheck.problem(year, span, spans) != null) {
      throw new Refused("calendar", "calendar.problem.words", sentence);
    }
    spans.add(span);
  }
}
