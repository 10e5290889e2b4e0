package org.dandang;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real browser, as the tests of pages start it and look at pages in it. */
public record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
  private static final String AXE = AxeBuilder.getAxeScript();

  public static Chromium launch() {
    Path program = program();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync"))));
  }

  private static Path program() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "The browser tests need Chromium: no chromium, chromium-browser or"
                        + " google-chrome on the PATH."));
  }

  /** Somebody's browser. */
  public BrowserContext context() {
    return context(new Browser.NewContextOptions());
  }

  /** Somebody's browser; patient, because machines that test are busy. */
  public BrowserContext context(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(180_000);
    return context;
  }

  /** What makes the document wider than the screen. */
  public static List<?> wide(Page page) {
    return (List<?>)
        page.evaluate(
            """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 1)
                .map(e => e.tagName + '.' + e.getAttribute('class') + ' ' + Math.round(e.getBoundingClientRect().right))
                .slice(0, 8);
            }
            """);
  }

  /** Navigation that is there and cannot be seen. */
  public static List<?> hiddenNavigation(Page page) {
    return (List<?>)
        page.evaluate(
            """
            () => [...document.querySelectorAll('body > nav, header nav')]
              .filter(e => e.getBoundingClientRect().height <= 15)
              .map(e => e.outerHTML.slice(0, 200))
            """);
  }

  /** What axe finds serious; looked through in the browser, whose whole report is large. */
  public static List<?> violations(Page page) {
    page.evaluate(AXE);
    return (List<?>)
        page.evaluate(
            """
            async () => {
              const found = await axe.run(document, {resultTypes: ['violations']});
              return found.violations
                .filter(rule => ['serious', 'critical'].includes(rule.impact))
                .map(rule => rule.id + ': ' + rule.nodes.map(n => n.target + ' ' + n.html).join(', '));
            }
            """);
  }

  /** Kept among the screenshots of the build. */
  public static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", name + ".png"))
            .setFullPage(true));
  }

  @Override
  public void close() {
    playwright.close();
  }
}
