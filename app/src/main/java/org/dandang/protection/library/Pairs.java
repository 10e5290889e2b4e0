package org.dandang.protection.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The terms of a text: neighbouring Chinese characters two by two, other scripts word by word. A
 * text needs no dictionary so, and a word that no dictionary knows is found.
 */
final class Pairs extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final List<String> terms;
  private int at;

  Pairs(String text) {
    this.terms = of(text);
  }

  static List<String> of(String text) {
    List<String> terms = new ArrayList<>();
    int[] characters = text.codePoints().toArray();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      boolean ideograph = Character.isIdeographic(c);
      if (!ideograph && Character.isLetterOrDigit(c)) {
        word.appendCodePoint(c);
        continue;
      }
      if (!word.isEmpty()) {
        terms.add(word.toString().toLowerCase(Locale.ROOT));
        word.setLength(0);
      }
      if (ideograph && i + 1 < characters.length && Character.isIdeographic(characters[i + 1])) {
        terms.add(Character.toString(c) + Character.toString(characters[i + 1]));
      }
    }
    if (!word.isEmpty()) {
      terms.add(word.toString().toLowerCase(Locale.ROOT));
    }
    return terms;
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    if (at >= terms.size()) {
      return false;
    }
    term.append(terms.get(at++));
    return true;
  }

  @Override
  public void reset() {
    at = 0;
  }
}
