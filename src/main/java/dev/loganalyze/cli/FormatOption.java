package dev.loganalyze.cli;

import dev.loganalyze.report.Format;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code --format NAME[=FILE]}.
 *
 * @param format which
 * @param file where to; null for standard output
 */
record FormatOption(Format format, Path file) {

  /** Reads {@code NAME} or {@code NAME=FILE}. */
  static final class Converter implements ITypeConverter<FormatOption> {
    @Override
    public FormatOption convert(String value) {
      int equals = value.indexOf('=');
      try {
        Format format = Format.of(equals < 0 ? value : value.substring(0, equals));
        if (equals == value.length() - 1) {
          throw new TypeConversionException("'" + value + "' names no file");
        }
        return new FormatOption(format, equals < 0 ? null : Path.of(value.substring(equals + 1)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
