/**
 * Signing in: password, second factor, passkey, a provider of OpenID Connect; the sessions that
 * follow, the confirmation some steps ask for anew, and how often anything may be asked.
 */
@NullMarked
@NamedInterface("signin")
package org.dandang.platform.signin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
