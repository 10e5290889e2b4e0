package org.dandang.platform.jobs;

import java.util.Locale;

/** A problem that says in the reader's language what to do about it. */
public interface Told {
  String text(Locale language);
}
