package org.dandang.demonstration;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An invented official and what the years have brought so far. */
final class Career {
  /** Kinds of posting in an office's words. */
  static final String REGULAR = "任职";

  static final String CONCURRENT = "兼任";
  static final String ATTACHMENT = "挂职";
  static final String FIRST_SECRETARY = "第一书记";
  static final String STUDY = "跟班学习";
  static final String TASK_FORCE = "专班";

  /** Half-open; no end: still there. */
  record Posting(
      Unit unit,
      String post,
      int level,
      String kind,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    Posting from(@Nullable LocalDate other) {
      return new Posting(unit, post, level, kind, other, to);
    }

    Posting to(LocalDate other) {
      return new Posting(unit, post, level, kind, from, other);
    }
  }

  record RankHeld(String rank, LocalDate since) {}

  /**
   * @param unit where the person was on the last day of the year
   */
  record Grade(int year, String grade, Unit unit) {}

  record Award(String kind, String reference, LocalDate on, boolean granted) {}

  final String key;
  final String name;
  final boolean woman;
  final String ethnicGroup;
  final LocalDate born;
  LocalDate beganWork;
  final int merit;
  final List<Posting> postings = new ArrayList<>();
  final List<RankHeld> ranks = new ArrayList<>();
  final List<Grade> grades = new ArrayList<>();
  final List<Award> awards = new ArrayList<>();
  @Nullable LocalDate left;

  /** The regular posting held now. */
  Unit unit;

  /** Which of the unit's leading posts; -1: none of them. */
  int slot;

  int level;
  LocalDate levelSince;
  LocalDate postedOn;
  LocalDate busyUntil = LocalDate.MIN;
  @Nullable LocalDate frontLineSince;
  int movedIn;

  Career(
      String key,
      String name,
      boolean woman,
      String ethnicGroup,
      LocalDate born,
      LocalDate beganWork,
      int merit,
      Unit unit) {
    this.key = key;
    this.name = name;
    this.woman = woman;
    this.ethnicGroup = ethnicGroup;
    this.born = born;
    this.beganWork = beganWork;
    this.merit = merit;
    this.unit = unit;
    this.slot = -1;
    this.levelSince = beganWork;
    this.postedOn = beganWork;
  }

  int ageIn(int year) {
    return year - born.getYear();
  }

  boolean serving() {
    return left == null;
  }

  boolean servedAtTheFrontBefore(LocalDate day) {
    return frontLineSince != null && frontLineSince.isBefore(day);
  }

  /** Takes up a regular post; the one held before ends the day it begins, and what hung on it. */
  void post(Unit to, String title, int toLevel, int toSlot, LocalDate day) {
    end(day, false);
    postings.add(new Posting(to, title, toLevel, REGULAR, day, null));
    if (to.isTownship()) {
      frontLine(day);
    }
    if (toLevel != level) {
      levelSince = day;
    }
    unit = to;
    level = toLevel;
    slot = toSlot;
    postedOn = day;
    movedIn = day.getYear();
  }

  /** A posting beside the regular one. */
  void send(Unit to, String title, String kind, LocalDate from, LocalDate until) {
    postings.add(new Posting(to, title, level, kind, from, until));
    if (kind.equals(FIRST_SECRETARY) || kind.equals(TASK_FORCE)) {
      frontLine(from);
    }
    busyUntil = until;
  }

  void leave(LocalDate day) {
    end(day, true);
    left = day;
  }

  private void frontLine(LocalDate since) {
    if (frontLineSince == null || since.isBefore(frontLineSince)) {
      frontLineSince = since;
    }
  }

  private void end(LocalDate day, boolean everything) {
    for (int i = 0; i < postings.size(); i++) {
      Posting posting = postings.get(i);
      boolean hangsOnThePost = posting.kind().equals(REGULAR) || posting.kind().equals(CONCURRENT);
      boolean open = posting.to() == null || posting.to().isAfter(day);
      if (open && (hangsOnThePost || everything)) {
        postings.set(i, posting.to(day));
      }
    }
    postings.removeIf(p -> p.from() != null && p.to() != null && !p.from().isBefore(p.to()));
  }
}
