package org.dandang.demonstration;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * Appointment-and-removal forms and decisions of some of the invented leaders, as their units would
 * hand them in: what the lists do not hold, photos and the words of the résumé, comes with these.
 */
final class PrefectureForms {
  private static final int MOST = 60;
  private static final int ONE_UNCLEAR_IN = 12;
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM");
  private static final DateTimeFormatter DOTTED = DateTimeFormatter.ofPattern("yyyy.MM");
  private static final int WIDTH = 376;
  private static final int HEIGHT = 460;

  private final Prefecture prefecture;
  private final Names names = new Names();

  PrefectureForms(Prefecture prefecture) {
    this.prefecture = prefecture;
  }

  /**
   * A decision on paper.
   *
   * @param key of the official it is about
   * @param kind of document, as the register knows it
   */
  record Decision(String key, String kind, String title, String text) {}

  /** Those of the highest level who serve. */
  List<Career> people() {
    return prefecture.officials().stream()
        .filter(Career::serving)
        .filter(career -> career.slot >= 0)
        .sorted(Comparator.comparingInt((Career c) -> c.level).thenComparing(c -> c.key))
        .limit(MOST)
        .toList();
  }

  /** Their forms in an archive, a file each. */
  void zip(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    List<Career> people = people();
    for (int i = 0; i < people.size(); i++) {
      Career career = people.get(i);
      zip.putNextEntry(new ZipEntry(career.name + "-" + career.key + ".lrmx"));
      zip.write(form(career, i % ONE_UNCLEAR_IN == 1).getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    zip.finish();
  }

  /** The order by which each came into the present post, and those that granted merits. */
  List<Decision> decisions() {
    return people().stream()
        .flatMap(
            career ->
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(appointment(career)),
                    career.awards.stream()
                        .filter(award -> award.granted() && !award.kind().equals("嘉奖"))
                        .map(award -> merit(career, award))))
        .toList();
  }

  private static Decision appointment(Career career) {
    LocalDate on = career.postedOn;
    String title = "关于%s任职的通知（澜干〔%d〕%d号）".formatted(career.name, on.getYear(), on.getDayOfYear());
    String text =
        """
        %s

        各县（市、区）党委，市直各单位：
        经研究决定，%s任%s%s。

        中共澜源市委组织部
        %d年%d月%d日
        """
            .formatted(
                title,
                career.name,
                written(career.unit),
                career.postings.getLast().post(),
                on.getYear(),
                on.getMonthValue(),
                on.getDayOfMonth());
    return new Decision(career.key, "appointment", title, text);
  }

  private static Decision merit(Career career, Career.Award award) {
    String title = "关于给予%s记%s奖励的决定（%s）".formatted(career.name, award.kind(), award.reference());
    return new Decision(
        career.key,
        "award",
        title,
        title
            + "\n\n%s连续三年年度考核优秀，决定给予记%s奖励。\n\n%s\n"
                .formatted(career.name, award.kind(), award.on()));
  }

  private String form(Career career, boolean unclear) {
    Map<String, @Nullable String> elements = new LinkedHashMap<>();
    Background.Joined joined = new Background(career, names).affiliation();
    List<Background.Study> studies = new Background(career, names).studies();
    elements.put("XingMing", career.name.length() == 2 ? spaced(career.name) : career.name);
    elements.put("XingBie", career.woman ? "女" : "男");
    elements.put("ChuShengNianYue", MONTH.format(career.born));
    elements.put("MinZu", career.ethnicGroup);
    elements.put("JiGuan", new Background(career, names).nativePlace());
    elements.put("ChuShengDi", new Background(career, names).nativePlace());
    elements.put("RuDangShiJian", joined(joined));
    elements.put("CanJiaGongZuoShiJian", MONTH.format(career.beganWork));
    elements.put("JianKangZhuangKuang", "健康");
    elements.put("ZhuanYeJiShuZhiWu", "");
    elements.put("ShuXiZhuanYeYouHeZhuanChang", studies.getFirst().major());
    for (Background.Study study : studies) {
      String start = study.kind().equals("全日制") ? "QuanRiZhiJiaoYu_" : "ZaiZhiJiaoYu_";
      elements.put(start + "XueLi", study.title());
      elements.put(start + "XueWei", study.degree());
      elements.put(start + "XueLi_BiYeYuanXiaoXi", study.school() + study.major() + "专业");
    }
    elements.put("XianRenZhiWu", written(career.unit) + career.postings.getLast().post());
    elements.put("JianLi", resume(career, studies, unclear));
    elements.put("JiangChengQingKuang", rewards(career));
    elements.put(
        "NianDuKaoHeJieGuo",
        career.grades.stream()
            .skip(Math.max(0, career.grades.size() - 3))
            .map(grade -> "%d年年度考核%s".formatted(grade.year(), grade.grade()))
            .collect(Collectors.joining("；", "", "。")));
    elements.put("ChengBaoDanWei", written(career.unit));
    elements.put(
        "JiSuanNianLingShiJian", prefecture.asOf().format(DateTimeFormatter.BASIC_ISO_DATE));
    elements.put("TianBiaoShiJian", prefecture.asOf().format(DateTimeFormatter.BASIC_ISO_DATE));
    elements.put("ShenFenZheng", new Background(career, names).identityNumber());
    elements.put("ZhaoPian", portrait(career));
    elements.put("Version", "3.2.1.16");
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Person>");
    elements.forEach(
        (name, text) ->
            xml.append("\r\n  <%1$s>%2$s</%1$s>".formatted(name, text == null ? "" : text)));
    xml.append("\r\n  <JiaTingChengYuan>");
    for (Background.Relative relative : new Background(career, names).family()) {
      xml.append(
          "<Item><ChengWei>%s</ChengWei><XingMing>%s</XingMing><ChuShengRiQi>%s</ChuShengRiQi><ZhengZhiMianMao>%s</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>%s</GongZuoDanWeiJiZhiWu></Item>"
              .formatted(
                  relative.relation(),
                  relative.name(),
                  MONTH.format(relative.born()),
                  relative.affiliation(),
                  relative.employment()));
    }
    return xml.append("</JiaTingChengYuan>\r\n</Person>\r\n").toString();
  }

  private static String spaced(String name) {
    return name.charAt(0) + "　" + name.charAt(1);
  }

  private static String joined(Background.Joined joined) {
    LocalDate since = joined.since();
    return since != null && joined.affiliation().equals("中共党员")
        ? MONTH.format(since)
        : joined.affiliation();
  }

  /** Studies first, then the regular posts in their order; what went beside them in brackets. */
  private static String resume(Career career, List<Background.Study> studies, boolean unclear) {
    StringBuilder lines = new StringBuilder();
    studies.stream()
        .filter(study -> study.kind().equals("全日制"))
        .forEach(
            study ->
                lines.append(
                    "%s--%s  %s%s专业学习\r\n"
                        .formatted(
                            DOTTED.format(study.from()),
                            DOTTED.format(study.to()),
                            study.school(),
                            study.major())));
    if (unclear) {
      // A month there is none of, as somebody mistyped it.
      int year = career.beganWork.getYear() - 1;
      lines.append("%d.13--%d.06  乡镇企业办公室帮助工作\r\n".formatted(year, year + 1));
    }
    for (Career.Posting posting : career.postings) {
      if (posting.kind().equals(Career.REGULAR) && posting.from() != null) {
        lines.append(
            "%s--%s  %s%s\r\n"
                .formatted(
                    DOTTED.format(posting.from()),
                    posting.to() == null ? "       " : DOTTED.format(posting.to()),
                    written(posting.unit()),
                    posting.post()));
      }
    }
    return lines.toString().stripTrailing();
  }

  private static String rewards(Career career) {
    String all =
        career.awards.stream()
            .filter(Career.Award::granted)
            .filter(award -> !award.kind().equals("嘉奖"))
            .map(
                award ->
                    "%d年%d月，经澜源市人力资源和社会保障局批准，记%s"
                        .formatted(award.on().getYear(), award.on().getMonthValue(), award.kind()))
            .collect(Collectors.joining("；"));
    return all.isEmpty() ? "无" : all + "。";
  }

  /** As a form writes a unit: a township with its county. */
  private static String written(Unit unit) {
    Unit parent = unit.parent();
    return unit.isTownship() && parent != null ? parent.name() + unit.name() : unit.name();
  }

  /** A figure nobody could be: head and shoulders in one colour each. */
  private static String portrait(Career career) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    float hue = Long.parseLong(career.key) % 97 / 97f;
    graphics.setColor(new Color(0x6a, 0x9b, 0xd1));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(Color.getHSBColor(hue, 0.25f, 0.35f));
    graphics.fillOval(20, 310, WIDTH - 40, 330);
    graphics.setColor(new Color(0xe8, 0xc9, 0xa8));
    graphics.fillOval(118, 110, 140, 180);
    graphics.setColor(new Color(0x2b, 0x24, 0x20));
    graphics.fillArc(108, 90, 160, career.woman ? 230 : 130, 0, 180);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
