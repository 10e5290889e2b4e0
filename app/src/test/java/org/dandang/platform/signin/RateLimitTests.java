package org.dandang.platform.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.ErrorPages;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route there is has a limit, and it holds. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(
    properties = {
      "dandang.password.cost=4",
      "dandang.limits.sign-in=3/1h",
      "dandang.limits.name=2/1h",
      "dandang.limits.read=3/1h",
      "dandang.limits.change=3/1h",
      "dandang.limits.export=2/1h",
      "dandang.limits.asset=3/1h"
    })
class RateLimitTests {
  private static final String PASSWORD = "a long password";

  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping routes;

  private int addresses;

  @Test
  void everyRouteHoldsItsLimit() throws Exception {
    List<String> wrong = new ArrayList<>();
    Set<Limit> seen = EnumSet.noneOf(Limit.class);
    int number = 0;
    for (RequestMappingInfo info : routes.getHandlerMethods().keySet()) {
      Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
      for (String pattern : info.getPatternValues()) {
        for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
          String path = pattern.replaceAll("\\{[^}]*}|\\*+", "1");
          SignedIn account = account("caller" + ++number);
          Limit limit = RateLimits.of(method.name(), path);
          seen.add(limit);
          for (int i = 1; i <= 4; i++) {
            int status = status(method.asHttpMethod(), path, account);
            if (i <= 2 && status == 429 || i == 4 && status != 429) {
              wrong.add("%s %s, request %d: %d".formatted(method, path, i, status));
            }
          }
          addresses++;
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen).contains(Limit.READ, Limit.CHANGE, Limit.SIGN_IN);
  }

  private int status(HttpMethod verb, String path, SignedIn account) throws Exception {
    MockHttpServletRequestBuilder asked =
        request(verb, path).with(csrf()).with(user(account)).remoteAddress(address());
    if (!verb.equals(HttpMethod.GET)) {
      asked.contentType("application/x-not-understood");
    }
    try {
      return answer(asked).getStatus();
    } catch (ServletException e) {
      return 500;
    }
  }

  @Test
  void filesAreCountedApart() throws Exception {
    SignedIn account = account("exporter");
    for (int i = 0; i < 2; i++) {
      assertThat(answer(get("/officials/roster.csv").with(user(account))).getStatus())
          .isEqualTo(200);
    }
    assertThat(answer(get("/officials/roster.csv").with(user(account))).getStatus()).isEqualTo(429);
  }

  @Test
  void oneAddressDoesNotKeepAnotherOut() throws Exception {
    addresses += 1000;
    for (int i = 0; i < 4; i++) {
      signIn("nobody" + i, address());
    }
    assertThat(signIn("nobody9", address()).getStatus()).isEqualTo(429);
    addresses++;
    assertThat(signIn("nobody9", address()).getStatus()).isEqualTo(302);
  }

  @Test
  void oneNameIsCountedWhereverItIsTriedFrom() throws Exception {
    for (int i = 0; i < 2; i++) {
      addresses += 2000;
      assertThat(signIn("victim", address()).getStatus()).isEqualTo(302);
    }
    addresses += 2000;
    MockHttpServletResponse refused = signIn(" Victim", address());
    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(Long.parseLong(Objects.requireNonNull(refused.getHeader("Retry-After"))))
        .isBetween(1L, 3600L);
  }

  @Test
  void picturesAndStylesAreCountedByAddress() throws Exception {
    addresses += 9000;
    for (int i = 0; i < 3; i++) {
      assertThat(answer(get("/dandang.css").remoteAddress(address())).getStatus()).isEqualTo(200);
    }
    assertThat(answer(get("/dandang.css").remoteAddress(address())).getStatus()).isEqualTo(429);
  }

  @Test
  void theAnswerSaysWhenToTryAgain() throws Exception {
    addresses += 10_000;
    String page =
        answer(
                get("/error")
                    .remoteAddress(address())
                    .requestAttr(RequestDispatcher.ERROR_STATUS_CODE, 429)
                    .requestAttr(ErrorPages.AGAIN_AT, Instant.parse("2026-11-27T02:03:04Z")))
            .getContentAsString();
    assertThat(page).contains("请求太频繁").contains("10:03:04");
  }

  /** A part of a page is told by the page: what it says stands there in the reader's words. */
  @Test
  void aPartOfAPageThatIsRefusedIsSaidByThePage() throws Exception {
    addresses += 11_000;
    String page =
        answer(get("/account").with(user(account("parts"))).remoteAddress(address()))
            .getContentAsString();
    assertThat(page).contains("id=\"told\"").contains("请在 {0} 秒之后再试");
    String script = answer(get("/dandang.js").remoteAddress(address())).getContentAsString();
    assertThat(script)
        .contains("htmx:responseError")
        .contains("status === 429")
        .contains("Retry-After");
  }

  private SignedIn account(String name) {
    accounts.create(name, name + "同志", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
    return accounts.loadUserByUsername(name);
  }

  private String address() {
    return "10.%d.%d.%d".formatted(addresses / 65536 % 256, addresses / 256 % 256, addresses % 256);
  }

  private MockHttpServletResponse signIn(String name, String address) throws Exception {
    return answer(
        post("/sign-in")
            .param("name", name)
            .param("password", PASSWORD)
            .remoteAddress(address)
            .with(csrf()));
  }

  private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(request).andReturn().getResponse();
  }
}
