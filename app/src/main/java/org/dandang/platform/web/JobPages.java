package org.dandang.platform.web;

import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Where long work stands; its own starter may stop it. */
@Controller
class JobPages {
  private final Jobs jobs;

  JobPages(Jobs jobs) {
    this.jobs = jobs;
  }

  @GetMapping("/jobs/{id}")
  String job(@PathVariable String id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("job", own(id, account));
    return "platform/job";
  }

  @GetMapping("/jobs/{id}/state")
  String state(@PathVariable String id, @AuthenticationPrincipal SignedIn account, Model model) {
    model.addAttribute("job", own(id, account));
    return "platform/job-state";
  }

  @PostMapping("/jobs/{id}/cancel")
  String cancel(@PathVariable String id, @AuthenticationPrincipal SignedIn account) {
    own(id, account).cancel();
    return "redirect:/jobs/" + id;
  }

  private Job own(String id, SignedIn account) {
    return jobs.find(id)
        .filter(job -> job.owner().equals(account.signInName()))
        .orElseThrow(NotHere::new);
  }
}
