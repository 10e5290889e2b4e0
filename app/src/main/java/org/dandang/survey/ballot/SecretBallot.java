package org.dandang.survey.ballot;

import java.util.HexFormat;
import java.util.Map;

/**
 * A ballot in the pool.
 *
 * @param token in hexadecimal digits
 * @param group of the key that signed the token
 * @param answers by key of the question
 */
public record SecretBallot(String token, String group, Map<String, String> answers) {
  public SecretBallot {
    answers = Map.copyOf(answers);
  }

  /** The code under which it is published that this ballot is counted. */
  public String receipt() {
    return BallotBytes.receipt(HexFormat.of().parseHex(token));
  }
}
