package org.dandang.protection;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import org.dandang.platform.access.Doors;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page of this module the tabs its reader may use, as {@code tabs}. */
@ControllerAdvice(basePackageClasses = ProtectionTab.class)
@ConditionalOnWebApplication
public class ProtectionTabs {
  private final List<ProtectionTab> tabs;
  private final Doors doors;

  ProtectionTabs(List<ProtectionTab> tabs, Doors doors) {
    this.tabs = tabs.stream().sorted(Comparator.comparingInt(ProtectionTab::order)).toList();
    this.doors = doors;
  }

  /**
   * The tabs as a page shows them.
   *
   * @param here path of the tab the page belongs to; empty for none
   */
  public record Shown(List<ProtectionTab> tabs, String here) {
    public Shown {
      tabs = List.copyOf(tabs);
    }
  }

  @ModelAttribute("tabs")
  Shown tabs(@AuthenticationPrincipal @Nullable SignedIn account, HttpServletRequest request) {
    String path = request.getRequestURI();
    return new Shown(
        account == null
            ? List.of()
            : tabs.stream().filter(tab -> doors.open(account, tab.path())).toList(),
        tabs.stream()
            .map(ProtectionTab::path)
            .filter(tab -> path.equals(tab) || path.startsWith(tab + "/"))
            .max(Comparator.comparingInt(String::length))
            .orElse(""));
  }
}
