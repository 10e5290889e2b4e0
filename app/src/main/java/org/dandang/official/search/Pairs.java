package org.dandang.official.search;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The neighbouring characters of a name, two by two: 诸葛亮 gives 诸葛, 葛亮. */
final class Pairs extends TokenStream {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final int[] characters;
  private int at;

  Pairs(String name) {
    this.characters = name.codePoints().toArray();
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    if (at + 1 >= characters.length) {
      return false;
    }
    term.append(Character.toString(characters[at])).append(Character.toString(characters[at + 1]));
    at++;
    return true;
  }

  @Override
  public void reset() {
    at = 0;
  }
}
