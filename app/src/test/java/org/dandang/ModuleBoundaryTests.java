package org.dandang;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModuleBoundaryTests {
  @Test
  void everyModuleUsesOnlyWhatItsDeclarationAllows() {
    ApplicationModules.of(Dandang.class).verify();
  }
}
