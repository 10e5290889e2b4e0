package org.dandang.platform.access;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.ZxcvbnBuilder;
import com.nulabinc.zxcvbn.matchers.Match;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Which passwords may be used: long enough, not known from breaches, not the account's own name
 * (NIST SP 800-63B-4 3.1.1.2; GB/T 22239 8.1.4.1 asks for complexity, which length and the list
 * serve).
 */
@Component
public class PasswordRules {
  /** Shortest and longest password accepted, in characters. */
  public static final int SHORTEST = 10;

  public static final int LONGEST = 128;

  /** Patterns that are tried earlier than this are refused. */
  private static final double GUESSES = 1_000_000;

  /** Without letters and digits that are taken for each other. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Duration temporaryFor;

  PasswordRules(@Value("${dandang.password.temporary-for:72h}") Duration temporaryFor) {
    this.temporaryFor = temporaryFor;
  }

  /** How long a password set by the security administrator can be used. */
  Duration temporaryFor() {
    return temporaryFor;
  }

  /** Sixteen letters and digits in groups of four, drawn at random: 79 bits. */
  static String temporary() {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      made.append(i > 0 && i % 4 == 0 ? "-" : "")
          .append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return made.toString();
  }

  /**
   * @param names sign-in name and shown name of the account
   * @return the password
   * @throws PasswordRefused when it may not be used
   */
  public String accepted(String password, String... names) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST) {
      throw new PasswordRefused(PasswordRefused.Reason.SHORT);
    }
    if (length > LONGEST) {
      throw new PasswordRefused(PasswordRefused.Reason.LONG);
    }
    String plain = plain(password);
    if (Stream.of(names)
        .map(PasswordRules::plain)
        .anyMatch(name -> name.length() > 1 && plain.contains(name))) {
      throw new PasswordRefused(PasswordRefused.Reason.NAME);
    }
    Strength strength = guesser().measure(password, List.of(names));
    if (strength.getSequence().stream().anyMatch(match -> isKnown(match, password))) {
      throw new PasswordRefused(PasswordRefused.Reason.KNOWN);
    }
    if (strength.getGuesses() < GUESSES) {
      throw new PasswordRefused(PasswordRefused.Reason.EASY);
    }
    return password;
  }

  /** Known as a whole, or but for a few characters before or after it. */
  private static boolean isKnown(Match match, String password) {
    return StandardDictionaries.PASSWORDS.equals(match.dictionaryName)
        && match.tokenLength() >= 6
        && password.length() - match.tokenLength() <= 4;
  }

  /** Without case, width and what stands between letters. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s._-]+", "");
  }

  /** Read anew each time and let go: passwords are chosen seldom and the lists take memory. */
  private static Zxcvbn guesser() {
    try {
      return new ZxcvbnBuilder()
          .dictionaries(StandardDictionaries.loadAllDictionaries())
          .keyboards(StandardKeyboards.loadAllKeyboards())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
