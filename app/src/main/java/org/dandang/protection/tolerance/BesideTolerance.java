package org.dandang.protection.tolerance;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.Beside;
import org.dandang.platform.procedure.MatterView;
import org.dandang.platform.web.Page;
import org.springframework.stereotype.Component;

/** Shows beside a matter how the correction goes on that was issued with it. */
@Component
class BesideTolerance implements Beside {
  private final PlanList list;
  private final OfficeCalendar office;

  BesideTolerance(PlanList list, OfficeCalendar office) {
    this.list = list;
    this.office = office;
  }

  @Override
  public List<Part> of(MatterView view, Map<String, String> answers, SignedIn reader, Page page) {
    LocalDate today = office.today();
    return list.ofMatter(view.matter().id()).stream()
        .map(
            plan ->
                new Part(
                    page.word("tolerance.plan"),
                    page.word("tolerance.plan.progress", plan.verified(), plan.items().size()),
                    plan.items().stream()
                        .map(
                            item ->
                                new Line(
                                    item.text(),
                                    "/protection/plans/" + plan.id(),
                                    page.word("tolerance.item.state." + item.state())
                                        + " · "
                                        + page.date(item.until())
                                        + (item.isOverdue(today)
                                            ? " · " + page.word("tolerance.item.overdue")
                                            : "")))
                        .toList()))
        .toList();
  }
}
