package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Component;

/**
 * Who this installation is to authenticators: the host of {@code dandang.address}, or {@code
 * localhost} where none is set. Passkeys belong to a name, never to a number such as 127.0.0.1.
 */
@Component
class RelyingParty {
  private static final String HERE = "localhost";

  private final PasskeyOwners owners;
  private final Passkeys passkeys;
  private final String address;
  private final Map<String, WebAuthnRelyingPartyOperations> made = new ConcurrentHashMap<>();

  /**
   * @param address by which browsers reach this installation: {@code https://dandang.example.cn}
   */
  RelyingParty(
      PasskeyOwners owners, Passkeys passkeys, @Value("${dandang.address:}") String address) {
    this.owners = owners;
    this.passkeys = passkeys;
    this.address = address.strip().replaceFirst("/+$", "");
  }

  /** Empty when the browser came by an address passkeys cannot belong to. */
  Optional<WebAuthnRelyingPartyOperations> at(HttpServletRequest request) {
    String origin = origin(request, request.getServerName());
    return origin.equals(own(request))
        ? Optional.of(made.computeIfAbsent(origin, this::operations))
        : Optional.empty();
  }

  /** The address by which passkeys can be used. */
  String own(HttpServletRequest request) {
    return address.isEmpty() ? origin(request, HERE) : address;
  }

  private static String origin(HttpServletRequest request, String host) {
    int port = request.getServerPort();
    boolean usual = port == (request.isSecure() ? 443 : 80);
    return request.getScheme() + "://" + host + (usual ? "" : ":" + port);
  }

  private WebAuthnRelyingPartyOperations operations(String origin) {
    Webauthn4JRelyingPartyOperations operations =
        new Webauthn4JRelyingPartyOperations(
            owners,
            passkeys,
            PublicKeyCredentialRpEntity.builder()
                .id(URI.create(origin).getHost())
                .name("Dandang 担当")
                .build(),
            Set.of(origin));
    operations.setCustomizeCreationOptions(
        options ->
            options.authenticatorSelection(
                AuthenticatorSelectionCriteria.builder()
                    .residentKey(ResidentKeyRequirement.PREFERRED)
                    .userVerification(UserVerificationRequirement.REQUIRED)
                    .build()));
    operations.setCustomizeRequestOptions(
        options -> options.userVerification(UserVerificationRequirement.REQUIRED));
    return operations;
  }
}
