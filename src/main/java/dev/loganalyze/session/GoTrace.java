package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * {@code panic: text} or {@code fatal error: text} and the stacks of goroutines, the innermost
 * frame first: Go's {@code src/runtime/panic.go} and {@code traceback.go}.
 */
final class GoTrace extends Trace {
  private static final Pattern HEAD = Pattern.compile("^(panic|fatal error): (.+)$");

  /** Words of the runtime itself, which prove it without a stack. */
  private static final Pattern RUNTIME =
      Pattern.compile(
          "^(?:runtime error: |assignment to |interface conversion: |send on |close of |sync: "
              + "|reflect: |all goroutines are asleep|concurrent map |stack overflow)");

  private static final Pattern GOROUTINE = Pattern.compile("^goroutine \\d+ \\[[^\\]]*\\]:$");

  private static final Pattern FUNCTION =
      Pattern.compile(
          "^(?:created by )?([\\w./*()%-]+?\\.[\\w.*()\\[\\]-]+?)(?:\\([^()]*\\))?(?: in goroutine \\d+)?$");

  private static final Pattern PLACE = Pattern.compile("^\\s+(\\S+\\.(?:go|s):\\d+)");

  private static final Pattern FURTHER =
      Pattern.compile("^(?:\\s+panic: |\\[signal |\\s*\\.\\.\\.|exit status |\\[recovered\\])");

  private String function = "";
  private boolean stack;

  /** The stack of the goroutine that died is over. */
  private boolean second;

  private GoTrace() {
    super("go");
    died = true;
  }

  /** The trace that {@code line} begins, or null. */
  static GoTrace of(String line) {
    Matcher head = HEAD.matcher(line);
    if (!head.find()) {
      return null;
    }
    GoTrace trace = new GoTrace();
    trace.exception = head.group(1);
    trace.text = head.group(2).strip();
    return trace;
  }

  @Override
  boolean take(String line) {
    if (GOROUTINE.matcher(line.strip()).find()) {
      second = stack;
      stack = true;
      return true;
    }
    Matcher place = PLACE.matcher(line);
    Matcher called = FUNCTION.matcher(line);
    if (stack && place.find()) {
      boolean isOwn = !function.startsWith("runtime.") && !function.startsWith("panic");
      if (!second && !function.isEmpty()) {
        frame(function + " (" + place.group(1) + ")", isOwn, true);
      }
      return true;
    }
    if (stack && called.find()) {
      function = called.group(1);
      return true;
    }
    if (stack && line.startsWith("panic(")) {
      function = "panic";
      return true;
    }
    return line.isBlank() || FURTHER.matcher(line).find();
  }

  @Override
  String what() {
    return cut(text);
  }

  @Override
  boolean isProven() {
    return stack || RUNTIME.matcher(text).find();
  }
}
