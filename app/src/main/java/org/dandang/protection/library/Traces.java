package org.dandang.protection.library;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.platform.storage.Sights;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What of a text could tell whom and where it is about: names of officials and units on record,
 * names by their surname, places, days, numbers. It proposes; a person decides.
 */
@Component
class Traces {
  private static final String SINGLE =
      "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺";
  private static final String DOUBLE =
      "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|宇文|端木|南宫|呼延|申屠|钟离|闻人|独孤|司空";
  private static final String SURNAME = "(?:" + DOUBLE + "|[" + SINGLE + "])";
  private static final Pattern TITLED =
      Pattern.compile(
          "("
              + SURNAME
              + ")(\\p{IsHan}{1,2}?)(?=同志|局长|处长|科长|主任|书记|县长|市长|镇长|乡长|所长|站长|院长|校长|经理|先生|女士)");
  private static final Pattern SPOKEN =
      Pattern.compile(
          "(?:干部|职工|群众|企业主|村民|居民|承办人|负责人|举报人|反映人|投诉人|申请人|当事人|经办人|业主|司机)("
              + SURNAME
              + ")(\\p{IsHan}{1,2})(?![\\p{IsHan}]{0,1}[的是])");
  private static final Pattern PLACE =
      Pattern.compile("\\p{IsHan}{2,4}?(?:省|自治区|市|自治州|县|自治县|区|镇|乡|街道|村|社区)");
  private static final Pattern DAY =
      Pattern.compile(
          "(?:19|20)\\d{2}\\s*年(?:\\s*\\d{1,2}\\s*月(?:\\s*\\d{1,2}\\s*日)?)?|(?:19|20)\\d{2}[-./]\\d{1,2}[-./]\\d{1,2}|\\d{1,2}月\\d{1,2}日");
  private static final Pattern NUMBER =
      Pattern.compile("\\d{17}[\\dXx]|1\\d{10}|[〔\\[]\\d{4}[〕\\]]\\s*\\d+\\s*号");
  private static final int LONGEST_NAME = 4;

  private final JdbcClient jdbc;

  Traces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What a trace is. */
  enum Kind {
    PARTY,
    PERSON,
    UNIT,
    PLACE,
    DAY,
    NUMBER;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Something found in a text.
   *
   * @param proposed what could stand in its place
   * @param times how often it stands there
   */
  record Trace(Kind kind, String text, String proposed, int times) {}

  /**
   * Everything found, the longest first so that one replaced does not spoil another.
   *
   * @param parties names that may never remain
   */
  List<Trace> in(String text, Collection<String> parties) {
    Map<String, Kind> found = new LinkedHashMap<>();
    parties.stream()
        .filter(name -> !name.isBlank() && text.contains(name))
        .forEach(name -> found.put(name, Kind.PARTY));
    onRecord(text).forEach(name -> found.putIfAbsent(name, Kind.PERSON));
    units(text).forEach(name -> found.putIfAbsent(name, Kind.UNIT));
    named(TITLED, text, found);
    named(SPOKEN, text, found);
    matches(DAY, text).forEach(day -> found.putIfAbsent(day, Kind.DAY));
    matches(NUMBER, text).forEach(number -> found.putIfAbsent(number, Kind.NUMBER));
    String rest = text;
    for (Map.Entry<String, Kind> one : found.entrySet()) {
      if (one.getValue() == Kind.UNIT) {
        rest = rest.replace(one.getKey(), "\n");
      }
    }
    matches(PLACE, rest).stream()
        .filter(place -> !place.contains("某"))
        .forEach(place -> found.putIfAbsent(place, Kind.PLACE));
    Map<String, Integer> same = new HashMap<>();
    return found.entrySet().stream()
        .map(
            one ->
                new Trace(
                    one.getValue(),
                    one.getKey(),
                    proposed(one.getValue(), one.getKey(), same),
                    times(text, one.getKey())))
        .sorted(Comparator.comparingInt((Trace trace) -> trace.text().length()).reversed())
        .toList();
  }

  /** Names of people on record: every run of characters that begins as a surname is asked for. */
  private Set<String> onRecord(String text) {
    Set<String> candidates = new LinkedHashSet<>();
    for (int i = 0; i < text.length(); i++) {
      boolean begins =
          SINGLE.indexOf(text.charAt(i)) >= 0
              || (i + 2 <= text.length() && text.substring(i, i + 2).matches(DOUBLE));
      for (int length = 2;
          begins && length <= LONGEST_NAME && i + length <= text.length();
          length++) {
        String name = text.substring(i, i + length);
        if (name.codePoints().allMatch(Character::isIdeographic)) {
          candidates.add(name);
        }
      }
    }
    return candidates.isEmpty()
        ? Set.of()
        : new LinkedHashSet<>(
            Sights.everything(
                () ->
                    jdbc.sql(
                            "select distinct name from official.current_identity where name = any"
                                + " (?)")
                        .param(candidates.toArray(String[]::new))
                        .query(String.class)
                        .list()));
  }

  private List<String> units(String text) {
    return jdbc.sql(
            "select distinct name from organisation.unit where length(name) >= 3 and position(name"
                + " in ?) > 0")
        .param(text)
        .query(String.class)
        .list();
  }

  private static void named(Pattern pattern, String text, Map<String, Kind> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (!matcher.group(2).startsWith("某")) {
        found.putIfAbsent(matcher.group(1) + matcher.group(2), Kind.PERSON);
      }
    }
  }

  private static List<String> matches(Pattern pattern, String text) {
    List<String> all = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      all.add(matcher.group());
    }
    return all.stream().distinct().toList();
  }

  private static String proposed(Kind kind, String text, Map<String, Integer> same) {
    return switch (kind) {
      case PARTY, PERSON -> {
        String surname =
            text.matches("(?:" + DOUBLE + ").+") ? text.substring(0, 2) : text.substring(0, 1);
        int which = same.merge(surname, 1, Integer::sum);
        yield surname + "某" + (which == 1 ? "" : "甲乙丙丁戊己庚辛壬癸".charAt(Math.min(which, 11) - 2));
      }
      case UNIT ->
          "某" + (text.matches(".*[局委办院校厅部会处所站]$") ? text.substring(text.length() - 1) : "单位");
      case PLACE ->
          "某"
              + (text.endsWith("街道") || text.endsWith("社区")
                  ? text.substring(text.length() - 2)
                  : text.substring(text.length() - 1));
      case DAY ->
          text.contains("日") || text.matches(".*[-./].*[-./].*")
              ? "某年某月某日"
              : text.contains("月") ? "某年某月" : "某年";
      case NUMBER -> "（略）";
    };
  }

  private static int times(String text, String part) {
    int times = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      times++;
    }
    return times;
  }
}
