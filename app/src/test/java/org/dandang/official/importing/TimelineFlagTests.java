package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dandang.DandangTest;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DandangTest
class TimelineFlagTests {
  private static final String HEADER = "编号,单位编码,职务,任职类型,开始日期,结束日期\n";
  private static final String FLAGS =
      "select concat_ws('|', f.kind, f.starts_on, f.ends_on) from official.timeline_flag f order by 1";

  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired JdbcClient jdbc;
  Rosters rosters;

  @BeforeEach
  void unitsAndOfficials() {
    rosters = new Rosters(imports, mappings, jdbc);
    rosters.empty();
    rosters.unitsAndOfficials();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1,B,科员,正式,2000-01-01,2005-12-31/1,C,科员,正式,2005-06-01,2007-12-31; overlap|2005-06-01|2006-01-01",
        "1,B,科员,正式,2000-01-01,2005-12-31/1,C,科员,兼任,2005-06-01,2007-12-31; none",
        "1,B,科员,正式,2000-01-01,2005-12-31/1,C,科员,第一书记,2003-06-01,2004-12-31; none",
        "1,B,科员,正式,2000-01-01,/1,C,科员,正式,2005-06-01,; overlap|2005-06-01",
        "1,B,科员,正式,2000-01-01,2005-12-31/1,C,科员,正式,2006-01-01,; none",
        "1,B,科员,正式,2000-01-01,2005-12-31/1,C,科员,正式,2006-02-01,; none",
        "1,B,科员,正式,2000-01-01,2005-12-31/1,C,科员,正式,2006-02-02,; gap|2006-01-01|2006-02-02",
        "1,B,科员,正式,2000-01-01,2005-12-31/2,C,科员,正式,2008-02-02,; none",
        "1,B,科员,正式,2000-01-01,1999-12-30; ends-before-start|2000-01-01|1999-12-31",
        "1,B,科员,正式,2000-01-01,2000-01-01; none",
        "1,B,科员,正式,,2005-12-31; no-start|2006-01-01",
        "1,B,科员,正式,1997-06-30,2005-12-31; before-work|1997-06-30|1997-07-01",
        "1,B,科员,正式,1997-07-01,2005-12-31; none",
      })
  void whatDoesNotFitTogetherIsFlaggedAndItsNeighbourIsNot(String rows, String flag) {
    rosters.take("standard/postings", HEADER + rows.replace('/', '\n') + "\n");
    assertThat(rosters.lines(FLAGS))
        .isEqualTo(flag.equals("none") ? List.of() : List.of(flag.strip()));
  }

  @Test
  void aLongPostingOverlapsEachLaterOneAndHidesNoGap() {
    rosters.take(
        "standard/postings",
        HEADER
            + "1,B,甲,正式,2000-01-01,2009-12-31\n1,C,乙,正式,2001-01-01,2001-12-31\n"
            + "1,A,丙,正式,2003-01-01,2003-12-31\n1,A,丁,正式,2012-01-01,\n");
    assertThat(rosters.lines(FLAGS))
        .containsExactly(
            "gap|2010-01-01|2012-01-01",
            "overlap|2001-01-01|2002-01-01",
            "overlap|2003-01-01|2004-01-01");
  }

  @Test
  void aCorrectionClearsItsFlagAndLeavesThoseOfOthers() {
    rosters.take(
        "standard/postings",
        HEADER + "1,B,科员,正式,2000-01-01,1999-12-01\n2,B,科员,正式,2010-01-01,2009-12-01\n");
    assertThat(rosters.count("official.timeline_flag")).isEqualTo(2);
    rosters.take("standard/postings", HEADER + "1,B,科员,正式,2000-01-01,2009-12-01\n");
    assertThat(rosters.lines(FLAGS)).containsExactly("ends-before-start|2010-01-01|2009-12-02");
  }

  @Test
  void aCorrectedStartOfServiceIsComparedWithTheKnownPostings() {
    rosters.take("standard/postings", HEADER + "1,B,科员,正式,1997-07-01,\n");
    assertThat(rosters.count("official.timeline_flag")).isZero();
    rosters.take("standard/officials", "编号,姓名,参加工作时间\n1,单雄,1998-07-01\n");
    assertThat(rosters.lines(FLAGS)).containsExactly("before-work|1997-07-01|1998-07-01");
  }

  @Test
  void nothingFlaggedIsRepaired() {
    rosters.take("standard/postings", HEADER + "1,B,科员,正式,2000-01-01,1999-12-30\n");
    assertThat(rosters.lines("select concat_ws('|', starts_on, ends_on) from official.posting"))
        .containsExactly("2000-01-01|1999-12-31");
  }
}
