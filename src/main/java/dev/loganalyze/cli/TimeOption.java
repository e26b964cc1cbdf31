package dev.loganalyze.cli;

import dev.loganalyze.parse.Timespan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time that an option takes, in seconds: {@code 300}, {@code 300s}, {@code 1min 30s}. */
final class TimeOption implements ITypeConverter<Double> {
  @Override
  public Double convert(String value) {
    boolean number = value.matches("\\d{1,9}(\\.\\d{1,9})?");
    long micros = Timespan.parse(number ? value + "s" : value);
    if (micros == Timespan.NONE) {
      throw new TypeConversionException("'" + value + "' is no time; write 300s or 5min");
    }
    return micros / 1e6;
  }
}
