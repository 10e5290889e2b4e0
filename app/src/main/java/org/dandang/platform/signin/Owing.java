package org.dandang.platform.signin;

/** What has to be done before anything else can be. */
enum Owing {
  /** The password was set by somebody else. */
  OWN_PASSWORD("/account/password"),
  /** A role of the account needs a second factor and there is none yet. */
  SECOND_FACTOR("/account/authenticator");

  private final String page;

  Owing(String page) {
    this.page = page;
  }

  /** Where it is done. */
  String page() {
    return page;
  }
}
