package org.dandang.platform.web;

import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.springframework.boot.autoconfigure.JteProperties;
import gg.jte.springframework.boot.autoconfigure.JteView;
import gg.jte.springframework.boot.autoconfigure.JteViewResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.servlet.view.AbstractUrlBasedView;

/**
 * A page made whole before the first byte of it leaves: one that fails is answered with the page
 * for errors and not with half of itself.
 */
final class PageView extends JteView {
  /** Characters that most pages stay under. */
  private static final int USUAL = 40_000;

  private final TemplateEngine templates;

  private PageView(TemplateEngine templates) {
    super(templates);
    this.templates = templates;
  }

  @Override
  protected void renderMergedTemplateModel(
      Map<String, Object> model, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    StringOutput page = new StringOutput(USUAL);
    templates.render(Objects.requireNonNull(getUrl()), model, page);
    byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
    response.setCharacterEncoding("UTF-8");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** Makes such views. */
  static final class Resolver extends JteViewResolver {
    private final TemplateEngine templates;

    Resolver(TemplateEngine templates, JteProperties properties) {
      super(templates, properties);
      this.templates = templates;
    }

    @Override
    protected AbstractUrlBasedView instantiateView() {
      return new PageView(templates);
    }
  }
}
