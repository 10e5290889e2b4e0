package org.dandang.platform.web;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import gg.jte.springframework.boot.autoconfigure.JteProperties;
import gg.jte.springframework.boot.autoconfigure.JteView;
import gg.jte.springframework.boot.autoconfigure.JteViewResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.servlet.view.AbstractUrlBasedView;

/**
 * A page made whole before the first byte of it leaves: one that fails is answered with the page
 * for errors and not with half of itself.
 */
final class PageView extends JteView {
  /** About as many as a long list is written in. */
  private static final int PIECES = 4096;

  private final TemplateEngine templates;

  private PageView(TemplateEngine templates) {
    super(templates);
    this.templates = templates;
  }

  @Override
  protected void renderMergedTemplateModel(
      Map<String, Object> model, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Utf8ByteOutput page = new Utf8ByteOutput(PIECES);
    templates.render(Objects.requireNonNull(getUrl()), model, page);
    response.setCharacterEncoding("UTF-8");
    response.setContentLength(page.getContentLength());
    response.getOutputStream().write(page.toByteArray());
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
