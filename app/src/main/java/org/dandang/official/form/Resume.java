package org.dandang.official.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The résumé of a form, line by line: what each line says of posts and studies, or why it could not
 * be understood. Nothing is guessed: a line it does not understand is left to a person.
 *
 * <p>A line begins with a period, {@code 2021.09--2024.02 post}; an end left open is padded with
 * blanks. A line without a period continues the one above; one in brackets says what was done
 * meanwhile: a study, an attachment, a second post.
 */
public record Resume(List<Entry> entries, List<Unsettled> unsettled) {

  /** What a line says. Dates are {@code yyyy}, {@code yyyy-MM} or {@code yyyy-MM-dd}. */
  public sealed interface Entry {
    int line();

    @Nullable String from();

    @Nullable String to();
  }

  /**
   * A post.
   *
   * @param unit id of a unit the register knows; null where none is found
   * @param unitText the unit as it is written; null where {@code unit} is found
   * @param kind as postings have it: regular, concurrent, attachment …
   */
  public record Post(
      int line,
      @Nullable String from,
      @Nullable String to,
      @Nullable Long unit,
      @Nullable String unitText,
      @Nullable String post,
      String kind)
      implements Entry {}

  /**
   * A study.
   *
   * @param inService beside work
   */
  public record Study(
      int line,
      @Nullable String from,
      @Nullable String to,
      String school,
      @Nullable String major,
      boolean inService)
      implements Entry {}

  /** Time that was neither: waiting for work, at home, retired. */
  public record Neither(int line, @Nullable String from, @Nullable String to, String what)
      implements Entry {}

  private static final String DAY =
      "((?:19|20)\\d{2})(?:\\s*[.．年/-]\\s*(\\d{1,2})(?:\\s*[.．月/-]\\s*(\\d{1,2})日?)?月?|年|(\\d{2})(\\d{2})?)?";
  private static final String UNTIL = "\\s*(?:-{1,4}|—{1,2}|–+|－{1,2}|─+|~|～|至|到)\\s*";
  private static final Pattern PERIOD =
      Pattern.compile("^[\\s\\u3000]*" + DAY + UNTIL + "(?:" + DAY + "|至今|今|现在)?");
  private static final Pattern BRACKET =
      Pattern.compile("[（(]((?:其间|期间|其中|间)?[:：,，]?[^（()）]*)[)）]");
  private static final Pattern STUDY_WORD =
      Pattern.compile("学习|学生|就读|攻读|读书|学员|深造|进修|求学|研究生班|专业(?:毕业|本科|专科)?$|肄业|毕业$");
  private static final Pattern SCHOOL =
      Pattern.compile(
          "^(?:在|考入|入|参加)?(.{2,40}?(?:大学|学院|党校|干校|学校|师专|师范|中专|技校|中学|高中|[一二三四五六七八九]中|研究院|研究所|电大))");
  private static final Pattern MAJOR = Pattern.compile("([^，,、。；;]{2,30}?)专业");
  private static final Pattern NEITHER =
      Pattern.compile("^(?:在家)?(?:待业|待分配|待安置|务农|在家|自由职业|退休|离休|病休|无业|自谋职业)[^委局]*$");
  private static final Pattern UNIT =
      Pattern.compile(
          "^([^、，,；;（(]*(?:委员会|常委会|办公室|办公厅|人民政府|政府|管委会|县委|市委|省委|州委|区委|旗委|地委|团委|纪委|监委|政协|人大|组织部|宣传部|统战部|政法委|(?<!党)工委|联合会|妇联|工会|协会|集团|公司|银行|支行|分行|医院|法院|检察院|大学|学院|学校|党校|中学|小学|幼儿园|研究院|研究所|报社|电视台|出版社|杂志社|支队|大队|中队|部队|派出所|司法所|财政所|总站|中心|基地|林场|农场|工厂|厂|矿|厅|局|办|署|院|部|处|科|室|所|站|社|队|街道|镇|乡|村|社区|公社|开发区|园区)(?!长|员|理))(.*)$");
  private static final Pattern POST =
      Pattern.compile(
          "书记|主任|[局科处部厅县市区州镇乡院校所站队厂村股司会行社园秘]长|科员|办事员|干事|主席|秘书|干部|教师|教员|讲师|教授|会计|经理|委员|常委|调研员|巡视员|专员|顾问|工程师|技术员|工人|战士|学员|医生|医师|护士|编辑|记者|法官|检察官|审判员|书记员|助理|代表|选调生|大学生村官|工作|实习|见习|试用|队员|组员|组长|民警|警员|辅导员|科级|处级|成员|职工|职员|文书|打字员|司机|驾驶员|老师|县委|总监|总裁|董事|顾问|参谋|排长|连长|营长|团长|指导员|政委|政治");

  /** Reads a résumé's text. */
  public static Resume read(String text, UnitNames units) {
    List<Entry> entries = new ArrayList<>();
    List<Unsettled> unsettled = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; ) {
      if (lines[i].isBlank()) {
        i++;
        continue;
      }
      int first = i;
      StringBuilder whole = new StringBuilder(lines[i++].strip());
      while (i < lines.length && !lines[i].isBlank() && !PERIOD.matcher(lines[i]).find()) {
        whole.append(lines[i++].strip());
      }
      new Line(first + 1, whole.toString(), units, entries, unsettled).read();
    }
    return new Resume(List.copyOf(entries), List.copyOf(unsettled));
  }

  /** One line with what continues it. */
  private record Line(
      int number, String whole, UnitNames units, List<Entry> entries, List<Unsettled> unsettled) {

    void read() {
      Matcher period = PERIOD.matcher(whole);
      if (!period.find()) {
        unsettled(whole, "no-period");
        return;
      }
      Optional<String> from = day(period, 1);
      Optional<String> to = day(period, 6);
      boolean open = period.group(6) == null;
      if (from.isEmpty() || !open && to.isEmpty()) {
        unsettled(whole, "no-such-month");
        return;
      }
      String rest = whole.substring(period.end());
      List<String> meanwhile = new ArrayList<>();
      Matcher bracket = BRACKET.matcher(rest);
      StringBuilder main = new StringBuilder();
      while (bracket.find()) {
        String inside = bracket.group(1).strip();
        boolean says =
            inside.startsWith("其间")
                || inside.startsWith("期间")
                || inside.startsWith("间")
                || PERIOD.matcher(inside).find();
        bracket.appendReplacement(main, says ? "" : Matcher.quoteReplacement(bracket.group()));
        if (says) {
          meanwhile.add(inside.replaceFirst("^(?:其间|期间|间)[:：,，]?\\s*", ""));
        }
      }
      bracket.appendTail(main);
      what(main.toString().strip(), from.get(), to.orElse(null), false);
      for (String inside : meanwhile) {
        for (String part : inside.split("[；;]", -1)) {
          meanwhile(part.strip());
        }
      }
    }

    private void meanwhile(String inside) {
      if (inside.isEmpty()) {
        return;
      }
      Matcher period = PERIOD.matcher(inside);
      if (!period.find()) {
        unsettled(inside, "no-period");
        return;
      }
      Optional<String> from = day(period, 1);
      Optional<String> to = day(period, 6);
      if (from.isEmpty() || period.group(6) != null && to.isEmpty()) {
        unsettled(inside, "no-such-month");
        return;
      }
      what(
          inside.substring(period.end()).replaceFirst("^[,，:：]\\s*", "").strip(),
          from.get(),
          to.orElse(null),
          true);
    }

    private void what(String what, String from, @Nullable String to, boolean beside) {
      String text = what.replaceFirst("[。；;，,]+$", "").strip();
      if (to != null && to.compareTo(from.substring(0, Math.min(from.length(), to.length()))) < 0) {
        unsettled(whole, "ends-before-start");
        return;
      }
      if (text.isEmpty()) {
        unsettled(whole, "no-post");
        return;
      }
      if (NEITHER.matcher(text).find()) {
        entries.add(new Neither(number, from, to, text));
        return;
      }
      String kind = kind(text, beside);
      Matcher school = SCHOOL.matcher(text);
      if (kind.equals("regular") || kind.equals("concurrent")) {
        if (STUDY_WORD.matcher(text).find() && school.find()) {
          String after = text.substring(school.end());
          Matcher major = MAJOR.matcher(after);
          boolean inService = beside || text.matches(".*(?:函授|在职|自考|自学|电大|业余|夜大|党校|成人).*");
          entries.add(
              new Study(
                  number,
                  from,
                  to,
                  school.group(1),
                  major.find()
                      ? major.group(1).replaceFirst("^.*(?:学院|系|班|本科|专科|研究生)", "").strip()
                      : null,
                  inService));
          return;
        }
      }
      post(text.replaceFirst("^(?:挂职|挂任|兼任|兼|抽调|选派|下派|任|在)+(?:[:：])?", ""), from, to, kind);
    }

    private static String kind(String text, boolean beside) {
      if (text.contains("第一书记")) {
        return "first-secretary";
      }
      if (text.contains("挂职") || text.contains("挂任")) {
        return "attachment";
      }
      if (text.contains("跟班") || text.contains("跟岗")) {
        return "study-attachment";
      }
      if (text.contains("专班")
          || text.contains("工作组")
          || text.contains("工作队")
          || text.contains("抽调")) {
        return "task-force";
      }
      return beside || text.startsWith("兼") ? "concurrent" : "regular";
    }

    private void post(String text, String from, @Nullable String to, String kind) {
      Optional<UnitNames.Found> known = units.at(text);
      if (known.isPresent()) {
        int end = known.get().end();
        String rest = text.substring(end);
        // 普定县|委常委 is the county's party committee.
        String post = rest.startsWith("委") ? text.charAt(end - 1) + rest : rest;
        entries.add(
            new Post(
                number,
                from,
                to,
                known.get().id(),
                null,
                post.isBlank() ? null : post.strip(),
                kind));
        return;
      }
      Matcher unit = UNIT.matcher(text);
      if (!unit.matches() || unit.group(1).length() < 2) {
        unsettled(whole, "no-unit");
        return;
      }
      String post = unit.group(2).strip();
      if (!post.isEmpty() && !POST.matcher(post).find()) {
        unsettled(whole, "no-post");
        return;
      }
      entries.add(
          new Post(
              number, from, to, null, unit.group(1).strip(), post.isEmpty() ? null : post, kind));
    }

    private void unsettled(String text, String reason) {
      unsettled.add(new Unsettled(FormElement.RESUME, number, text, reason));
    }

    /** The date whose year is a group of the period; empty where there is no such month or day. */
    private static Optional<String> day(Matcher period, int group) {
      String year = period.group(group);
      if (year == null) {
        return Optional.empty();
      }
      String month = first(period.group(group + 1), period.group(group + 3));
      String day = first(period.group(group + 2), period.group(group + 4));
      if (month == null) {
        return Optional.of(year);
      }
      int m = Integer.parseInt(month);
      if (m < 1 || m > 12) {
        return Optional.empty();
      }
      String upToMonth = "%s-%02d".formatted(year, m);
      if (day == null) {
        return Optional.of(upToMonth);
      }
      int d = Integer.parseInt(day);
      return d < 1 || d > java.time.YearMonth.of(Integer.parseInt(year), m).lengthOfMonth()
          ? Optional.empty()
          : Optional.of("%s-%02d".formatted(upToMonth, d));
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
      return one != null ? one : other;
    }
  }
}
