package dev.loganalyze.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Times as {@code --since} and {@code --until} take them. */
final class JournalTime {
  private JournalTime() {}

  /**
   * {@code 2026-11-18 11:06:41[.5]} or with a T, without seconds, or the date alone for its
   * midnight, in UTC; or {@code @1795000001[.5]}.
   *
   * @return microseconds since 1970 UTC
   * @throws CommandException when it is none of these
   */
  static long micros(String text) {
    try {
      if (text.startsWith("@") && text.length() <= 32) {
        return new BigDecimal(text.substring(1)).movePointRight(6).longValueExact();
      }
      String iso = text.strip().replace(' ', 'T');
      LocalDateTime time =
          iso.indexOf('T') < 0 ? LocalDate.parse(iso).atStartOfDay() : LocalDateTime.parse(iso);
      return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw new CommandException(
          "'" + text + "' is no time; write 2026-11-18 11:06:41 (UTC) or @ and seconds since 1970");
    }
  }
}
