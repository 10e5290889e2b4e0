package org.dandang.platform.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such page, or not for this reader; the answer does not say which. */
@ResponseStatus(HttpStatus.NOT_FOUND)
public final class NotHere extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotHere() {
    super("not here", null, false, false);
  }
}
