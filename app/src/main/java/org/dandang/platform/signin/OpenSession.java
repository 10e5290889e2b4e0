package org.dandang.platform.signin;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** A session of somebody who signed in. Lives in the server's memory, as the session itself. */
final class OpenSession implements HttpSessionBindingListener {
  private final String id = UUID.randomUUID().toString();
  private final Sessions sessions;
  private final HttpSession session;
  private final long account;
  private final String address;
  private final String program;
  private final Instant began;
  private final Set<Owing> owing = EnumSet.noneOf(Owing.class);
  private volatile Instant counted;
  private volatile Instant lastSeen;
  private volatile Instant confirmed;
  private volatile Instant lookedUp;

  OpenSession(
      Sessions sessions,
      HttpSession session,
      long account,
      String address,
      String program,
      Instant now) {
    this.sessions = sessions;
    this.session = session;
    this.account = account;
    this.address = address;
    this.program = program;
    this.began = now;
    this.counted = now;
    this.lastSeen = now;
    this.confirmed = now;
    this.lookedUp = now;
  }

  /** Names it to its owner; says nothing about the cookie. */
  String id() {
    return id;
  }

  long account() {
    return account;
  }

  String address() {
    return address;
  }

  /** What the browser calls itself, shortened. */
  String program() {
    return program;
  }

  Instant began() {
    return began;
  }

  /** From when it counts as begun: a password changed in it does not end it. */
  Instant counted() {
    return counted;
  }

  Instant lastSeen() {
    return lastSeen;
  }

  /** When its owner last proved who they are. */
  Instant confirmed() {
    return confirmed;
  }

  Instant lookedUp() {
    return lookedUp;
  }

  void seen(Instant now) {
    lastSeen = now;
  }

  void confirm(Instant now) {
    confirmed = now;
  }

  void lookUp(Instant now) {
    lookedUp = now;
  }

  void countFrom(Instant now) {
    counted = now;
  }

  synchronized Set<Owing> owing() {
    return Set.copyOf(owing);
  }

  synchronized void owe(Owing what) {
    owing.add(what);
  }

  synchronized void paid(Owing what) {
    owing.remove(what);
  }

  void end() {
    try {
      session.invalidate();
    } catch (IllegalStateException alreadyOver) {
      sessions.forget(this);
    }
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    sessions.forget(this);
  }
}
