package org.dandang.insight;

import java.util.List;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NavigationEntry;
import org.dandang.platform.web.Page;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The first page: numbers of the whole for personnel officers; an official sees the own record. */
@Controller
class DashboardPages {
  private final Counting counting;

  DashboardPages(Counting counting) {
    this.counting = counting;
  }

  @Configuration(proxyBeanMethods = false)
  static class Navigation {
    @Bean
    NavigationEntry dashboardEntry() {
      return new NavigationEntry(5, "nav.dashboard", "/", "overview", false);
    }
  }

  @GetMapping("/")
  String dashboard(
      @AuthenticationPrincipal SignedIn account, @ModelAttribute("page") Page page, Model model) {
    if (!account.isOfficer()) {
      return "redirect:" + page.home();
    }
    Dashboard dashboard = counting.dashboard();
    if (dashboard.isEmpty()) {
      return "insight/empty";
    }
    model.addAttribute("asOf", dashboard.asOf());
    model.addAttribute("figures", figures(dashboard));
    model.addAttribute("charts", new Charts(page).of(dashboard));
    return "insight/dashboard";
  }

  private static List<Figure> figures(Dashboard dashboard) {
    return List.of(
        new Figure("serving", dashboard.serving(), "/officials?status=serving"),
        new Figure("units", dashboard.units(), "/units"),
        new Figure("front-line", dashboard.frontLine(), "/officials?status=serving&frontLine=now"),
        new Figure("promotions", dashboard.promotions(), "#promotions"),
        new Figure("flagged", dashboard.flagged(), "/officials?flag=any"),
        new Figure("imports", dashboard.imports(), "/imports"));
  }
}
