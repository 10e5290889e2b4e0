package org.dandang.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** What is shown instead of a page that is not there, not allowed, or failed. */
@Controller
class ErrorPages implements ErrorController {
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
          case BAD_REQUEST, CONTENT_TOO_LARGE -> "wrong";
          default -> "failed";
        });
    return "platform/error";
  }
}
