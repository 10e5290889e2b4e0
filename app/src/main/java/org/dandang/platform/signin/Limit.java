package org.dandang.platform.signin;

import java.util.Locale;

/** The kinds of request that are counted, each against its own measure. */
enum Limit {
  /** Proving who one is, by address: signing in and confirming. */
  SIGN_IN("300/5m"),
  /** The same, by the name that was given. */
  NAME("20/5m"),
  /** Reading a page. */
  READ("3000/1m"),
  /** Changing something. */
  CHANGE("300/1m"),
  /** Taking a file out, or whatever else asks for a confirmation. */
  EXPORT("60/10m"),
  /** Style sheets, scripts and pictures. */
  ASSET("12000/1m");

  private final String usual;

  Limit(String usual) {
    this.usual = usual;
  }

  /** The setting that changes it: {@code dandang.limits.sign-in}. */
  String setting() {
    return "dandang.limits." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Times and span where nothing is set. */
  String usual() {
    return usual;
  }
}
