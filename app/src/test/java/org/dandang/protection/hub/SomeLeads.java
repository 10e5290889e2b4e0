package org.dandang.protection.hub;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.platform.access.SignedIn;
import org.springframework.context.ApplicationContext;

/** Leads for tests that need some on record. */
public final class SomeLeads {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Intake intake;
  private final Leads leads;
  private final Linking linking;

  public SomeLeads(ApplicationContext context) {
    this.intake = context.getBean(Intake.class);
    this.leads = context.getBean(Leads.class);
    this.linking = context.getBean(Linking.class);
  }

  /** A new lead about one official, linked by somebody; its number. */
  public String about(long official, String pack, long unit, LocalDate received, SignedIn by) {
    int number = NUMBER.incrementAndGet();
    long id =
        intake
            .take(
                UUID.randomUUID(),
                new NewLead(
                    Source.values()[number % Source.values().length],
                    "第三轮",
                    "W-" + number,
                    "反映事项 " + number,
                    "反映在第 " + number + " 号项目的招标、验收中有问题，附材料 " + number * 7919 + " 页",
                    received,
                    unit,
                    "specific",
                    "moderate",
                    false,
                    "",
                    pack,
                    List.of(new NewLead.Named("某" + number, "某局", "科员"))),
                "form",
                by)
            .id();
    Lead lead = leads.find(id).orElseThrow();
    linking.link(lead.people().getFirst().id(), official, "姓名、单位和职务一致", by);
    return lead.number();
  }
}
