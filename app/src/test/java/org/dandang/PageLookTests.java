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
  /**
   * Every page in every language and width; the short form leaves out half of them: it looks at
   * each page in Chinese on the desk, in English on the phone, and in traditional characters on the
   * one or the other.
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
    return Boolean.getBoolean("dandang.long")
        || switch (language) {
          case "zh-CN" -> desk;
          case "en" -> !desk;
          default -> desk == (at % 2 == 0);
        };
  }

  @ParameterizedTest
  @MethodSource("looks")
  void fitsTheScreenAndIsAccessible(Look look) {
    Page page = open(look);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", look + ".png"))
            .setFullPage(true));
    assertThat(page.getAttribute("html", "lang")).isEqualTo(look.language());
    for (Locator navigation : page.locator("body > nav, header nav").all()) {
      assertThat(navigation.boundingBox().height).as("navigation is hidden").isGreaterThan(15);
    }
    assertThat(wide(page)).as("reaches beyond the screen").isEmpty();
    assertThat(violations(page)).as("not accessible").isEmpty();
  }
}
