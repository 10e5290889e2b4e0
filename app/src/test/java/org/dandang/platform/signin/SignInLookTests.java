package org.dandang.platform.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;
import org.dandang.Chromium;
import org.dandang.Dandang;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** The pages that are met only on the way: each fits desk and phone and is accessible. */
@SpringBootTest(
    classes = Dandang.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "dandang.password.cost=4",
      "dandang.step-up.within=15s",
      "dandang.oidc.issuer=http://localhost:9/",
      "dandang.oidc.client-id=x",
      "dandang.oidc.client-secret=x",
      "dandang.oidc.name=统一身份认证"
    })
@ContextConfiguration(initializers = DandangTest.FreshDatabase.class)
class SignInLookTests {
  private static final String PASSWORD = "a long password";
  private static final boolean LONG = Boolean.getBoolean("dandang.long");

  private record Walk(String language, int width) {}

  /** The short form walks in each language once. */
  private static List<Walk> walks() {
    return LONG
        ? Stream.of("zh-CN", "zh-Hant", "en")
            .flatMap(language -> Stream.of(1366, 390).map(width -> new Walk(language, width)))
            .toList()
        : List.of(new Walk("zh-CN", 1366), new Walk("zh-Hant", 390), new Walk("en", 390));
  }

  @LocalServerPort int port;
  @Autowired Accounts accounts;

  private final List<String> wrong = new ArrayList<>();

  @Test
  void everyPageOnTheWayFitsAndIsAccessible() {
    try (Chromium chromium = Chromium.launch()) {
      for (Walk walk : walks()) {
        try (BrowserContext context = chromium.context();
            Page page = context.newPage()) {
          page.setViewportSize(walk.width(), 850);
          context.addCookies(
              List.of(new Cookie("language", walk.language()).setDomain("localhost").setPath("/")));
          walk(page, walk.language() + "-" + walk.width());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private void walk(Page page, String look) {
    String name = "walker-" + look.toLowerCase(Locale.ROOT);
    long account =
        accounts.create(name, "王组干", PASSWORD, Role.SECURITY_ADMINISTRATOR, null, "test");
    String temporary = accounts.resetPassword(account, "test");
    page.navigate(address("/sign-in?unknown"));
    look(page, "door-" + look);
    signIn(page, name, temporary);
    look(page, "temporary-" + look);
    page.fill("#present", temporary);
    page.fill("#wanted", name + " and more");
    page.fill("#again", name + " and more");
    page.keyboard().press("Enter");
    page.waitForSelector(".alert-danger");
    look(page, "password-refused-" + look);
    page.fill("#present", temporary);
    page.fill("#wanted", PASSWORD);
    page.fill("#again", PASSWORD);
    page.keyboard().press("Enter");
    page.waitForSelector(".alert-success");
    page.navigate(address("/account"));
    page.waitForURL("**/account/**");
    confirm(page);
    page.waitForURL("**/account/authenticator**");
    look(page, "authenticator-" + look);
    byte[] secret =
        new Base32().decode(page.locator("details code").textContent().replace(" ", ""));
    keep(page, secret);
    look(page, "recovery-codes-" + look);
    page.navigate(address("/account"));
    look(page, "account-" + look);
    page.navigate(address("/account/confirm"));
    look(page, "confirm-" + look);
    page.locator("form[action='/sign-out'] button").click();
    page.waitForURL("**/sign-in?left");
    signIn(page, name, PASSWORD);
    page.waitForURL("**/sign-in/second");
    look(page, "second-" + look);
    page.fill("#code", "000000");
    page.keyboard().press("Enter");
    page.waitForURL("**refused");
    look(page, "second-refused-" + look);
  }

  private void keep(Page page, byte[] secret) {
    page.fill("#code", Authenticators.code(secret, Instant.now()));
    page.keyboard().press("Enter");
    page.waitForSelector("ol.codes, #password");
    if (page.url().endsWith("/account/confirm")) {
      confirm(page);
      page.waitForURL("**/account/authenticator**");
      page.fill("#code", Authenticators.code(secret, Instant.now()));
      page.keyboard().press("Enter");
    }
    page.waitForSelector("ol.codes");
  }

  /** Where the walk took longer than a confirmation lasts. */
  private static void confirm(Page page) {
    if (page.url().endsWith("/account/confirm")) {
      page.fill("#password", PASSWORD);
      page.keyboard().press("Enter");
    }
  }

  private void look(Page page, String name) {
    if (LONG) {
      Chromium.picture(page, name);
    }
    Chromium.wide(page).forEach(what -> wrong.add(name + " reaches beyond the screen: " + what));
    Chromium.violations(page).forEach(what -> wrong.add(name + " " + what));
  }

  private void signIn(Page page, String name, String password) {
    page.navigate(address("/sign-in"));
    page.fill("#name", name);
    page.fill("#password", password);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.endsWith("/sign-in"));
  }

  private String address(String path) {
    return "http://localhost:" + port + path;
  }
}
