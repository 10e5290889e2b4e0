package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dandang.demonstration.DemonstrationAccounts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every page as people meet it: in a real browser, in three languages, on a desk and on a phone.
 */
class PageLookTests extends InTheBrowser {
  private static final boolean LONG = Boolean.getBoolean("dandang.long");

  @Autowired DemonstrationAccounts demonstrationAccounts;

  /**
   * With matters of protection that people have gone through, so that their pages are not empty.
   */
  @BeforeAll
  void accountsOfTheDemonstration() {
    demonstrationAccounts.open();
  }

  /**
   * Every page in every language and width; the short form looks at each page in Chinese on the
   * desk and in English on the phone, at every third in traditional characters instead, on the one
   * or the other.
   */
  static Stream<Look> looks() {
    return IntStream.range(0, Places.ALL.size())
        .boxed()
        .flatMap(
            at ->
                WIDTHS.stream()
                    .flatMap(
                        width ->
                            LANGUAGES.stream()
                                .filter(language -> isLookedAt(at, language, width))
                                .map(language -> new Look(Places.ALL.get(at), language, width))));
  }

  private static boolean isLookedAt(int at, String language, Width width) {
    boolean desk = width == WIDTHS.getFirst();
    boolean traditional = at % 6 == (desk ? 0 : 3);
    return LONG
        || switch (language) {
          case "zh-CN" -> desk && !traditional;
          case "en" -> !desk && !traditional;
          default -> traditional;
        };
  }

  /** The short form searches each page once: the one on the desk, the next on the phone. */
  private static boolean isSearched(Look look) {
    boolean desk = look.width() == WIDTHS.getFirst();
    return LONG || desk == (Places.ALL.indexOf(look.place()) % 2 == 0);
  }

  /** The long form keeps a picture of every look, the short form of those that fail. */
  @ParameterizedTest
  @MethodSource("looks")
  void fitsTheScreenAndIsAccessible(Look look) {
    Page page = open(look);
    if (LONG) {
      Chromium.picture(page, look.toString());
    }
    try {
      assertThat(page.getAttribute("html", "lang")).isEqualTo(look.language());
      assertThat(Chromium.hiddenNavigation(page)).as("navigation is hidden").isEmpty();
      assertThat(Chromium.wide(page)).as("reaches beyond the screen").isEmpty();
      if (isSearched(look)) {
        assertThat(Chromium.violations(page)).as("not accessible").isEmpty();
      }
    } catch (AssertionError wrong) {
      Chromium.picture(page, look.toString());
      throw wrong;
    }
  }
}
