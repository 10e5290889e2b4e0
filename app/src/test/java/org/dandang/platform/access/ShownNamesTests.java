package org.dandang.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.dandang.DandangTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever did something is called by name. */
@DandangTest
class ShownNamesTests {
  @Autowired ShownNames names;
  @Autowired Accounts accounts;

  @Test
  void anAccountThatIsOpenedLaterIsCalledByItsNameFromThenOn() {
    assertThat(names.of("opened-later")).isEqualTo("opened-later");
    accounts.create("opened-later", "后来的人", "a long password", Role.PANEL_MEMBER, null, "test");
    assertThat(names.of("opened-later")).isEqualTo("后来的人");
    assertThat(names.of("opened-later")).isEqualTo("后来的人");
  }
}
