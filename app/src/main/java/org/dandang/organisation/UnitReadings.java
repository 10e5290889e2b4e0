package org.dandang.organisation;

import com.github.houbb.pinyin.constant.enums.PinyinStyleEnum;
import com.github.houbb.pinyin.util.PinyinHelper;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the names of units are read: pinyin without tones ("zhenxiongxian") and initials ("zxx"). */
@Component
public class UnitReadings {
  private static final int BATCH = 5_000;

  private final JdbcClient jdbc;

  UnitReadings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param pinyin lower case letters and digits only; empty where nothing can be read
   * @param initials one letter a character or, in other scripts, a word
   */
  record Reading(String pinyin, String initials) {}

  /** Reads the names that are not read yet. */
  public void complete() {
    List<String> names;
    do {
      names =
          jdbc.sql("select name from organisation.unit_name where pinyin is null limit " + BATCH)
              .query(String.class)
              .list();
      if (names.isEmpty()) {
        return;
      }
      List<Reading> readings = names.stream().map(UnitReadings::read).toList();
      jdbc.sql(
              """
              update organisation.unit_name n set pinyin = r.pinyin, initials = r.initials
                from unnest(?, ?, ?) as r (name, pinyin, initials) where n.name = r.name
              """)
          .param(names.toArray(String[]::new))
          .param(readings.stream().map(Reading::pinyin).toArray(String[]::new))
          .param(readings.stream().map(Reading::initials).toArray(String[]::new))
          .update();
    } while (names.size() == BATCH);
  }

  static Reading read(String name) {
    StringBuilder pinyin = new StringBuilder();
    StringBuilder initials = new StringBuilder();
    // Words are read as words: 重庆 is chongqing, 长沙 changsha.
    for (String part :
        PinyinHelper.toPinyin(name, PinyinStyleEnum.NORMAL, " ").split("[^\\p{L}\\p{N}]+", -1)) {
      String letters = part.replace('ü', 'v').toLowerCase(Locale.ROOT);
      if (!letters.isEmpty()) {
        pinyin.append(letters);
        initials.append(letters.charAt(0));
      }
    }
    return new Reading(pinyin.toString(), initials.toString());
  }
}
