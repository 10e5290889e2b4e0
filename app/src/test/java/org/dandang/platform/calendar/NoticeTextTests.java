package org.dandang.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dandang.platform.calendar.CalendarYear.Span;
import org.dandang.platform.web.Refused;
import org.junit.jupiter.api.Test;

/** The texts of the notices give the days of the file that is shipped. */
class NoticeTextTests {
  private static final Map<Integer, String> NOTICES =
      Map.of(
          2020,
          """
          一、元旦：2020年1月1日放假，共1天。
          二、春节：1月24日至30日放假调休，共7天。1月19日（星期日）、2月1日（星期六）上班。
          三、清明节：4月4日至6日放假调休，共3天。
          四、劳动节：5月1日至5日放假调休，共5天。4月26日（星期日）、5月9日（星期六）上班。
          五、端午节：6月25日至27日放假调休，共3天。6月28日（星期日）上班。
          六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。
          """,
          2022,
          """
          一、元旦：2022年1月1日至3日放假，共3天。
          二、春节：1月31日至2月6日放假调休，共7天。1月29日（星期六）、1月30日（星期日）上班。
          三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
          四、劳动节：4月30日至5月4日放假调休，共5天。4月24日（星期日）、5月7日（星期六）上班。
          五、端午节：6月3日至5日放假，共3天。
          六、中秋节：9月10日至12日放假，共3天。
          七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。
          """,
          2023,
          """
          一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
          二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
          三、清明节：4月5日放假，共1天。
          四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
          五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
          六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。
          """,
          2024,
          """
          一、元旦：1月1日放假，与周末连休。
          二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
          三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
          四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
          五、端午节：6月10日放假，与周末连休。
          六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
          七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
          """,
          2025,
          """
          一、元旦：1月1日（周三）放假1天，不调休。
          二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
          三、清明节：4月4日（周五）至6日（周日）放假，共3天。
          四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
          五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
          六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
          节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
          """,
          2026,
          """
          一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
          二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
          三、清明节：4月4日（周六）至6日（周一）放假，共3天。
          四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
          五、端午节：6月19日（周五）至21日（周日）放假，共3天。
          六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
          七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
          """);

  /** The Spring Festival of 2020 was made longer by a second notice, which the file has too. */
  @Test
  void aNoticeGivesTheDaysOfTheFile() {
    NOTICES.forEach(
        (year, text) -> {
          List<Span> file =
              WorkingCalendarTests.shipped().stream()
                  .filter(one -> one.year() == year)
                  .findFirst()
                  .orElseThrow()
                  .spans();
          Set<String> expected = days(file);
          Set<String> found = days(NoticeText.read(year, "n", text));
          if (year == 2020) {
            found.remove("2020-02-01 false");
            found.addAll(Set.of("2020-01-31 true", "2020-02-01 true", "2020-02-02 true"));
          }
          assertThat(found).as("%d", year).isEqualTo(expected);
        });
  }

  @Test
  void aTextThatWasDamagedIsRefused() {
    for (String wrong :
        List.of(
            "元旦放假三天。",
            "一、元旦：1月1日（周五）至3日（周六）放假调休，共3天。",
            "一、元旦：1月1日（周四）至3日（周六）放假调休，共4天。",
            "一、元旦：1月32日放假。",
            "一、元旦：放假。",
            "一、元旦：1月1日至3日放假调休，共3天。1月5日上班。",
            "一、元旦：1月1日至3日放假，共3天。\n二、春节：1月3日至5日放假，共3天。")) {
      assertThatThrownBy(() -> NoticeText.read(2026, "n", wrong))
          .as(wrong)
          .isInstanceOf(Refused.class);
    }
  }

  private static Set<String> days(List<Span> spans) {
    return spans.stream()
        .flatMap(
            span ->
                span.first()
                    .datesUntil(span.last().plusDays(1))
                    .map((LocalDate day) -> day + " " + span.off()))
        .collect(Collectors.toSet());
  }
}
