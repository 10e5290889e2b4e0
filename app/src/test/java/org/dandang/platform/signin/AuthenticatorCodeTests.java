package org.dandang.platform.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatorCodeTests {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** The test vectors of RFC 6238, appendix B, in six digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codesAreThoseOfTheStandard(long second, String code) {
    assertThat(Authenticators.code(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
  }

  @Test
  void theAddressIsWhatAppsRead() {
    assertThat(Authenticators.address(SECRET, "Dandang", "wang zu"))
        .isEqualTo(
            "otpauth://totp/Dandang:wang%20zu?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Dandang&algorithm=SHA1&digits=6&period=30");
    QrPicture picture = QrPicture.of("otpauth://totp/Dandang:a?secret=GEZDGNBV");
    assertThat(picture.size()).isGreaterThan(29);
    assertThat(picture.path()).startsWith("M4 4h1v1h-1z").doesNotContain("<");
  }
}
