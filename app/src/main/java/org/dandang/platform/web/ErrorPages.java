package org.dandang.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.RequestMapping;

/** What is shown instead of a page that is not there, not allowed, or failed. */
@Controller
public class ErrorPages implements ErrorController {
  /** Request attribute, an {@link Instant}: from when what was too often can be tried again. */
  public static final String AGAIN_AT = "dandang.again-at";

  private final ZoneId zone;
  private final DataSize largest;

  ErrorPages(
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone,
      @Value("${spring.servlet.multipart.max-file-size:512MB}") DataSize largest) {
    this.zone = zone;
    this.largest = largest;
  }

  @RequestMapping("/error")
  String error(HttpServletRequest request, Model model) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status =
        code instanceof Integer number && HttpStatus.resolve(number) != null
            ? HttpStatus.valueOf(number)
            : HttpStatus.NOT_FOUND;
    model.addAttribute(
        "kind",
        switch (status) {
          case NOT_FOUND, METHOD_NOT_ALLOWED -> "missing";
          case FORBIDDEN, UNAUTHORIZED -> "refused";
          case TOO_MANY_REQUESTS -> "often";
          case CONTENT_TOO_LARGE -> "too-large";
          case BAD_REQUEST -> "wrong";
          default -> "failed";
        });
    model.addAttribute(
        "again",
        request.getAttribute(AGAIN_AT) instanceof Instant again
            ? again.atZone(zone).format(DateTimeFormatter.ofPattern("HH:mm:ss"))
            : "");
    if (status == HttpStatus.CONTENT_TOO_LARGE) {
      model.addAttribute("limit", Long.toString(largest.toMegabytes()));
    }
    model.addAttribute("why", request.getAttribute(Guarding.REFUSED));
    return "platform/error";
  }
}
