package org.dandang.platform.signin;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.stereotype.Component;

/** Under which handles authenticators know the accounts. */
@Component
class PasskeyOwners implements PublicKeyCredentialUserEntityRepository {
  private static final String FIND =
      """
      select o.handle, a.sign_in_name, a.shown_name
        from platform.passkey_owner o join platform.account a on a.id = o.account_id
      """;

  private final JdbcClient jdbc;

  PasskeyOwners(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
    return jdbc.sql(FIND + " where o.handle = ?")
        .param(handle.getBytes())
        .query(owner())
        .optional()
        .orElse(null);
  }

  @Override
  public @Nullable PublicKeyCredentialUserEntity findByUsername(String signInName) {
    return jdbc.sql(FIND + " where a.sign_in_name = ?")
        .param(signInName)
        .query(owner())
        .optional()
        .orElse(null);
  }

  @Override
  public void save(PublicKeyCredentialUserEntity owner) {
    jdbc.sql(
            """
            insert into platform.passkey_owner (account_id, handle)
            select id, ? from platform.account where sign_in_name = ?
            on conflict (account_id) do nothing
            """)
        .params(owner.getId().getBytes(), owner.getName())
        .update();
  }

  @Override
  public void delete(Bytes handle) {
    jdbc.sql("delete from platform.passkey_owner where handle = ?")
        .param(handle.getBytes())
        .update();
  }

  private static RowMapper<PublicKeyCredentialUserEntity> owner() {
    return (row, number) ->
        ImmutablePublicKeyCredentialUserEntity.builder()
            .id(new Bytes(row.getBytes("handle")))
            .name(row.getString("sign_in_name"))
            .displayName(row.getString("shown_name"))
            .build();
  }
}
