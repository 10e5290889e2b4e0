package org.dandang;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModuleBoundaryTests {
  /** The policy engine and the compiled pages share the root package but are no modules. */
  private static final DescribedPredicate<JavaClass> THE_LIBRARIES =
      JavaClass.Predicates.resideInAPackage("org.dandang.engine..");

  @Test
  void everyModuleUsesOnlyWhatItsDeclarationAllows() {
    ApplicationModules.of(Dandang.class, THE_LIBRARIES).verify();
  }
}
