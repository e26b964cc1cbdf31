package dev.loganalyze.input;

import dev.loganalyze.fault.Reason;
import java.util.Locale;

/** Names and reasons as they may be printed. */
final class Names {
  private Names() {}

  /** {@code name}, with what steers a terminal, which a file name can hold, written out. */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      i += Character.charCount(c);
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR ->
            shown.append(String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        default -> shown.appendCodePoint(c);
      }
    }
    return shown.toString();
  }

  /** Why a file could not be read, without its name. */
  static String reason(Exception e) {
    return shown(Reason.of(e));
  }
}
