package org.dandang.platform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.dandang.platform.access.PasswordRefused.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordTests {
  private final PasswordRules rules = new PasswordRules(Duration.ofHours(72));

  @ParameterizedTest
  @CsvSource({
    "short one, SHORT",
    "wangzugan 2026 spring rain, NAME",
    "Wang.Zu-Gan 2026 spring rain, NAME",
    "王组干的密码很长很长, NAME",
    "password12, KNOWN",
    "P@ssword2026, KNOWN",
    "qwertyuiop, KNOWN",
    "liverpool1!, KNOWN",
    "aaaaaaaaaaaa, EASY",
    "abcdefghijkl, EASY",
    "2026112720261127, EASY"
  })
  void refusesWhatIsGuessedAndSaysWhy(String password, Reason reason) {
    assertThatThrownBy(() -> rules.accepted(password, "wangzugan", "王组干"))
        .as(password)
        .isInstanceOfSatisfying(
            PasswordRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({"a long password", "cloud ferry lantern plum", "青山 码头 灯笼 七月 风", "x9!kd02Lq-zz"})
  void acceptsWhatIsNot(String password) {
    assertThat(rules.accepted(password, "wangzugan", "王组干")).isEqualTo(password);
  }

  @Test
  void refusesWhatIsTooLongForAnybodyToType() {
    assertThat(rules.accepted("多字".repeat(4) + "x9!kd02Lq-zz".repeat(10), "a1", "某人")).hasSize(128);
    assertThatThrownBy(() -> rules.accepted("x9!kd02Lq-zz".repeat(11)))
        .hasMessageContaining("long");
  }

  @Test
  void temporaryPasswordsAreAcceptedAndNeverTheSame() {
    assertThat(PasswordRules.temporary())
        .matches("[a-z2-9]{4}(-[a-z2-9]{4}){3}")
        .isNotEqualTo(PasswordRules.temporary());
    assertThat(rules.accepted(PasswordRules.temporary(), "wangzugan", "王组干")).isNotEmpty();
  }

  @Test
  void hashesAreArgon2AndThoseOfBcryptAreToBeMadeAnew() {
    PasswordEncoder encoder = PasswordHashes.encoder(4);
    String hash = encoder.encode("a long password");
    assertThat(hash).startsWith("{argon2id}$argon2id$v=19$m=16,t=2,p=1$");
    assertThat(encoder.matches("a long password", hash)).isTrue();
    assertThat(encoder.matches("a long passwore", hash)).isFalse();
    assertThat(encoder.upgradeEncoding(hash)).isFalse();
    assertThat(PasswordHashes.encoder(5).upgradeEncoding(hash)).isTrue();
    String before = new BCryptPasswordEncoder(4).encode("a long password");
    assertThat(encoder.matches("a long password", before)).isTrue();
    assertThat(encoder.matches("a long passwore", before)).isFalse();
    assertThat(encoder.upgradeEncoding(before)).isTrue();
  }
}
