package org.dandang.official.register;

import com.github.houbb.pinyin.constant.enums.PinyinStyleEnum;
import com.github.houbb.pinyin.util.PinyinHelper;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a person's name is read: pinyin without tones or gaps ("ouyangxiu", ü as v) and its initials
 * ("oyx"). A surname is read as surnames are: 单 is shan, 曾 zeng. Kept for one import.
 */
public final class NameReading {
  private static final Map<String, String> SURNAMES = surnames();

  private final Map<Character, String> readings = new HashMap<>();

  /**
   * @param pinyin lower case letters and digits only; empty where nothing can be read
   * @param initials one letter a character or, in other scripts, a word
   */
  public record Reading(String pinyin, String initials) {}

  public Reading read(String name) {
    StringBuilder pinyin = new StringBuilder();
    StringBuilder initials = new StringBuilder();
    int at = 0;
    if (name.length() > 2 && SURNAMES.get(name.substring(0, 2)) instanceof String compound) {
      for (String syllable : compound.split(" ", -1)) {
        pinyin.append(syllable);
        initials.append(syllable.charAt(0));
      }
      at = 2;
    } else if (name.length() > 1 && SURNAMES.get(name.substring(0, 1)) instanceof String single) {
      pinyin.append(single);
      initials.append(single.charAt(0));
      at = 1;
    }
    boolean inWord = false;
    for (int i = at; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isIdeographic(c)) {
        String syllable = readings.computeIfAbsent(c, NameReading::reading);
        if (!syllable.isEmpty()) {
          pinyin.append(syllable);
          initials.append(syllable.charAt(0));
        }
        inWord = false;
      } else if (Character.isLetterOrDigit(c)) {
        String lower = String.valueOf(c).toLowerCase(Locale.ROOT);
        pinyin.append(lower);
        if (!inWord) {
          initials.append(lower);
        }
        inWord = true;
      } else {
        inWord = false;
      }
    }
    return new Reading(pinyin.toString(), initials.toString());
  }

  private static String reading(char c) {
    String found = PinyinHelper.toPinyin(String.valueOf(c), PinyinStyleEnum.NORMAL);
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < found.length(); i++) {
      char letter = found.charAt(i) == 'ü' ? 'v' : found.charAt(i);
      if (letter >= 'a' && letter <= 'z') {
        letters.append(letter);
      }
    }
    return letters.toString();
  }

  private static Map<String, String> surnames() {
    Map<String, String> all = new HashMap<>();
    String single =
        "单shan 曾zeng 仇qiu 解xie 查zha 区ou 任ren 华hua 朴piao 尉wei 乐yue 盖ge 缪miao 冼xian "
            + "翟zhai 种chong 重chong 黑he 折she 秘bi 洗xian 员yun 繁po 召shao 逄pang 句gou 隗wei 纪ji "
            + "哈ha 柏bai 卜bu 晁chao 谌chen 佴nai 洪hong 燕yan 应ying 於yu 藏zang 宁ning 那na 阚kan 葛ge "
            + "俞yu 覃qin 车che 长zhang 石shi 沈shen 贾jia 万wan 令ling 过guo 牟mu 郗xi 仝tong 嵇ji 褚chu "
            + "适kuo 隽juan 祭zhai 宿su 乜nie 幺yao 要yao 教jiao 角jue 都du 能nai 盛sheng 行xing 相xiang 曲qu";
    for (String entry : single.split(" ", -1)) {
      all.put(entry.substring(0, 1), entry.substring(1));
    }
    String compound =
        "欧阳ou yang,司马si ma,上官shang guan,诸葛zhu ge,东方dong fang,皇甫huang fu,尉迟yu chi,"
            + "公孙gong sun,长孙zhang sun,慕容mu rong,司徒si tu,令狐ling hu,夏侯xia hou,宇文yu wen,"
            + "轩辕xuan yuan,端木duan mu,南宫nan gong,百里bai li,东郭dong guo,万俟mo qi,澹台tan tai,"
            + "单于chan yu,赫连he lian,淳于chun yu,太史tai shi,申屠shen tu,钟离zhong li,呼延hu yan,"
            + "公冶gong ye,闻人wen ren,独孤du gu,鲜于xian yu,闾丘lv qiu,亓官qi guan,司空si kong,"
            + "濮阳pu yang,纳兰na lan,拓跋tuo ba,第五di wu,西门xi men,左丘zuo qiu,梁丘liang qiu";
    for (String entry : compound.split(",", -1)) {
      all.put(entry.substring(0, 2), entry.substring(2));
    }
    return Map.copyOf(all);
  }
}
