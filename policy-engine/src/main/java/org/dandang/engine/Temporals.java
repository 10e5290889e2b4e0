package org.dandang.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoPeriod;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.dandang.engine.Plan.Function;
import org.dandang.engine.Plan.Operation;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.AtLiteralNode;
import org.kie.dmn.feel.runtime.functions.DateAndTimeFunction;
import org.kie.dmn.feel.runtime.functions.DateFunction;
import org.kie.dmn.feel.runtime.functions.DurationFunction;
import org.kie.dmn.feel.runtime.functions.FEELFnResult;
import org.kie.dmn.feel.runtime.functions.TimeFunction;

/**
 * Days, times and durations: literals, arithmetic and properties. Times count whole seconds and
 * have no offset or a fixed one; a place's own rules of time are refused.
 */
final class Temporals {
  static final int SECONDS_A_DAY = 86_400;

  /** More seconds, or months, than this many digits could leave the calendar. */
  private static final int MOST_SECONDS = 12;

  private static final int MOST_MONTHS = 6;

  private static final PlanType.Number SECONDS = new PlanType.Number(MOST_SECONDS, 0, true);
  private static final PlanType.Number WHOLE = new PlanType.Number(12, 0, true);

  private Temporals() {}

  // ---------------------------------------------------------------- literals

  /** The value of {@code @"…"}. */
  static Plan literal(String text) {
    String function = AtLiteralNode.fromAtValue(text).fnName;
    return switch (String.valueOf(function)) {
      case "date" -> read(DateFunction.INSTANCE.invoke(text), text);
      case "time" -> read(TimeFunction.INSTANCE.invoke(text), text);
      case "date and time" -> read(DateAndTimeFunction.INSTANCE.invoke(text), text);
      case "duration" -> read(DurationFunction.INSTANCE.invoke(text), text);
      default -> throw new RefusedException("at-literal", text + " is nothing known");
    };
  }

  private static Plan read(FEELFnResult<?> result, String text) {
    Object value = result.<@Nullable Object>cata(e -> null, v -> v);
    if (value == null) {
      throw new RefusedException("temporal constant", text + " cannot be read");
    }
    return constant(value);
  }

  /** A constant of one of the calendar's types. */
  static Plan constant(Object value) {
    return switch (value) {
      case LocalDate day when inCalendar(day) -> Plan.day(day);
      case LocalTime time when time.getNano() == 0 ->
          Plan.temporal(time.toSecondOfDay(), new PlanType.Clock(null));
      case OffsetTime time when time.getNano() == 0 ->
          Plan.temporal(time.toLocalTime().toSecondOfDay(), new PlanType.Clock(time.getOffset()));
      case LocalDateTime moment when moment.getNano() == 0 -> moment(moment, null);
      case OffsetDateTime moment when moment.getNano() == 0 ->
          moment(moment.toLocalDateTime(), moment.getOffset());
      case ZonedDateTime moment
          when moment.getNano() == 0 && moment.getZone() instanceof ZoneOffset offset ->
          moment(moment.toLocalDateTime(), offset);
      case Duration duration when duration.getNano() == 0 ->
          new Plan.Constant(
              BigDecimal.valueOf(duration.getSeconds()),
              new PlanType.Days(number(duration.getSeconds())));
      case ChronoPeriod period when period.get(ChronoUnit.DAYS) == 0 -> {
        long months = period.get(ChronoUnit.YEARS) * 12 + period.get(ChronoUnit.MONTHS);
        yield new Plan.Constant(BigDecimal.valueOf(months), new PlanType.Months(number(months)));
      }
      default ->
          throw new RefusedException(
              "temporal constant",
              value + " has a named zone, parts of a second, or lies outside the years 1 to 9999");
    };
  }

  private static PlanType.Number number(long value) {
    return new PlanType.Number(Long.toString(Math.abs(value)).length(), 0, true);
  }

  private static boolean inCalendar(LocalDate day) {
    return day.getYear() >= 1 && day.getYear() <= 9999;
  }

  private static Plan moment(LocalDateTime moment, @Nullable ZoneOffset offset) {
    if (!inCalendar(moment.toLocalDate())) {
      throw new RefusedException("temporal constant", moment + " is not in the years 1 to 9999");
    }
    return Plan.temporal(moment.toEpochSecond(ZoneOffset.UTC), new PlanType.Moment(offset));
  }

  // ---------------------------------------------------------------- arithmetic

  /** The sum, difference, product or quotient; null where these types have none of their own. */
  static @Nullable Term calculate(String operator, Plan left, Plan right) {
    PlanType l = left.type();
    PlanType r = right.type();
    return switch (operator) {
      case "+" -> {
        Plan sum = plus(left, right);
        yield sum != null ? Term.sure(sum) : sure(plus(right, left));
      }
      case "-" -> sure(minus(left, right));
      case "*" ->
          switch (l) {
            case PlanType.Number n when r instanceof PlanType.Days d ->
                truncatedProduct(left, right, d);
            case PlanType.Number n when r instanceof PlanType.Months m -> monthsTimes(right, left);
            case PlanType.Months m when r instanceof PlanType.Number n -> monthsTimes(left, right);
            case PlanType.Days d when r instanceof PlanType.Number n -> daysTimes(left, right);
            default -> null;
          };
      case "/" ->
          switch (l) {
            case PlanType.Days d when r instanceof PlanType.Number n -> daysBy(left, right);
            case PlanType.Months m when r instanceof PlanType.Number n -> monthsBy(left, right);
            case PlanType.Days d when r instanceof PlanType.Days e -> amountBy(left, right);
            case PlanType.Months m when r instanceof PlanType.Months n -> amountBy(left, right);
            default -> null;
          };
      default -> null;
    };
  }

  private static @Nullable Term sure(@Nullable Plan plan) {
    return plan == null ? null : Term.sure(plan);
  }

  private static @Nullable Plan plus(Plan left, Plan right) {
    PlanType r = right.type();
    return switch (left.type()) {
      case PlanType.Days d when r instanceof PlanType.Days e ->
          amounts(Operation.PLUS, left, right, MOST_SECONDS + 4);
      case PlanType.Months m when r instanceof PlanType.Months n ->
          amounts(Operation.PLUS, left, right, 9);
      case PlanType.Day d when r instanceof PlanType.Days e -> plusSeconds(left, right);
      case PlanType.Day d when r instanceof PlanType.Months m -> plusMonths(left, right);
      case PlanType.Clock c when r instanceof PlanType.Days d -> {
        Plan sum = seconds(Operation.PLUS, left, right);
        yield new Plan.As(rest(sum), c);
      }
      case PlanType.Moment m when r instanceof PlanType.Days d -> moved(left, right, 1);
      case PlanType.Moment m when r instanceof PlanType.Months n -> movedMonths(left, right, 1);
      default -> null;
    };
  }

  private static @Nullable Plan minus(Plan left, Plan right) {
    PlanType r = right.type();
    return switch (left.type()) {
      case PlanType.Days d when r instanceof PlanType.Days e ->
          amounts(Operation.MINUS, left, right, MOST_SECONDS + 4);
      case PlanType.Months m when r instanceof PlanType.Months n ->
          amounts(Operation.MINUS, left, right, 9);
      case PlanType.Day d when r instanceof PlanType.Day e ->
          difference(atMidnight(left), atMidnight(right));
      case PlanType.Day d when r instanceof PlanType.Days e -> plusSeconds(left, negated(right));
      case PlanType.Day d when r instanceof PlanType.Months m -> plusMonths(left, negated(right));
      case PlanType.Day d when r instanceof PlanType.Moment m && m.offset() != null ->
          difference(atMidnight(left), instant(right));
      case PlanType.Moment m when m.offset() != null && r instanceof PlanType.Day e ->
          difference(instant(left), atMidnight(right));
      case PlanType.Moment m
          when r instanceof PlanType.Moment n && (m.offset() == null) == (n.offset() == null) ->
          difference(instant(left), instant(right));
      case PlanType.Clock c
          when r instanceof PlanType.Clock d && (c.offset() == null) == (d.offset() == null) ->
          difference(instant(left), instant(right));
      case PlanType.Clock c when r instanceof PlanType.Days d -> {
        Plan sum = seconds(Operation.MINUS, left, right);
        yield new Plan.As(rest(sum), c);
      }
      case PlanType.Moment m when r instanceof PlanType.Days d -> moved(left, right, -1);
      case PlanType.Moment m when r instanceof PlanType.Months n -> movedMonths(left, right, -1);
      default -> null;
    };
  }

  private static Plan amounts(Operation operation, Plan left, Plan right, int most) {
    PlanType.Number l = left.type().amount();
    PlanType.Number r = right.type().amount();
    PlanType.Number sum =
        new PlanType.Number(
            Math.max(l.whole(), r.whole()) + 1, Math.max(l.scale(), r.scale()), true);
    if (sum.whole() > most) {
      throw new RefusedException("duration", "may grow beyond what can be told exactly");
    }
    return new Plan.Arithmetic(operation, left, right, like(left.type(), sum));
  }

  private static PlanType like(PlanType type, PlanType.Number amount) {
    return type instanceof PlanType.Days ? new PlanType.Days(amount) : new PlanType.Months(amount);
  }

  private static Plan negated(Plan duration) {
    return new Plan.Arithmetic(
        Operation.MINUS,
        new Plan.Constant(BigDecimal.ZERO, like(duration.type(), new PlanType.Number(1, 0, true))),
        duration,
        duration.type());
  }

  /** The duration with its sign turned. */
  static Plan minus(Plan duration) {
    return negated(duration);
  }

  private static Plan wholeSeconds(Plan duration) {
    PlanType.Number amount = duration.type().amount();
    if (amount.scale() != 0 || amount.whole() > MOST_SECONDS) {
      throw new RefusedException("duration", "with parts of a second, or longer than the calendar");
    }
    return duration;
  }

  private static Plan plusSeconds(Plan day, Plan duration) {
    Plan days =
        call(
            Function.FLOOR_QUOTIENT,
            WHOLE,
            wholeSeconds(duration),
            Plan.number(BigDecimal.valueOf(SECONDS_A_DAY)));
    Plan number = call(Function.DAY_NUMBER, new PlanType.Number(7, 0, true), day);
    return new Plan.Call(
        Function.DAY_AT,
        List.of(new Plan.Arithmetic(Operation.PLUS, number, days, WHOLE)),
        PlanType.DAY);
  }

  private static Plan plusMonths(Plan day, Plan months) {
    if (months.type().amount().whole() > MOST_MONTHS) {
      throw new RefusedException("duration", "may be longer than the calendar");
    }
    return new Plan.Call(Function.PLUS_MONTHS, List.of(day, months), PlanType.DAY);
  }

  private static Plan seconds(Operation operation, Plan left, Plan right) {
    return new Plan.Arithmetic(operation, left, wholeSeconds(right), SECONDS);
  }

  private static Plan rest(Plan seconds) {
    return call(
        Function.FLOOR_REST,
        new PlanType.Number(5, 0, true),
        seconds,
        Plan.number(BigDecimal.valueOf(SECONDS_A_DAY)));
  }

  /** A moment's place in the calendar must be known in advance: only constants are moved. */
  private static Plan moved(Plan moment, Plan duration, int sign) {
    LocalDateTime from = constantMoment(moment);
    check(from.plusSeconds(sign * constantAmount(duration)));
    return new Plan.As(
        seconds(sign > 0 ? Operation.PLUS : Operation.MINUS, moment, duration), moment.type());
  }

  private static Plan movedMonths(Plan moment, Plan months, int sign) {
    LocalDateTime from = constantMoment(moment);
    check(from.plusMonths(sign * constantAmount(months)));
    Plan day = dayOf(moment);
    Plan then = plusMonths(day, sign > 0 ? months : negated(months));
    Plan midnight = atMidnight(then);
    return new Plan.As(
        new Plan.Arithmetic(Operation.PLUS, midnight, rest(moment), SECONDS), moment.type());
  }

  private static void check(LocalDateTime moment) {
    if (!inCalendar(moment.toLocalDate())) {
      throw new RefusedException("date and time", moment + " is not in the years 1 to 9999");
    }
  }

  private static LocalDateTime constantMoment(Plan plan) {
    return LocalDateTime.ofEpochSecond(constantAmount(plan), 0, ZoneOffset.UTC);
  }

  private static long constantAmount(Plan plan) {
    if (plan instanceof Plan.Constant c && c.value() instanceof BigDecimal amount) {
      return amount.longValueExact();
    }
    throw new RefusedException("date and time", "moved by something that is not a constant");
  }

  static Plan dayOf(Plan moment) {
    return new Plan.Call(
        Function.DAY_AT,
        List.of(
            call(
                Function.FLOOR_QUOTIENT,
                WHOLE,
                moment,
                Plan.number(BigDecimal.valueOf(SECONDS_A_DAY)))),
        PlanType.DAY);
  }

  static Plan clockOf(Plan moment) {
    ZoneOffset offset = ((PlanType.Moment) moment.type()).offset();
    return new Plan.As(rest(moment), new PlanType.Clock(offset));
  }

  /** Seconds since 1970 of a day's first moment. */
  static Plan atMidnight(Plan day) {
    return new Plan.Arithmetic(
        Operation.TIMES,
        call(Function.DAY_NUMBER, new PlanType.Number(7, 0, true), day),
        Plan.number(BigDecimal.valueOf(SECONDS_A_DAY)),
        SECONDS);
  }

  /** A day and a time of day together. */
  static Plan momentOf(Plan day, Plan clock) {
    return new Plan.As(
        new Plan.Arithmetic(Operation.PLUS, atMidnight(day), clock, SECONDS),
        new PlanType.Moment(((PlanType.Clock) clock.type()).offset()));
  }

  /** Seconds as at the meridian of Greenwich; those without an offset stay as they are. */
  private static Plan instant(Plan plan) {
    ZoneOffset offset =
        plan.type() instanceof PlanType.Moment m
            ? m.offset()
            : ((PlanType.Clock) plan.type()).offset();
    if (offset == null || offset.getTotalSeconds() == 0) {
      return plan;
    }
    return new Plan.Arithmetic(
        Operation.MINUS, plan, Plan.number(BigDecimal.valueOf(offset.getTotalSeconds())), SECONDS);
  }

  private static Plan difference(Plan left, Plan right) {
    return new Plan.Arithmetic(
        Operation.MINUS, left, right, new PlanType.Days(new PlanType.Number(12, 0, true)));
  }

  /** A number times a duration gives whole seconds, the rest cut off. */
  private static Term truncatedProduct(Plan number, Plan duration, PlanType.Days type) {
    if (type.seconds().scale() != 0) {
      throw new RefusedException("*", "of a duration with parts of a second");
    }
    return Term.sure(truncated(product(number, duration, 16), new PlanType.Days(SECONDS)));
  }

  private static Term monthsTimes(Plan months, Plan number) {
    return Term.sure(
        truncated(
            product(months, number, 9), new PlanType.Months(new PlanType.Number(9, 0, true))));
  }

  private static Term daysTimes(Plan duration, Plan number) {
    if (number.type().amount().digits() > 15 || duration.type().amount().scale() != 0) {
      throw new RefusedException("*", "of a duration and a number of many digits");
    }
    return Term.sure(exactSeconds(product(duration, number, 16)));
  }

  private static Plan.Arithmetic product(Plan left, Plan right, int mostWhole) {
    PlanType.Number l = left.type().amount();
    PlanType.Number r = right.type().amount();
    PlanType.Number product =
        new PlanType.Number(l.whole() + r.whole(), l.scale() + r.scale(), false);
    if (product.whole() > mostWhole || product.digits() > 34) {
      throw new RefusedException("*", "may give a duration of too many digits");
    }
    return new Plan.Arithmetic(Operation.TIMES, left, right, product);
  }

  private static Plan truncated(Plan number, PlanType type) {
    return new Plan.As(
        number.type().amount().scale() == 0
            ? number
            : call(Function.TRUNCATE, new PlanType.Number(type.amount().whole(), 0, true), number),
        type);
  }

  /** Seconds with no parts, where that is known; else with them. */
  private static Plan exactSeconds(Plan.Arithmetic product) {
    if (product.left() instanceof Plan.Constant l
        && product.right() instanceof Plan.Constant r
        && l.value() instanceof BigDecimal a
        && r.value() instanceof BigDecimal b
        && a.multiply(b).stripTrailingZeros().scale() <= 0) {
      return truncated(product, new PlanType.Days(SECONDS));
    }
    PlanType.Number type = product.type().amount();
    if (type.scale() > 9) {
      throw new RefusedException("duration", "with smaller parts than a nanosecond");
    }
    return new Plan.As(product, new PlanType.Days(type));
  }

  private static Term daysBy(Plan duration, Plan number) {
    BigDecimal divisor = divisor(number);
    if (divisor.signum() == 0) {
      return Term.sure(Plan.NULL);
    }
    return Term.sure(exactSeconds(product(duration, Plan.number(reciprocal(divisor)), 16)));
  }

  private static Term monthsBy(Plan months, Plan number) {
    BigDecimal divisor = divisor(number);
    if (divisor.signum() == 0) {
      return new Term(Plan.NULL, Plan.TRUE);
    }
    int scale = Math.max(0, divisor.stripTrailingZeros().scale());
    BigDecimal whole = divisor.movePointRight(scale);
    if (scale > 6 || whole.precision() > 9 || months.type().amount().whole() > 9) {
      throw new RefusedException("/", "of a duration by a number of many digits");
    }
    Plan scaled =
        scale == 0
            ? months
            : new Plan.Arithmetic(
                Operation.TIMES,
                months,
                Plan.number(BigDecimal.ONE.movePointRight(scale).setScale(0)),
                new PlanType.Number(9 + scale, 0, true));
    Plan quotient =
        call(
            Function.QUOTIENT,
            new PlanType.Number(9, 0, true),
            scaled,
            Plan.number(whole.setScale(0)));
    return Term.sure(new Plan.As(quotient, new PlanType.Months(new PlanType.Number(9, 0, true))));
  }

  private static Term amountBy(Plan left, Plan right) {
    BigDecimal divisor = divisor(right);
    if (divisor.signum() == 0) {
      return Term.sure(Plan.NULL);
    }
    if (left.type().amount().scale() != 0) {
      throw new RefusedException("/", "of a duration with parts of a second");
    }
    return Term.sure(product(left, Plan.number(reciprocal(divisor)), 20));
  }

  private static BigDecimal divisor(Plan plan) {
    if (plan instanceof Plan.Constant c && c.value() instanceof BigDecimal divisor) {
      return divisor;
    }
    throw new RefusedException(
        "division", "a quotient is compiled only where it is compared at once");
  }

  /** One divided by a constant, where that has an end. */
  static BigDecimal reciprocal(BigDecimal divisor) {
    try {
      BigDecimal exact = BigDecimal.ONE.divide(divisor);
      if (exact.precision() <= 15 && exact.scale() <= 15) {
        return exact;
      }
    } catch (ArithmeticException e) {
      // a fraction without end
    }
    throw new RefusedException("division", "by " + divisor + " has no exact decimal result");
  }

  // ---------------------------------------------------------------- comparing

  /** Both as numbers that compare as the two do; null where they do not compare. */
  static @Nullable List<Plan> comparable(Plan left, Plan right) {
    PlanType l = left.type();
    PlanType r = right.type();
    if (l instanceof PlanType.Clock && r instanceof PlanType.Clock) {
      return List.of(left, right);
    }
    if (l instanceof PlanType.Moment a && r instanceof PlanType.Moment b) {
      // One without an offset is taken to be at the other's.
      return a.offset() != null && b.offset() != null
          ? List.of(instant(left), instant(right))
          : List.of(left, right);
    }
    if (l instanceof PlanType.Days && r instanceof PlanType.Days) {
      return List.of(left, right);
    }
    if (l instanceof PlanType.Months && r instanceof PlanType.Months) {
      return List.of(left, right);
    }
    return null;
  }

  // ---------------------------------------------------------------- properties

  /** A property of a date, time or duration. */
  static Plan property(Plan of, String property) {
    return switch (of.type()) {
      case PlanType.Day d ->
          switch (property) {
            case "year" -> call(Function.YEAR, new PlanType.Number(4, 0, true), of);
            case "month" -> call(Function.MONTH, new PlanType.Number(2, 0, true), of);
            case "day" -> call(Function.DAY, new PlanType.Number(2, 0, true), of);
            case "weekday" -> call(Function.WEEKDAY, new PlanType.Number(1, 0, true), of);
            default -> throw unknown(of, property);
          };
      case PlanType.Moment m ->
          switch (property) {
            case "year", "month", "day", "weekday" -> property(dayOf(of), property);
            case "hour", "minute", "second" -> property(clockOf(of), property);
            case "time offset" -> offset(m.offset(), of, property);
            default -> throw unknown(of, property);
          };
      case PlanType.Clock c ->
          switch (property) {
            case "hour" -> part(of, 3600, 24);
            case "minute" -> part(of, 60, 60);
            case "second" -> part(of, 1, 60);
            case "time offset" -> offset(c.offset(), of, property);
            default -> throw unknown(of, property);
          };
      case PlanType.Days d ->
          switch (property) {
            case "days" -> quotient(wholeSeconds(of), SECONDS_A_DAY);
            case "hours" -> remainder(quotient(wholeSeconds(of), 3600), 24);
            case "minutes" -> remainder(quotient(wholeSeconds(of), 60), 60);
            case "seconds" -> remainder(wholeSeconds(of), 60);
            default -> throw unknown(of, property);
          };
      case PlanType.Months m ->
          switch (property) {
            case "years", "months" -> {
              // Years and months as they were written are lost in a sum; only constants keep them.
              if (!(of instanceof Plan.Constant)) {
                throw unknown(of, property);
              }
              yield property.equals("years") ? quotient(of, 12) : remainder(of, 12);
            }
            default -> throw unknown(of, property);
          };
      default -> throw unknown(of, property);
    };
  }

  private static RefusedException unknown(Plan of, String property) {
    return new RefusedException("path", "the property " + property + " of a " + of.type().word());
  }

  private static Plan offset(@Nullable ZoneOffset offset, Plan of, String property) {
    if (offset == null) {
      throw unknown(of, property);
    }
    long seconds = offset.getTotalSeconds();
    return new Plan.Constant(BigDecimal.valueOf(seconds), new PlanType.Days(number(seconds)));
  }

  private static Plan part(Plan seconds, int unit, int modulus) {
    return remainder(unit == 1 ? seconds : quotient(seconds, unit), modulus);
  }

  private static Plan quotient(Plan number, int by) {
    return call(Function.QUOTIENT, WHOLE, number, Plan.number(BigDecimal.valueOf(by)));
  }

  private static Plan remainder(Plan number, int by) {
    return call(
        Function.REST,
        new PlanType.Number(2, 0, true),
        number,
        Plan.number(BigDecimal.valueOf(by)));
  }

  private static Plan call(Function function, PlanType.Number type, Plan... arguments) {
    return new Plan.Call(function, List.of(arguments), type);
  }
}
