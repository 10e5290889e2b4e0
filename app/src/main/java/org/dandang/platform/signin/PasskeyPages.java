package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.web.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code passkey.js} asks for: the question an authenticator is to answer, and where to go
 * after the answer. Passkeys are asked for at signing in, to confirm a step, and to add one.
 */
@Controller
class PasskeyPages {
  private static final String CREATION = "dandang.passkey.creation";
  private static final String REQUEST = "dandang.passkey.request";
  private static final int LONGEST_LABEL = 80;

  private final RelyingParty party;
  private final Passkeys passkeys;
  private final Entrance entrance;
  private final Confirmation confirmation;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final Accounts accounts;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final JsonMapper json =
      JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

  PasskeyPages(
      RelyingParty party,
      Passkeys passkeys,
      Entrance entrance,
      Confirmation confirmation,
      SecondFactors factors,
      Sessions sessions,
      Accounts accounts,
      Ledger ledger,
      TransactionTemplate transaction) {
    this.party = party;
    this.passkeys = passkeys;
    this.entrance = entrance;
    this.confirmation = confirmation;
    this.factors = factors;
    this.sessions = sessions;
    this.accounts = accounts;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  // ---------------------------------------------------------------- signing in

  /** A question to any passkey of this installation; to those of an account that has begun. */
  @PostMapping("/sign-in/passkey/options")
  @ResponseBody
  ResponseEntity<String> ask(HttpServletRequest request) {
    return asked(request, entrance.begun(request).map(PasskeyPages::named).orElse(null));
  }

  @PostMapping("/sign-in/passkey")
  @ResponseBody
  ResponseEntity<String> enter(
      @RequestBody String body,
      @ModelAttribute("page") Page page,
      HttpServletRequest request,
      HttpServletResponse response) {
    SignedIn account = answered(body, request);
    if (account == null || !account.isEnabled() || !account.isAccountNonLocked()) {
      return told(page, "passkey.refused");
    }
    return on(entrance.proven(account, Proof.PASSKEY, request, response));
  }

  // ---------------------------------------------------------------- confirming

  @PostMapping("/account/confirm/passkey/options")
  @ResponseBody
  ResponseEntity<String> askAgain(
      @AuthenticationPrincipal SignedIn account, HttpServletRequest request) {
    return asked(request, named(account));
  }

  @PostMapping("/account/confirm/passkey")
  @ResponseBody
  ResponseEntity<String> confirm(
      @RequestBody String body,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletRequest request) {
    SignedIn shown = answered(body, request);
    if (shown == null || shown.account() != account.account()) {
      return told(page, "passkey.refused");
    }
    confirmation.confirmed(request);
    return on("/account/confirm/done");
  }

  // ---------------------------------------------------------------- adding and removing

  @StepUp
  @PostMapping("/account/passkeys/options")
  @ResponseBody
  ResponseEntity<String> offer(
      @AuthenticationPrincipal SignedIn account, HttpServletRequest request) {
    WebAuthnRelyingPartyOperations operations = party.at(request).orElse(null);
    if (operations == null) {
      return ResponseEntity.notFound().build();
    }
    PublicKeyCredentialCreationOptions options =
        operations.createPublicKeyCredentialCreationOptions(
            new ImmutablePublicKeyCredentialCreationOptionsRequest(named(account)));
    request.getSession().setAttribute(CREATION, options);
    return written(options);
  }

  @StepUp
  @PostMapping("/account/passkeys")
  @ResponseBody
  ResponseEntity<String> add(
      @RequestBody String body,
      @ModelAttribute("page") Page page,
      @AuthenticationPrincipal SignedIn account,
      HttpServletRequest request) {
    WebAuthnRelyingPartyOperations operations = party.at(request).orElse(null);
    if (operations == null
        || !(taken(request, CREATION) instanceof PublicKeyCredentialCreationOptions options)) {
      return told(page, "passkey.refused");
    }
    try {
      JsonNode sent = json.readTree(body);
      String label = sent.path("label").asString("").strip();
      PublicKeyCredential<AuthenticatorAttestationResponse> credential =
          json.convertValue(sent.path("credential"), new TypeReference<>() {});
      transaction.executeWithoutResult(
          status -> {
            operations.registerCredential(
                new ImmutableRelyingPartyRegistrationRequest(
                    options, new RelyingPartyPublicKey(credential, shortened(label, page))));
            ledger.append(
                account.signInName(),
                "passkey-added",
                "account",
                Long.toString(account.account()),
                Map.of());
          });
    } catch (RuntimeException refused) {
      return told(page, "passkey.refused");
    }
    sessions.of(request).ifPresent(session -> session.paid(Owing.SECOND_FACTOR));
    return on("/account?told=passkey-added");
  }

  @StepUp
  @PostMapping("/account/passkeys/{id}/remove")
  String remove(@PathVariable String id, @AuthenticationPrincipal SignedIn account) {
    KeptFactors kept = factors.of(account.account());
    if (factors.isRequiredOf(account) && !kept.app() && kept.passkeys() == 1) {
      return "redirect:/account?told=factor-needed";
    }
    passkeys.remove(account.account(), account.signInName(), id);
    return "redirect:/account?told=passkey-removed";
  }

  // ---------------------------------------------------------------- question and answer

  private ResponseEntity<String> asked(HttpServletRequest request, @Nullable Authentication of) {
    WebAuthnRelyingPartyOperations operations = party.at(request).orElse(null);
    if (operations == null) {
      return ResponseEntity.notFound().build();
    }
    PublicKeyCredentialRequestOptions options =
        operations.createCredentialRequestOptions(
            new ImmutablePublicKeyCredentialRequestOptionsRequest(of));
    request.getSession().setAttribute(REQUEST, options);
    return written(options);
  }

  /** Whose passkey answered the question; null when the answer is not right. */
  private @Nullable SignedIn answered(String body, HttpServletRequest request) {
    WebAuthnRelyingPartyOperations operations = party.at(request).orElse(null);
    if (operations == null
        || !(taken(request, REQUEST) instanceof PublicKeyCredentialRequestOptions options)) {
      return null;
    }
    try {
      PublicKeyCredential<AuthenticatorAssertionResponse> credential =
          json.convertValue(json.readTree(body).path("credential"), new TypeReference<>() {});
      PublicKeyCredentialUserEntity owner =
          operations.authenticate(new RelyingPartyAuthenticationRequest(options, credential));
      return owner == null ? null : accounts.loadUserByUsername(owner.getName());
    } catch (RuntimeException refused) {
      return null;
    }
  }

  /** Each question is answered once. */
  private static @Nullable Object taken(HttpServletRequest request, String name) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return null;
    }
    Object value = session.getAttribute(name);
    session.removeAttribute(name);
    return value;
  }

  private static Authentication named(SignedIn account) {
    return UsernamePasswordAuthenticationToken.authenticated(account.signInName(), null, List.of());
  }

  private static String shortened(String label, Page page) {
    String given = label.isEmpty() ? page.word("passkey.unnamed") : label;
    return given.substring(
        0,
        given.offsetByCodePoints(
            0, Math.min(LONGEST_LABEL, given.codePointCount(0, given.length()))));
  }

  private ResponseEntity<String> written(Object options) throws JacksonException {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(json.writeValueAsString(options));
  }

  private ResponseEntity<String> on(String to) {
    return written(Map.of("to", to));
  }

  private ResponseEntity<String> told(Page page, String key) {
    return ResponseEntity.status(HttpStatus.UNPROCESSABLE_ENTITY)
        .contentType(MediaType.APPLICATION_JSON)
        .body(json.writeValueAsString(Map.of("told", page.word(key))));
  }
}
