package org.dandang.official.form;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The elements of a form, in the order they are written. */
public enum FormElement {
  NAME("XingMing"),
  SEX("XingBie"),
  BORN("ChuShengNianYue"),
  ETHNIC_GROUP("MinZu"),
  NATIVE_PLACE("JiGuan"),
  BIRTHPLACE("ChuShengDi"),
  JOINED_PARTY("RuDangShiJian"),
  BEGAN_WORK("CanJiaGongZuoShiJian"),
  HEALTH("JianKangZhuangKuang"),
  TECHNICAL_POST("ZhuanYeJiShuZhiWu"),
  SPECIALITY("ShuXiZhuanYeYouHeZhuanChang"),
  FULL_TIME_EDUCATION("QuanRiZhiJiaoYu_XueLi"),
  FULL_TIME_DEGREE("QuanRiZhiJiaoYu_XueWei"),
  FULL_TIME_SCHOOL("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi"),
  FULL_TIME_DEGREE_SCHOOL("QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi"),
  IN_SERVICE_EDUCATION("ZaiZhiJiaoYu_XueLi"),
  IN_SERVICE_DEGREE("ZaiZhiJiaoYu_XueWei"),
  IN_SERVICE_SCHOOL("ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi"),
  IN_SERVICE_DEGREE_SCHOOL("ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi"),
  POST("XianRenZhiWu"),
  PROPOSED_POST("NiRenZhiWu"),
  POST_TO_LEAVE("NiMianZhiWu"),
  RESUME("JianLi"),
  REWARDS_AND_PENALTIES("JiangChengQingKuang"),
  ASSESSMENTS("NianDuKaoHeJieGuo"),
  REASON("RenMianLiYou"),
  FAMILY("JiaTingChengYuan"),
  REPORTING_UNIT("ChengBaoDanWei"),
  AGE_AS_OF("JiSuanNianLingShiJian"),
  FILLED_IN_ON("TianBiaoShiJian"),
  FILLED_IN_BY("TianBiaoRen"),
  NUMBER("ShenFenZheng"),
  PHOTO("ZhaoPian"),
  VERSION("Version");

  private static final Map<String, FormElement> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(FormElement::xml, Function.identity()));

  private final String xml;

  FormElement(String xml) {
    this.xml = xml;
  }

  /** Its name in the file. */
  public String xml() {
    return xml;
  }

  /** Whether its text has lines of its own. */
  public boolean hasLines() {
    return this == RESUME || this == REWARDS_AND_PENALTIES || this == ASSESSMENTS;
  }

  public static Optional<FormElement> of(String xml) {
    return Optional.ofNullable(BY_NAME.get(xml));
  }
}
