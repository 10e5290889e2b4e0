package org.dandang.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.Doors;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.ShownNames;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.UnitsAbove;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
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
  private final List<Offered> navigation;
  private final ObjectProvider<UnitsAbove> units;
  private final List<ShellCount> counts;
  private final Doors doors;
  private final ShownNames names;
  private final ZoneId zone;
  private final String version = Long.toString(System.currentTimeMillis(), 36);

  private record Offered(NavigationEntry entry, Predicate<SignedIn> to) {}

  PageAdvice(
      MessageSource messages,
      List<NavigationEntry> navigation,
      ObjectProvider<UnitsAbove> units,
      List<ShellCount> counts,
      Doors doors,
      ShownNames names,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.messages = messages;
    this.navigation =
        navigation.stream()
            .sorted(Comparator.comparingInt(NavigationEntry::order))
            .map(entry -> new Offered(entry, to(entry, doors)))
            .toList();
    this.units = units;
    this.counts = counts.stream().sorted(Comparator.comparingInt(ShellCount::order)).toList();
    this.doors = doors;
    this.names = names;
    this.zone = zone;
  }

  private static Predicate<SignedIn> to(NavigationEntry entry, Doors doors) {
    if (entry.forOfficials()) {
      return account -> account.has(Role.OFFICIAL) && !account.isOfficer();
    }
    return entry.path().equals("/") ? SignedIn::isOfficer : doors.to(entry.path());
  }

  /** The frame of a page for a request and its reader; null: nobody is signed in. */
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
                .filter(offered -> offered.to().test(account))
                .map(Offered::entry)
                .toList(),
        account == null ? "" : jurisdiction(account, language),
        asked -> account != null && doors.open(account, asked),
        request.getRequestURI() + (query == null ? "" : "?" + query),
        token == null ? "" : token.getHeaderName(),
        token == null ? "" : token.getParameterName(),
        token == null ? "" : token.getToken(),
        version,
        zone,
        account == null
            ? List.of()
            : counts.stream()
                .map(
                    one ->
                        new ShellCount.Shown(one.key(), one.path(), one.icon(), one.count(account)))
                .toList(),
        names::of);
  }

  /** The units an account answers for, "all units", or what else it is for. */
  private String jurisdiction(SignedIn account, Locale language) {
    List<Assignment> working =
        account.today().stream().filter(held -> held.role() != Role.OFFICIAL).toList();
    if (working.isEmpty()) {
      return word(
          "shell.jurisdiction." + (account.today().isEmpty() ? "none" : "official"), language);
    }
    Role first = working.getFirst().role();
    if (first.isAdministrator()) {
      return word("role." + first.word(), language);
    }
    if (working.stream().anyMatch(held -> held.unit() == null)) {
      return word("shell.jurisdiction.everything", language);
    }
    return working.stream()
        .map(Assignment::unit)
        .filter(Objects::nonNull)
        .distinct()
        .map(unit -> units.stream().findFirst().flatMap(tree -> tree.name(unit)).orElse("?"))
        .collect(Collectors.joining(word("shell.jurisdiction.and", language)));
  }

  private String word(String key, Locale language) {
    return messages.getMessage(key, null, language);
  }
}
