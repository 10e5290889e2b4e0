package org.dandang.platform.procedure;

import java.util.List;

/** A form cannot be signed as it is filled in; nothing was done. */
public final class FormRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Form form;
  private final transient List<Form.Problem> problems;

  FormRefused(Form form, List<Form.Problem> problems) {
    super(form.id() + " " + problems, null, false, false);
    this.form = form;
    this.problems = List.copyOf(problems);
  }

  public Form form() {
    return form;
  }

  public List<Form.Problem> problems() {
    return problems;
  }
}
