package org.dandang.platform.signin;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The passkeys of all accounts: public keys, and how often each was used. */
@Component
class Passkeys implements UserCredentialRepository {
  private final JdbcClient jdbc;
  private final Ledger ledger;

  Passkeys(JdbcClient jdbc, Ledger ledger) {
    this.jdbc = jdbc;
    this.ledger = ledger;
  }

  /** Those of an account, the oldest first. */
  List<CredentialRecord> of(long account) {
    return jdbc.sql(
            """
            select p.* from platform.passkey p join platform.passkey_owner o using (handle)
             where o.account_id = ? order by p.created_at
            """)
        .param(account)
        .query(passkey())
        .list();
  }

  /** Removes one of an account's own; another's is left as it is. */
  @Transactional
  void remove(long account, String actor, String id) {
    if (jdbc.sql(
                """
                delete from platform.passkey p using platform.passkey_owner o
                 where o.handle = p.handle and o.account_id = ? and p.credential_id = ?
                """)
            .params(account, Bytes.fromBase64(id).getBytes())
            .update()
        > 0) {
      ledger.append(actor, "passkey-removed", "account", Long.toString(account), Map.of());
    }
  }

  @Override
  public void delete(Bytes credential) {
    jdbc.sql("delete from platform.passkey where credential_id = ?")
        .param(credential.getBytes())
        .update();
  }

  @Override
  public void save(CredentialRecord passkey) {
    jdbc.sql(
            """
            insert into platform.passkey (credential_id, handle, label, public_key, signature_count, user_verified,
              transports, backup_eligible, backup_state, attestation, client_data, created_at, last_used_at)
            values (:id, :handle, :label, :key, :count, :verified, :transports, :eligible, :state, :attestation,
              :data, :created, :used)
            on conflict (credential_id) do update
               set signature_count = excluded.signature_count, user_verified = excluded.user_verified,
                   backup_state = excluded.backup_state, last_used_at = excluded.last_used_at
            """)
        .param("id", passkey.getCredentialId().getBytes())
        .param("handle", passkey.getUserEntityUserId().getBytes())
        .param("label", passkey.getLabel())
        .param("key", passkey.getPublicKey().getBytes())
        .param("count", passkey.getSignatureCount())
        .param("verified", passkey.isUvInitialized())
        .param(
            "transports",
            passkey.getTransports().stream()
                .map(AuthenticatorTransport::getValue)
                .sorted()
                .collect(Collectors.joining(" ")))
        .param("eligible", passkey.isBackupEligible())
        .param("state", passkey.isBackupState())
        .param("attestation", bytes(passkey.getAttestationObject()))
        .param("data", bytes(passkey.getAttestationClientDataJSON()))
        .param("created", passkey.getCreated().atOffset(ZoneOffset.UTC))
        .param("used", passkey.getLastUsed().atOffset(ZoneOffset.UTC))
        .update();
  }

  @Override
  public @Nullable CredentialRecord findByCredentialId(Bytes credential) {
    return jdbc.sql("select * from platform.passkey where credential_id = ?")
        .param(credential.getBytes())
        .query(passkey())
        .optional()
        .orElse(null);
  }

  @Override
  public List<CredentialRecord> findByUserId(Bytes handle) {
    return jdbc.sql("select * from platform.passkey where handle = ?")
        .param(handle.getBytes())
        .query(passkey())
        .list();
  }

  private static byte @Nullable [] bytes(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.getBytes();
  }

  private static @Nullable Bytes bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : new Bytes(bytes);
  }

  private static Set<AuthenticatorTransport> transports(String words) {
    return Arrays.stream(words.split(" "))
        .filter(word -> !word.isEmpty())
        .map(AuthenticatorTransport::valueOf)
        .collect(Collectors.toSet());
  }

  private static RowMapper<CredentialRecord> passkey() {
    return (row, number) ->
        ImmutableCredentialRecord.builder()
            .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
            .credentialId(new Bytes(row.getBytes("credential_id")))
            .userEntityUserId(new Bytes(row.getBytes("handle")))
            .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
            .signatureCount(row.getLong("signature_count"))
            .uvInitialized(row.getBoolean("user_verified"))
            .transports(transports(row.getString("transports")))
            .backupEligible(row.getBoolean("backup_eligible"))
            .backupState(row.getBoolean("backup_state"))
            .attestationObject(bytes(row.getBytes("attestation")))
            .attestationClientDataJSON(bytes(row.getBytes("client_data")))
            .created(row.getObject("created_at", OffsetDateTime.class).toInstant())
            .lastUsed(row.getObject("last_used_at", OffsetDateTime.class).toInstant())
            .label(row.getString("label"))
            .build();
  }
}
