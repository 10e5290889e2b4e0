package org.dandang.survey;

import java.util.List;
import java.util.Map;
import org.dandang.survey.ballot.BlindVoter;
import org.springframework.stereotype.Component;

/** Casts ballots for people who do not exist, as their browsers would: for the demonstration. */
@Component
public class InventedVoters {
  private final Electorates electorates;
  private final Collecting collecting;
  private final Casting casting;

  InventedVoters(Electorates electorates, Collecting collecting, Casting casting) {
    this.electorates = electorates;
    this.collecting = collecting;
    this.casting = casting;
  }

  /**
   * Collects a ballot for somebody and casts it.
   *
   * @param fields by name, as the form of the ballot has them
   * @throws IllegalStateException when it is refused
   */
  public void vote(long survey, long official, Map<String, List<String>> fields) {
    Voter voter =
        electorates.find(survey, official).orElseThrow(() -> new SurveyProblem("not-there"));
    BlindVoter browser =
        new BlindVoter(
                collecting
                    .key(survey, voter.group())
                    .orElseThrow(() -> new SurveyProblem("not-open")))
            .collect(blinded -> collecting.collect(survey, official, blinded));
    Casting.Cast cast = casting.cast(survey, browser.request(voter.group(), fields));
    if (!(cast instanceof Casting.Cast.Taken)) {
      throw new IllegalStateException(cast.toString());
    }
  }
}
