package org.dandang.platform.signin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a page's method: whoever asks for it has to have proven who they are a short while ago, {@code
 * dandang.step-up.within}, by signing in or by confirming anew. Whoever has not is asked to, and
 * then what was wanted goes on, a form that was sent included. For taking files out, for unsealing,
 * and for changing what others may do.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface StepUp {
  /** Whether it counts as taking something out, of which so many an hour are allowed. */
  boolean counted() default true;
}
