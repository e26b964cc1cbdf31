package dev.loganalyze.input;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
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
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "it is not there any more";
    }
    if (cause instanceof FileSystemLoopException) {
      return "its links go in a circle";
    }
    return shown(String.valueOf(cause.getMessage()));
  }
}
