package org.dandang.platform.signin;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Asks for the confirmation {@link StepUp} demands, and counts what comes after it. */
@Component
@ControllerAdvice
class StepUpInterceptor implements HandlerInterceptor, WebMvcConfigurer {
  private static final String PAGE = "/account/confirm";

  private final Confirmation confirmation;
  private final RateLimits limits;

  StepUpInterceptor(Confirmation confirmation, RateLimits limits) {
    this.confirmation = confirmation;
    this.limits = limits;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.REQUEST
        || !(handler instanceof HandlerMethod method)) {
      return true;
    }
    StepUp asked = asked(method);
    if (asked == null) {
      return true;
    }
    confirmation.require(request);
    if (!asked.counted()) {
      return true;
    }
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null
        || !(authentication.getPrincipal() instanceof SignedIn account)
        || limits.allows(Limit.EXPORT, "account " + account.account(), request, response);
  }

  private static @Nullable StepUp asked(HandlerMethod method) {
    StepUp here = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), StepUp.class);
    return here == null
        ? AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), StepUp.class)
        : here;
  }

  @ExceptionHandler(StepUpNeeded.class)
  void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
    confirmation.keep(request, response);
    if (request.getHeader("HX-Request") != null) {
      response.setHeader("HX-Redirect", PAGE);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      response.sendRedirect(PAGE);
    }
  }
}
