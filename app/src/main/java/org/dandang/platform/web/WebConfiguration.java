package org.dandang.platform.web;

import gg.jte.TemplateEngine;
import gg.jte.springframework.boot.autoconfigure.JteProperties;
import gg.jte.springframework.boot.autoconfigure.JteViewResolver;
import java.time.Duration;
import java.util.Locale;
import org.dandang.platform.access.Access;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {
  private final ObjectProvider<Access> access;
  private final ObjectProvider<GuardedPath> guarded;

  WebConfiguration(ObjectProvider<Access> access, ObjectProvider<GuardedPath> guarded) {
    this.access = access;
    this.guarded = guarded;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new Guarding(access.getObject(), guarded.stream().toList()));
  }

  @Bean
  MessageSource messageSource(@Value("${spring.messages.basename}") String[] files) {
    return new Words(files);
  }

  @Bean
  JteViewResolver jteViewResolver(TemplateEngine templates, JteProperties properties) {
    return new PageView.Resolver(templates, properties);
  }

  @Bean
  LocaleResolver localeResolver() {
    CookieLocaleResolver resolver = new CookieLocaleResolver("language");
    resolver.setDefaultLocale(Locale.forLanguageTag("zh-CN"));
    resolver.setCookieMaxAge(Duration.ofDays(365));
    resolver.setCookieHttpOnly(true);
    resolver.setCookieSameSite("Lax");
    resolver.setRejectInvalidCookies(false);
    return resolver;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    CacheControl forAYear = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    registry
        .addResourceHandler("/webjars/**")
        .addResourceLocations("classpath:/META-INF/resources/webjars/")
        .setCacheControl(forAYear);
    registry
        .addResourceHandler("/*.css", "/*.js", "/*.svg")
        .addResourceLocations("classpath:/static/")
        .setCacheControl(forAYear);
  }
}
