package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * {@code Exception in thread "main" x.Y: text} and the frames below it, the innermost first, as
 * {@code java.lang.Throwable.printStackTrace} prints them.
 */
final class JavaTrace extends Trace {
  static final String HEAD = "Exception in thread ";

  private static final Pattern UNCAUGHT =
      Pattern.compile("^Exception in thread \"[^\"]*\" ([\\w.$]+)(?:: (.*))?$");

  /** What a logger prints: the exception alone, with its package. */
  private static final Pattern LOGGED =
      Pattern.compile("^((?:[a-z_][\\w$]*\\.)+[A-Z][\\w$]*)(?:: (.*))?$");

  private static final Pattern FRAME = Pattern.compile("^\\s+at ([\\w.$/<>@-]+)\\(([^)]*)\\)");
  private static final Pattern CAUSE = Pattern.compile("^\\s*Caused by: ([\\w.$]+)");
  private static final Pattern OTHER = Pattern.compile("^\\s+(?:\\.\\.\\. \\d+ |Suppressed: )");
  private static final Pattern LIBRARY =
      Pattern.compile("^(?:java\\.|javax\\.|jdk\\.|sun\\.|java\\.base/)");

  private JavaTrace() {
    super("java");
  }

  /** The trace that {@code line} begins, or null. */
  static JavaTrace of(String line) {
    Matcher uncaught = UNCAUGHT.matcher(line);
    Matcher logged = LOGGED.matcher(line);
    boolean died = uncaught.find();
    if (!died && !logged.find()) {
      return null;
    }
    JavaTrace trace = new JavaTrace();
    Matcher head = died ? uncaught : logged;
    trace.died = died;
    trace.exception = head.group(1);
    trace.text = head.group(2) == null ? "" : head.group(2);
    return trace;
  }

  /** Whether {@code line} is a frame. */
  static boolean isFrame(String line) {
    return FRAME.matcher(line).find();
  }

  @Override
  boolean take(String line) {
    Matcher at = FRAME.matcher(line);
    Matcher by = CAUSE.matcher(line);
    if (at.find()) {
      boolean isOwn = !LIBRARY.matcher(at.group(1)).find();
      frame(at.group(1) + " (" + at.group(2) + ")", isOwn && cause.isEmpty(), true);
      return true;
    }
    if (by.find()) {
      cause = by.group(1);
      return true;
    }
    return OTHER.matcher(line).find();
  }

  @Override
  boolean isProven() {
    return died || frames > 0;
  }
}
