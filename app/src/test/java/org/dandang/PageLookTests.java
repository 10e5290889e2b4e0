package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page as people meet it: in a real browser, in three languages, on a desk and on a phone.
 */
class PageLookTests extends InTheBrowser {
  private static final boolean LONG = Boolean.getBoolean("dandang.long");

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

  /** The long form keeps a picture of every look, the short form of those that fail. */
  @ParameterizedTest
  @MethodSource("looks")
  void fitsTheScreenAndIsAccessible(Look look) {
    Page page = open(look);
    if (LONG) {
      picture(page, look);
    }
    try {
      assertThat(page.getAttribute("html", "lang")).isEqualTo(look.language());
      for (Locator navigation : page.locator("body > nav, header nav").all()) {
        assertThat(navigation.boundingBox().height).as("navigation is hidden").isGreaterThan(15);
      }
      assertThat(wide(page)).as("reaches beyond the screen").isEmpty();
      assertThat(violations(page)).as("not accessible").isEmpty();
    } catch (AssertionError wrong) {
      picture(page, look);
      throw wrong;
    }
  }

  private static void picture(Page page, Look look) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", look + ".png"))
            .setFullPage(true));
  }
}
