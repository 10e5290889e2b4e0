package org.dandang.demonstration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The units of an invented prefecture. Its name and those of its counties exist nowhere. */
final class Place {
  private static final List<String> COUNTIES =
      List.of("澜城区", "东沅区", "平岭市", "云峤县", "石涧县", "青溆县", "龙坞县", "禾洲县", "临澜县", "怀岑县", "南岫苗族自治县");
  private static final List<Integer> COUNTY_HARDSHIP = List.of(0, 0, 0, 1, 2, 1, 2, 0, 1, 3, 4);

  private static final String FIRST = "大新石东南白高西金黄长双永沙安上河北太水青兴江红下天木八花凤柳清九洪梅富横玉茶桃";
  private static final String SECOND = "山河桥溪口集阳江店塘家坪头田林泉坝岗湖寨关岭川沟庙峰湾源坊井滩堡坡营";

  /** Departments of a county, in the order in which they are made. */
  private static final List<String> COUNTY_DEPARTMENTS =
      List.of(
          "委办公室",
          "委组织部",
          "纪委监委",
          "委宣传部",
          "人民政府办公室",
          "财政局",
          "教育体育局",
          "农业农村局",
          "乡村振兴局",
          "发展和改革局",
          "公安局",
          "民政局",
          "人力资源和社会保障局",
          "自然资源局",
          "住房和城乡建设局",
          "交通运输局",
          "水务局",
          "卫生健康局",
          "应急管理局",
          "审计局",
          "市场监督管理局",
          "林业和草原局");

  private static final List<String> CITY_DEPARTMENTS =
      List.of(
          "市委办公室",
          "市委组织部",
          "市纪委监委",
          "市委宣传部",
          "市人民政府办公室",
          "市财政局",
          "市教育体育局",
          "市农业农村局",
          "市乡村振兴局",
          "市发展和改革委员会",
          "市公安局",
          "市民政局",
          "市人力资源和社会保障局",
          "市自然资源和规划局",
          "市住房和城乡建设局",
          "市交通运输局",
          "市水务局",
          "市卫生健康委员会",
          "市应急管理局",
          "市审计局",
          "市市场监督管理局",
          "市林业和草原局",
          "市委统战部",
          "市委政法委",
          "市工业和信息化局",
          "市科学技术局",
          "市司法局",
          "市生态环境局",
          "市商务局",
          "市文化和旅游局");

  private static final List<String> ENTERPRISES =
      List.of("城市建设投资有限公司", "水务有限公司", "交通发展有限公司", "农业开发有限公司", "文化旅游投资有限公司", "公共交通有限公司");

  private final RandomGenerator random;
  private final Size size;
  private final List<Unit> units = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private Place(Size size, RandomGenerator random) {
    this.size = size;
    this.random = random;
  }

  /** Parents stand before what lies below them. */
  static List<Unit> invented(Size size, RandomGenerator random) {
    Place place = new Place(size, random);
    place.prefecture();
    return List.copyOf(place.units);
  }

  private void prefecture() {
    List<Unit.Post> leading = new ArrayList<>();
    leading.addAll(posts(121, "市委书记", "市委副书记、市长", "市人大常委会主任", "市政协主席"));
    leading.addAll(
        posts(
            122,
            "市委副书记",
            "市委常委、常务副市长",
            "市委常委、组织部部长",
            "市委常委、宣传部部长",
            "市委常委、纪委书记",
            "市委常委、政法委书记",
            "副市长",
            "副市长",
            "副市长",
            "市人大常委会副主任",
            "市政协副主席"));
    Unit city =
        add(
            "990100",
            "澜源市",
            "市",
            "市级",
            null,
            null,
            -1,
            size == Size.SMALL ? leading.subList(0, 5) : leading,
            0);
    int number = 0;
    for (String name : CITY_DEPARTMENTS.subList(0, size.cityDepartments())) {
      number++;
      cityDepartment(city, "9901B%02d".formatted(number), name, "部门", 40 + random.nextInt(36));
    }
    for (int i = 0; i < size.cityDepartments() / 5; i++) {
      cityDepartment(
          city,
          "9901E%02d".formatted(i + 1),
          "澜源市" + ENTERPRISES.get(i),
          "企业",
          20 + random.nextInt(20));
      cityDepartment(
          city, "9901S%02d".formatted(i + 1), "澜源市第%s中学".formatted("一二三四五六".charAt(i)), "学校", 30);
    }
    for (int county = 0; county < size.counties(); county++) {
      county(city, county);
    }
  }

  private void cityDepartment(Unit city, String code, String name, String kind, int staff) {
    List<Unit.Post> leading = new ArrayList<>();
    if (kind.equals("部门")) {
      leading.addAll(posts(131, name.endsWith("局") ? "局长" : "主要负责人"));
      String deputy = name.endsWith("局") ? "副局长" : "副主任";
      leading.addAll(posts(132, deputy, deputy, deputy));
      for (String section : List.of("办公室", "人事科", "法规科", "规划科", "督查科", "综合科", "业务科", "监督科")) {
        leading.addAll(posts(141, section + (section.equals("办公室") ? "主任" : "长")));
        leading.addAll(posts(142, section + (section.equals("办公室") ? "副主任" : "副科长")));
      }
      if (size == Size.SMALL) {
        leading = new ArrayList<>(leading.subList(0, 10));
      }
    } else {
      String head = kind.equals("企业") ? "总经理" : "校长";
      leading.addAll(posts(141, head));
      leading.addAll(posts(142, "副" + head, "副" + head));
    }
    add(code, name, kind, "市直部门", city, null, -1, leading, staff * size.staffPercent() / 100);
  }

  private void county(Unit city, int county) {
    String name = COUNTIES.get(county);
    String word = name.endsWith("区") ? "区" : name.endsWith("市") ? "市" : "县";
    String prefix = "9901%02d".formatted(county + 1);
    List<Unit.Post> leading = new ArrayList<>();
    leading.addAll(
        posts(131, word + "委书记", word + "委副书记、" + word + "长", word + "人大常委会主任", word + "政协主席"));
    leading.addAll(
        posts(
            132,
            word + "委副书记",
            word + "委常委、常务副" + word + "长",
            word + "委常委、组织部部长",
            word + "委常委、宣传部部长",
            word + "委常委、纪委书记",
            word + "委常委、政法委书记",
            "副" + word + "长",
            "副" + word + "长",
            "副" + word + "长",
            "副" + word + "长",
            word + "人大常委会副主任",
            word + "政协副主席"));
    Unit root =
        add(
            prefix,
            name,
            word,
            "县级",
            city,
            null,
            county,
            size == Size.SMALL ? leading.subList(0, 7) : leading,
            0);
    int number = 0;
    for (String department : COUNTY_DEPARTMENTS.subList(0, size.countyDepartments())) {
      number++;
      boolean bureau = department.endsWith("局");
      List<Unit.Post> posts = new ArrayList<>(posts(141, bureau ? "局长" : "主任"));
      String deputy = bureau ? "副局长" : "副主任";
      posts.addAll(posts(142, deputy, deputy, deputy));
      String shown =
          department.startsWith("委") || department.startsWith("纪") ? word + department : department;
      add(
          prefix + "B%02d".formatted(number),
          name + shown,
          "部门",
          "县直部门",
          root,
          null,
          county,
          posts,
          (18 + random.nextInt(26)) * size.staffPercent() / 100);
    }
    add(
        prefix + "E01",
        name + ENTERPRISES.get(county % ENTERPRISES.size()),
        "企业",
        "县直部门",
        root,
        null,
        county,
        posts(142, "总经理", "副总经理"),
        15 * size.staffPercent() / 100);
    for (int i = 1; i <= 2; i++) {
      add(
          prefix + "S%02d".formatted(i),
          name + "第%s中学".formatted(i == 1 ? "一" : "二"),
          "学校",
          "县直部门",
          root,
          null,
          county,
          posts(142, "校长", "副校长"),
          20 * size.staffPercent() / 100);
    }
    int townships = size.townships() + (size == Size.SMALL ? 0 : random.nextInt(6) - 2);
    for (int i = 1; i <= townships; i++) {
      township(root, prefix + "1%02d".formatted(i), i <= 2 && county < 3, county);
    }
  }

  private void township(Unit root, String code, boolean street, int county) {
    String name = newName();
    String kind = street ? "街道" : random.nextInt(100) < 62 ? "镇" : "乡";
    List<Unit.Post> leading = new ArrayList<>();
    String head = street ? "街道办事处主任" : kind + "长";
    leading.addAll(
        posts(
            141,
            street ? "街道党工委书记" : kind + "党委书记",
            street ? "街道党工委副书记、" + head : kind + "党委副书记、" + head,
            street ? "街道人大工委主任" : kind + "人大主席"));
    leading.addAll(
        posts(
            142,
            street ? "街道党工委副书记" : kind + "党委副书记",
            street ? "街道纪工委书记" : kind + "纪委书记",
            street ? "街道党工委组织委员" : kind + "党委组织委员",
            street ? "街道党工委宣传委员" : kind + "党委宣传委员",
            "武装部部长",
            street ? "街道办事处副主任" : "副" + head,
            street ? "街道办事处副主任" : "副" + head,
            street ? "街道办事处副主任" : "副" + head));
    if (size == Size.SMALL) {
      leading =
          new ArrayList<>(
              List.of(
                  leading.get(0), leading.get(1), leading.get(4), leading.get(9), leading.get(10)));
    }
    int hardship =
        street ? 0 : Math.clamp(COUNTY_HARDSHIP.get(county) + random.nextInt(4) - 1, 0, 6);
    int remote = random.nextInt(100) < 6 && !street ? 1 : 0;
    add(
        code,
        name + kind,
        kind,
        "乡级",
        root,
        Math.min(6, hardship + remote),
        county,
        leading,
        (24 + random.nextInt(26)) * size.staffPercent() / 100);
  }

  private String newName() {
    while (true) {
      String name =
          ""
              + FIRST.charAt(random.nextInt(FIRST.length()))
              + SECOND.charAt(random.nextInt(SECOND.length()));
      if (names.add(name)) {
        return name;
      }
    }
  }

  private static List<Unit.Post> posts(int level, String... titles) {
    return java.util.Arrays.stream(titles).map(title -> new Unit.Post(title, level)).toList();
  }

  private Unit add(
      String code,
      String name,
      String kind,
      String level,
      @Nullable Unit parent,
      @Nullable Integer hardshipClass,
      int county,
      List<Unit.Post> leading,
      int staff) {
    Unit unit =
        new Unit(
            code, name, kind, level, parent, hardshipClass, county, List.copyOf(leading), staff);
    units.add(unit);
    return unit;
  }
}
