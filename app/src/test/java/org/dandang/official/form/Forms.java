package org.dandang.official.form;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Forms of invented people, for tests. */
public final class Forms {
  public static final String RESUME =
      """
      1998.09--2002.07  贵州大学法学院法学专业学习
      2002.07--2005.03  清溪县青石镇人民政府科员（其间：2003.03--2004.03 挂职任清溪县教育局办公室副主任）
      2005.03--2011.06  清溪县教育局科员、副股长
      2011.06--2016.11  清溪县教育局副局长
                        （2012.09--2015.07 中央党校研究生班经济管理专业学习）
      2016.11--2019.05  清溪县青石镇党委副书记、镇长
      2019.05--         清溪县教育局党组书记、局长\
      """;

  private final Map<String, String> elements = new LinkedHashMap<>();
  private String family =
      "<Item><ChengWei>妻子</ChengWei><XingMing>李 梅</XingMing><ChuShengRiQi>198203</ChuShengRiQi>"
          + "<ZhengZhiMianMao>群众</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>清溪县医院护士</GongZuoDanWeiJiZhiWu></Item>"
          + "<Item><ChengWei></ChengWei><XingMing/></Item>";

  private Forms() {}

  /** Zeng Wu, born in March 1980, with everything a form usually says. */
  public static Forms usual() {
    return new Forms()
        .with("XingMing", "曾 武")
        .with("XingBie", "男")
        .with("ChuShengNianYue", "198003")
        .with("MinZu", "布依族")
        .with("JiGuan", "贵州清溪")
        .with("ChuShengDi", "贵州清溪")
        .with("RuDangShiJian", "200106")
        .with("CanJiaGongZuoShiJian", "2002.07")
        .with("JianKangZhuangKuang", "健康")
        .with("QuanRiZhiJiaoYu_XueLi", "大学")
        .with("QuanRiZhiJiaoYu_XueWei", "法学学士")
        .with("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "贵州大学法学院法学专业")
        .with("ZaiZhiJiaoYu_XueLi", "中央党校研究生")
        .with("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "中央党校研究生班经济管理专业")
        .with("XianRenZhiWu", "清溪县教育局党组书记、局长")
        .with("JianLi", RESUME.replace("\n", "\r\n"))
        .with("JiangChengQingKuang", "2015年12月，经中共清溪县委批准，授予优秀共产党员；2017年5月，被清溪县纪委给予党内警告处分。")
        .with("NianDuKaoHeJieGuo", "2020年年度考核优秀;2021年、2022年年度考核称职。")
        .with("ShenFenZheng", "11010519800307771" + IdentityDigit.of("11010519800307771"))
        .with("Version", "3.2.1.6");
  }

  public Forms with(String element, String text) {
    elements.put(element, text);
    return this;
  }

  public Forms without(String element) {
    elements.remove(element);
    return this;
  }

  public Forms family(String items) {
    family = items;
    return this;
  }

  public Forms photo(byte[] image) {
    return with("ZhaoPian", Base64.getEncoder().encodeToString(image));
  }

  public String xml() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Person>\n");
    elements.forEach((name, text) -> xml.append("  <" + name + ">" + text + "</" + name + ">\n"));
    return xml.append("  <JiaTingChengYuan>" + family + "</JiaTingChengYuan>\n</Person>")
        .toString();
  }

  public byte[] bytes() {
    return xml().getBytes(StandardCharsets.UTF_8);
  }

  public byte[] gbk() {
    return xml().getBytes(Charset.forName("GBK"));
  }

  private static final class IdentityDigit {
    static char of(String seventeen) {
      return org.dandang.official.register.IdentityNumber.checkDigit(seventeen);
    }
  }
}
