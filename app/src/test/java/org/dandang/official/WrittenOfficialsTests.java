package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;

import org.dandang.DandangTest;
import org.dandang.platform.procedure.Desk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

/** Whom a text means: a key, a key behind a name, a whole name that may have a dot of its own. */
@DandangTest
@Import(Desk.Surroundings.class)
class WrittenOfficialsTests {
  @Autowired ApplicationContext context;
  @Autowired WrittenOfficials written;

  private long official;

  @BeforeEach
  void office() {
    Desk desk = new Desk(context);
    official = desk.official("wo-1·吐尔逊", desk.unit("wo-county", "county", null));
  }

  @Test
  void aNameWithADotIsAWholeName() {
    assertThat(written.meant("某wo-1·吐尔逊")).containsExactly(official);
  }

  @Test
  void partOfANameMeansNobody() {
    assertThat(written.meant("吐尔逊")).isEmpty();
    assertThat(written.meant("某wo-1")).isEmpty();
  }
}
