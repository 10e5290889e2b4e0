package org.dandang.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts a {@link Page} into every model. */
@ControllerAdvice
class PageAdvice {
  private final MessageSource messages;
  private final List<NavigationEntry> navigation;
  private final ZoneId zone;
  private final String version = Long.toString(System.currentTimeMillis(), 36);

  PageAdvice(
      MessageSource messages,
      List<NavigationEntry> navigation,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.messages = messages;
    this.navigation =
        navigation.stream().sorted(Comparator.comparingInt(NavigationEntry::order)).toList();
    this.zone = zone;
  }

  @ModelAttribute("page")
  Page page(
      HttpServletRequest request,
      Locale language,
      @Nullable @AuthenticationPrincipal SignedIn account) {
    CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    String query = request.getQueryString();
    return new Page(
        messages,
        language,
        account,
        account == null
            ? List.of()
            : navigation.stream()
                .filter(entry -> account.isOfficer() != entry.forOfficials())
                .toList(),
        request.getRequestURI() + (query == null ? "" : "?" + query),
        token == null ? "" : token.getHeaderName(),
        token == null ? "" : token.getParameterName(),
        token == null ? "" : token.getToken(),
        version,
        zone);
  }
}
