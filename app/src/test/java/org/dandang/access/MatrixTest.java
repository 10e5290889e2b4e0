package org.dandang.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.dandang.DandangTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.TestPropertySource;

/** Routes asked of the application held to its own rights, with no limit of requests in the way. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(
    properties = {
      "dandang.test.as-application=true",
      "dandang.password.cost=4",
      "dandang.limits.read=off",
      "dandang.limits.change=off",
      "dandang.limits.export=off",
      "dandang.limits.sign-in=off"
    })
@interface MatrixTest {}
