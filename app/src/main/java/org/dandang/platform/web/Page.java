package org.dandang.platform.web;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * What every page needs: its reader, the words in the reader's language, and the ways around.
 *
 * @param account null on pages before signing in
 * @param jurisdiction what the reader answers for, in words; empty before signing in
 * @param opening whether the reader may open a path
 * @param path path and query of this page, to come back to
 * @param counts numbers in the bar at the top
 * @param names how an account is called, by what it signs in with
 */
public record Page(
    MessageSource messages,
    Locale language,
    @Nullable SignedIn account,
    List<NavigationEntry> navigation,
    String jurisdiction,
    Predicate<String> opening,
    String path,
    String csrfHeader,
    String csrfParameter,
    String csrfToken,
    String version,
    ZoneId zone,
    List<ShellCount.Shown> counts,
    UnaryOperator<String> names) {
  /** Languages that can be chosen, with how each calls itself. */
  public static final List<Choice> LANGUAGES =
      List.of(new Choice("zh-CN", "简体"), new Choice("zh-Hant", "繁體"), new Choice("en", "English"));

  /** A language and its own name. */
  public record Choice(String tag, String name) {}

  /** A word in the reader's language. */
  public String word(String key, @Nullable Object... values) {
    return messages.getMessage(key, values, language);
  }

  /** A word where there is one; the value itself for codes that have none. */
  public String wordOr(String key, String value) {
    String word = messages.getMessage(key, null, value, language);
    return word == null ? value : word;
  }

  /** How whoever did something is called; empty where nobody did. */
  public String who(@Nullable String signInName) {
    return signInName == null ? "" : names.apply(signInName);
  }

  /** Whether the reader may open a path; a link that leads nowhere is not shown. */
  public boolean opens(String path) {
    return opening.test(path);
  }

  /** Whether the reader is a personnel officer over everything. */
  public boolean everywhere() {
    return account != null && account.hasEverywhere(Role.PERSONNEL_OFFICER);
  }

  /**
   * Where somebody comes to after signing in: the own record, or the first page the navigation
   * leads to.
   */
  public String home() {
    if (account != null && account.official() != null && account.today().size() == 1) {
      return "/me";
    }
    return navigation.isEmpty() ? "/account/password" : navigation.getFirst().path();
  }

  /** BCP 47 tag of the page. */
  public String tag() {
    return language.toLanguageTag();
  }

  public String number(long value) {
    return NumberFormat.getIntegerInstance(language).format(value);
  }

  /** A share as per cent with one digit; an en dash where it is missing. */
  public String percent(@Nullable Object share) {
    if (!(share instanceof Number number)) {
      return "–";
    }
    NumberFormat format = NumberFormat.getPercentInstance(language);
    format.setMaximumFractionDigits(1);
    return format.format(number.doubleValue());
  }

  /** A value of a fact or parameter, as a reader expects it. */
  public String value(@Nullable Object value) {
    return switch (value) {
      case null -> word("value.missing");
      case Boolean truth -> word(truth ? "value.yes" : "value.no");
      case BigDecimal number ->
          number.round(new MathContext(12)).stripTrailingZeros().toPlainString();
      case LocalDate day -> date(day);
      default -> wordOr("value." + value, value.toString());
    };
  }

  /** A day; the word for an open end where it is missing. */
  public String date(@Nullable LocalDate day) {
    return day == null ? "…" : day.toString();
  }

  /** A moment in the office's time zone, to the minute. */
  public String moment(@Nullable OffsetDateTime moment) {
    return moment == null
        ? "–"
        : moment.atZoneSameInstant(zone).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
  }

  /** The address of an asset of ours, changing with the version. */
  public String asset(String name) {
    return "/" + name + "?v=" + version;
  }

  /** Whether a navigation entry leads to where the reader is; of several the nearest does. */
  public boolean at(NavigationEntry entry) {
    return leadsHere(entry)
        && navigation.stream()
            .noneMatch(other -> leadsHere(other) && other.path().length() > entry.path().length());
  }

  private boolean leadsHere(NavigationEntry entry) {
    int query = path.indexOf('?');
    int end = query < 0 ? path.length() : query;
    int length = entry.path().length();
    return path.startsWith(entry.path())
        && length <= end
        && (end == length || (length > 1 && path.charAt(length) == '/'));
  }
}
