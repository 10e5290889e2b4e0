package org.dandang.protection;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The way into the registers of supervision and protection. */
@Controller
class ProtectionPages {
  @GetMapping("/protection")
  String overview() {
    return "protection/overview";
  }
}
