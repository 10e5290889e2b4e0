package org.dandang.platform.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import org.dandang.Chromium;
import org.dandang.Dandang;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;

/** Passkeys in a real browser, with an authenticator the browser plays. */
@SpringBootTest(
    classes = Dandang.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"dandang.password.cost=4", "dandang.step-up.within=20s"})
@ContextConfiguration(initializers = DandangTest.FreshDatabase.class)
class PasskeyTests {
  private static final String PASSWORD = "a long password";

  @LocalServerPort int port;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;

  private Chromium chromium;

  @BeforeEach
  void open() {
    for (String name : new String[] {"officer", "second"}) {
      if (!accounts.exists(name)) {
        accounts.create(name, "某同志", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
      }
    }
    jdbc.sql("delete from platform.passkey").update();
    chromium = Chromium.launch();
  }

  @AfterEach
  void close() {
    chromium.close();
  }

  @Test
  void aPasskeyIsAddedSignsInConfirmsAndIsRemoved() {
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      CDPSession devtools = context.newCDPSession(page);
      String authenticator = authenticator(devtools, true);
      signIn(page, "officer");
      add(page, "我的电脑");
      assertThat(page.locator("ul.plain b").first().textContent()).isEqualTo("我的电脑");

      signOut(page);
      page.locator("form[data-passkey='/sign-in/passkey'] button").click();
      page.waitForURL(url -> !url.contains("sign-in"));
      page.navigate(address("/account"));
      assertThat(page.locator("h1").textContent()).contains("officer");
      assertThat(
              jdbc.sql("select signature_count from platform.passkey").query(Long.class).single())
          .isPositive();

      // The password alone no longer does; the passkey is the second step.
      signOut(page);
      page.fill("#name", "officer");
      page.fill("#password", PASSWORD);
      page.keyboard().press("Enter");
      page.waitForURL("**/sign-in/second");
      page.locator("form[data-passkey] button").click();
      page.waitForURL(url -> !url.contains("sign-in"));

      // A file is given after the passkey confirms.
      page.waitForTimeout(20_500);
      page.navigate(address("/officials"));
      page.locator("a[href^='/officials/roster.csv']").first().click();
      page.waitForURL("**/account/confirm");
      assertThat(
              page.waitForDownload(() -> page.locator("form[data-passkey] button").click())
                  .suggestedFilename())
          .matches("officials-[0-9a-f]{8}\\.csv");
      assertThat(page.url()).endsWith("/account/confirm/done");

      page.navigate(address("/account"));
      page.locator("form[action$='/remove'] button").first().click();
      page.waitForURL(url -> url.contains("told=passkey-removed") || url.contains("/confirm"));
      if (page.url().contains("/confirm")) {
        page.locator("form[data-passkey] button").click();
        page.waitForURL("**told=passkey-removed");
      }
      signOut(page);
      page.locator("form[data-passkey='/sign-in/passkey'] button").click();
      page.waitForSelector("form[data-passkey] [role=alert]:not([hidden])");
      assertThat(page.url()).contains("/sign-in");
      remove(devtools, authenticator);
    }
  }

  @Test
  void anAuthenticatorThatDoesNotCheckItsHolderIsRefused() {
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      CDPSession devtools = context.newCDPSession(page);
      authenticator(devtools, false);
      signIn(page, "second");
      page.navigate(address("/account"));
      page.locator("form[data-create] button").click();
      page.waitForSelector("form[data-create] [role=alert]:not([hidden])");
      assertThat(jdbc.sql("select count(*) from platform.passkey").query(Long.class).single())
          .isZero();
    }
  }

  @Test
  void byNumberThePageSaysWherePasskeysWork() {
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      page.navigate("http://127.0.0.1:" + port + "/sign-in");
      assertThat(page.locator("form[data-passkey]").count()).isZero();
      page.fill("#name", "second");
      page.fill("#password", PASSWORD);
      page.keyboard().press("Enter");
      page.waitForURL(url -> !url.contains("sign-in"));
      page.navigate("http://127.0.0.1:" + port + "/account");
      assertThat(page.locator("main").textContent()).contains("http://localhost:" + port);
    }
  }

  private void add(Page page, String label) {
    page.navigate(address("/account"));
    page.fill("#label", label);
    page.locator("form[data-create] button").click();
    page.waitForURL(url -> url.contains("told=passkey-added") || url.contains("/confirm"));
    if (page.url().contains("/confirm")) {
      page.fill("#password", PASSWORD);
      page.keyboard().press("Enter");
      page.waitForURL(url -> url.endsWith("/account"));
      page.fill("#label", label);
      page.locator("form[data-create] button").click();
      page.waitForURL("**told=passkey-added");
    }
  }

  private static String authenticator(CDPSession devtools, boolean checksItsHolder) {
    devtools.send("WebAuthn.enable");
    JsonObject options = new JsonObject();
    options.addProperty("protocol", "ctap2");
    options.addProperty("transport", "internal");
    options.addProperty("hasResidentKey", true);
    options.addProperty("hasUserVerification", checksItsHolder);
    options.addProperty("isUserVerified", checksItsHolder);
    options.addProperty("automaticPresenceSimulation", true);
    JsonObject request = new JsonObject();
    request.add("options", options);
    return devtools
        .send("WebAuthn.addVirtualAuthenticator", request)
        .get("authenticatorId")
        .getAsString();
  }

  private static void remove(CDPSession devtools, String authenticator) {
    JsonObject request = new JsonObject();
    request.addProperty("authenticatorId", authenticator);
    devtools.send("WebAuthn.removeVirtualAuthenticator", request);
  }

  private void signIn(Page page, String name) {
    page.navigate(address("/sign-in"));
    page.fill("#name", name);
    page.fill("#password", PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("sign-in"));
  }

  private void signOut(Page page) {
    page.navigate(address("/account"));
    page.locator("form[action='/sign-out'] button").click();
    page.waitForURL("**/sign-in?left");
  }

  private String address(String path) {
    return "http://localhost:" + port + path;
  }
}
