package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * {@code thread 'main' panicked at src/main.rs:4:5:}, the words on the next line, and a backtrace
 * where RUST_BACKTRACE asks for it: Rust's {@code library/std/src/panicking.rs}. Before Rust 1.73
 * the words stand in the first line: {@code panicked at 'words', src/main.rs:4:5}.
 */
final class RustTrace extends Trace {
  private static final Pattern HEAD =
      Pattern.compile(
          "^thread '([^']*)' (?:\\(\\d+\\) )?panicked at (?:'(.*)', (\\S+:\\d+:\\d+)|(\\S+?:\\d+:\\d+):?)$");

  private static final Pattern FRAME = Pattern.compile("^\\s*\\d+: (\\S.*)$");
  private static final Pattern PLACE = Pattern.compile("^\\s+at (\\S+:\\d+(?::\\d+)?)$");

  private static final Pattern LIBRARY =
      Pattern.compile(
          "^(?:std::|core::|alloc::|rust_begin_unwind|__rust_|_start|__libc_|<?[a-z]+ as )");

  private static final Pattern FURTHER = Pattern.compile("^(?:stack backtrace:|note: )");

  private boolean worded;

  private RustTrace() {
    super("rust");
  }

  /** The trace that {@code line} begins, or null. */
  static RustTrace of(String line) {
    Matcher head = HEAD.matcher(line);
    if (!head.find()) {
      return null;
    }
    RustTrace trace = new RustTrace();
    boolean old = head.group(3) != null;
    trace.exception = old ? head.group(3) : head.group(4);
    trace.text = old ? head.group(2) : "";
    trace.worded = old;
    trace.died = true;
    return trace;
  }

  @Override
  boolean take(String line) {
    Matcher at = FRAME.matcher(line);
    if (FURTHER.matcher(line).find()) {
      worded = true;
      return true;
    }
    if (!worded && !line.isBlank()) {
      text = line.strip();
      worded = true;
      return true;
    }
    if (at.find()) {
      frame(at.group(1), !LIBRARY.matcher(at.group(1)).find(), true);
      return true;
    }
    return line.isBlank() || PLACE.matcher(line).find();
  }

  @Override
  String what() {
    return text.isEmpty() ? exception : cut(text);
  }

  @Override
  boolean isProven() {
    return true;
  }
}
