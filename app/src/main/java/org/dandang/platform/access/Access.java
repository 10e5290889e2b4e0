package org.dandang.platform.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dandang.platform.access.Ruling.Reason;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The one place that says who may do what: role × jurisdiction, rights that a task gives, and who
 * keeps away. What it does not allow is refused.
 */
@Component
public class Access {
  private final JdbcClient jdbc;
  private final Assignments assignments;
  private final Grants grants;
  private final Recusals recusals;
  private final ObjectProvider<UnitsAbove> units;
  private final ObjectProvider<Relations> relations;
  private final Map<String, RecordKind> kinds;

  Access(
      JdbcClient jdbc,
      Assignments assignments,
      Grants grants,
      Recusals recusals,
      ObjectProvider<UnitsAbove> units,
      ObjectProvider<Relations> relations,
      List<RecordKind> kinds) {
    this.jdbc = jdbc;
    this.assignments = assignments;
    this.grants = grants;
    this.recusals = recusals;
    this.units = units;
    this.relations = relations;
    this.kinds = kinds.stream().collect(Collectors.toMap(RecordKind::kind, Function.identity()));
  }

  /**
   * Whether an account holds a role today over a unit: over the unit itself, a unit above it, or
   * everything.
   *
   * @param unit null asks for the role over everything
   */
  public boolean holds(SignedIn account, Role role, @Nullable Long unit) {
    Set<Long> above = unit == null ? Set.of() : new HashSet<>(upwards(unit));
    return account.today().stream()
        .filter(held -> held.role() == role)
        .anyMatch(held -> held.unit() == null || above.contains(held.unit()));
  }

  /**
   * Whether an account holds a role today over a unit or one above it that is of a level or a
   * higher one, or over everything.
   *
   * @param level one of {@link UnitsAbove#LEVELS}
   */
  public boolean holds(SignedIn account, Role role, long unit, String level) {
    Set<Long> high = new HashSet<>(fromLevel(unit, level));
    return account.today().stream()
        .filter(held -> held.role() == role)
        .anyMatch(held -> held.unit() == null || high.contains(held.unit()));
  }

  /** A unit and those above it that are of a level or a higher one, nearest first. */
  public List<Long> fromLevel(long unit, String level) {
    UnitsAbove tree = units.getIfAvailable();
    return tree == null ? List.of() : tree.upwardsFrom(unit, level);
  }

  /**
   * Numbers of the accounts that hold a role today over a unit, those with the nearest unit first
   * and those over everything last. Accounts that are closed are left out.
   */
  public List<Long> holders(Role role, long unit) {
    List<Long> above = upwards(unit);
    LocalDate day = assignments.today();
    return jdbc.sql(
            """
            select a.account_id
              from platform.role_assignment a
              join platform.account c on c.id = a.account_id and c.disabled_at is null
             where a.role = :role and a.starts_on <= :day and (a.ends_on is null or a.ends_on > :day)
               and (a.unit_id is null or a.unit_id = any (:above))
             group by a.account_id
             order by min(coalesce(array_position(:above, a.unit_id), 2147483647)), a.account_id
            """)
        .param("role", role.word())
        .param("day", day)
        .param("above", above.toArray(Long[]::new))
        .query(Long.class)
        .list();
  }

  /** Whether an account may do something with a record, and if not, why. */
  public Ruling may(SignedIn account, Action action, Subject subject) {
    return Sights.everything(() -> ruling(account, action, subject));
  }

  private Ruling ruling(SignedIn account, Action action, Subject subject) {
    RecordKind kind = kinds.get(subject.kind());
    if (kind == null) {
      throw new IllegalArgumentException("no kind of record " + subject.kind());
    }
    Optional<RecordKind.Place> place = kind.place(subject.id());
    if (place.isEmpty()) {
      return Ruling.no(Reason.OUTSIDE);
    }
    Optional<Reason> recused = keptAway(account, action, subject, place.get().officials());
    if (recused.isPresent()) {
      return Ruling.no(recused.get());
    }
    List<Assignment> able =
        account.today().stream().filter(held -> kind.allows(held.role()).contains(action)).toList();
    if (!able.isEmpty()) {
      Set<Long> reach =
          place.get().units().stream()
              .flatMap(unit -> upwards(unit).stream())
              .collect(Collectors.toSet());
      List<Assignment> here =
          able.stream().filter(held -> held.unit() == null || reach.contains(held.unit())).toList();
      if (!here.isEmpty()) {
        return here.stream().anyMatch(held -> !held.isForAnother())
            ? Ruling.yes()
            : new Ruling.Allowed(String.valueOf(here.getFirst().forName()));
      }
    }
    if (action == Action.READ
        && grants.of(account.account(), subject.kind()).contains(subject.id())) {
      return Ruling.yes();
    }
    return Ruling.no(able.isEmpty() ? Reason.NO_ROLE : Reason.OUTSIDE);
  }

  /**
   * Whether an account must keep away from a matter, and why. Nobody acts on the own matter, kin's,
   * or where it was declared; nobody decides on the own superior's.
   *
   * @param officials numbers of those the matter is about
   */
  public Optional<Reason> recused(
      SignedIn account, Action action, Subject subject, Collection<Long> officials) {
    return Sights.everything(() -> keptAway(account, action, subject, officials));
  }

  private Optional<Reason> keptAway(
      SignedIn account, Action action, Subject subject, Collection<Long> officials) {
    Long own = account.official();
    if (own != null) {
      if (officials.contains(own)) {
        return Optional.of(Reason.PARTY);
      }
      Relations known = relations.getIfAvailable();
      if (known != null && !officials.isEmpty()) {
        if (known.kin(own).stream().anyMatch(officials::contains)) {
          return Optional.of(Reason.KIN);
        }
        if (action == Action.DECIDE
            && known.superiors(own).stream().anyMatch(officials::contains)) {
          return Optional.of(Reason.SUPERIOR);
        }
      }
    }
    List<Subject> subjects = new ArrayList<>(List.of(subject));
    officials.forEach(official -> subjects.add(Subject.official(official)));
    return subjects.stream().anyMatch(one -> recusals.holds(account.account(), one))
        ? Optional.of(Reason.RECUSED)
        : Optional.empty();
  }

  /** How far an account's roles reach for something done with records of a kind. */
  public Reach reach(SignedIn account, Action action, String kind) {
    RecordKind known = kinds.get(kind);
    if (known == null) {
      throw new IllegalArgumentException("no kind of record " + kind);
    }
    return Sights.everything(
        () -> {
          List<Assignment> able =
              account.today().stream()
                  .filter(held -> known.allows(held.role()).contains(action))
                  .toList();
          boolean everywhere = able.stream().anyMatch(held -> held.unit() == null);
          Set<Long> over =
              everywhere
                  ? Set.of()
                  : able.stream()
                      .map(Assignment::unit)
                      .filter(Objects::nonNull)
                      .collect(Collectors.toSet());
          return new Reach(
              everywhere, over, downwards(over), apart(account), declared(account, kind));
        });
  }

  /** The own record, kin, and those from whom the account keeps away as was declared. */
  private Set<Long> apart(SignedIn account) {
    Set<Long> apart = new HashSet<>();
    Long own = account.official();
    if (own != null) {
      apart.add(own);
      Relations known = relations.getIfAvailable();
      if (known != null) {
        apart.addAll(known.kin(own));
      }
    }
    apart.addAll(declared(account, "official"));
    return apart;
  }

  private Set<Long> declared(SignedIn account, String kind) {
    return recusals.of(account.account()).stream()
        .filter(recusal -> recusal.subjectKind().equals(kind))
        .map(recusal -> Long.valueOf(recusal.subjectId()))
        .collect(Collectors.toSet());
  }

  private Set<Long> downwards(Set<Long> held) {
    UnitsAbove tree = units.getIfAvailable();
    return tree == null ? new HashSet<>(held) : tree.within(held);
  }

  private List<Long> upwards(long unit) {
    UnitsAbove tree = units.getIfAvailable();
    return tree == null ? List.of(unit) : tree.upwards(unit);
  }
}
