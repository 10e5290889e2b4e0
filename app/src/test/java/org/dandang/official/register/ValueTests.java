package org.dandang.official.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTests {
  @ParameterizedTest
  @CsvSource({
    "单雄信,shanxiongxin,sxx",
    "曾国华,zengguohua,zgh",
    "仇英,qiuying,qy",
    "解缙,xiejin,xj",
    "查良,zhaliang,zl",
    "区大,ouda,od",
    "任远,renyuan,ry",
    "欧阳修,ouyangxiu,oyx",
    "尉迟恭,yuchigong,ycg",
    "吕布,lvbu,lb",
    "阿依古丽·买买提,ayigulimaimaiti,ayglmmt",
    "Ann Lee,annlee,al",
    "张A,zhanga,za"
  })
  void readsNamesAsNamesAreRead(String name, String pinyin, String initials) {
    assertThat(new NameReading().read(name)).isEqualTo(new NameReading.Reading(pinyin, initials));
  }

  @Test
  void aPatternReadsEveryDayItCanWrite() {
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      LocalDate day = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(73_000));
      for (String format : new String[] {"yyyy-MM-dd", "yyyy/M/d", "yyyyMMdd", "yyyy年M月d日"}) {
        String text = day.format(java.time.format.DateTimeFormatter.ofPattern(format));
        long read = DatePattern.of(format).orElseThrow().read(text);
        assertThat(DatePattern.days(read)).isEqualTo(day.toEpochDay());
        assertThat(DatePattern.precision(read)).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "year,1971.0,1971-01-01,2,1972-01-01",
    "year,1971,1971-01-01,2,1972-01-01",
    "yyyy.MM,1971.12,1971-12-01,1,1972-01-01",
    "yyyy年M月,1971年2月,1971-02-01,1,1971-03-01",
    "yyyy-MM-dd,2000-02-29,2000-02-29,0,2000-03-01"
  })
  void whatIsNotWrittenIsNotKnown(
      String format, String text, LocalDate from, int precision, LocalDate next) {
    long read = DatePattern.of(format).orElseThrow().read(text);
    assertThat(LocalDate.ofEpochDay(DatePattern.days(read))).isEqualTo(from);
    assertThat(DatePattern.precision(read)).isEqualTo(precision);
    assertThat(LocalDate.ofEpochDay(DatePattern.dayAfter(read))).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd,2001-02-29,false",
    "yyyy-MM-dd,2001-13-01,false",
    "yyyy-MM-dd,2001-00-01,false",
    "yyyy-MM-dd,1899-12-31,false",
    "yyyy-MM-dd,2001-1-01,true",
    "yyyy-MM-dd,2001-01-011,true",
    "yyyy.MM,1971.1,true",
    "yyyyMM,19711,true"
  })
  void neverGuesses(String format, String text, boolean anotherWay) {
    assertThat(DatePattern.of(format).orElseThrow().read(text))
        .isEqualTo(anotherWay ? DatePattern.NO_MATCH : DatePattern.NO_SUCH_DAY);
  }

  @ParameterizedTest
  @CsvSource({"16.0,16", "16,16", "16.5,16.5", "A.0,A.0", "007.00,007", ".0,.0"})
  void wholeNumbersLoseTheirPointOnly(String written, String whole) {
    assertThat(Values.whole(written)).isEqualTo(whole);
  }
}
