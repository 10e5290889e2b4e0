package org.dandang.survey;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.survey.count.AnswerRefused;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a secret ballot comes in. Nothing of the request but its body is looked at, and nothing of
 * it is written to any log.
 */
@RestController
class BallotBox {
  private final Casting casting;

  BallotBox(Casting casting) {
    this.casting = casting;
  }

  @PostMapping(value = "/ballots/{survey}", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  ResponseEntity<Map<String, Object>> cast(@PathVariable long survey, HttpServletRequest request)
      throws IOException {
    int width = casting.width(survey);
    byte[] body = request.getInputStream().readNBytes(width + 1);
    Casting.Cast cast =
        width == 0
            ? new Casting.Cast.Refused("closed", null)
            : body.length > width
                ? new Casting.Cast.Refused("not-readable", null)
                : casting.cast(survey, body);
    return switch (cast) {
      case Casting.Cast.Taken taken ->
          answer(200, Map.of("receipt", taken.receipt(), "again", taken.again()));
      case Casting.Cast.Refused refused -> {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("reason", refused.reason());
        AnswerRefused wrong = refused.answer();
        if (wrong != null) {
          said.put("question", wrong.key());
          said.put("wrong", wrong.reason());
          Object[] values = wrong.values("en");
          said.put("values", List.of(values).subList(1, values.length));
        }
        yield answer(409, said);
      }
    };
  }

  private static ResponseEntity<Map<String, Object>> answer(int status, Map<String, Object> said) {
    return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).body(said);
  }
}
