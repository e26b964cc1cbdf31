package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * {@code Error: text} and the frames below it, the innermost first, as V8 formats them. Node prints
 * its version at the end where nothing caught the error: {@code src/node_errors.cc}.
 */
final class NodeTrace extends Trace {
  private static final Pattern HEAD =
      Pattern.compile("^(?:Uncaught )?([A-Z]\\w*)(?: \\[[\\w -]+\\])?(?:: (.*))?$");

  private static final Pattern FRAME =
      Pattern.compile(
          "^\\s+at (?:(?:async |new )?(.+?) \\()?((?:node:|file://|/|[A-Za-z]:\\\\)?\\S+?:\\d+:\\d+)\\)?(?: \\{)?$");

  private static final Pattern VERSION = Pattern.compile("^Node\\.js v\\d+");

  /** {@code code: 'ENOENT'} and the braces around it: what else the error holds. */
  private static final Pattern HELD = Pattern.compile("^(?:\\s+\\w+: .*|\\s*[{}\\]],?|\\s+\\[.*)$");

  private NodeTrace() {
    super("node");
  }

  /** The trace that {@code line} begins, or null; a frame must follow. */
  static NodeTrace of(String line) {
    Matcher head = HEAD.matcher(line);
    if (!head.find()) {
      return null;
    }
    NodeTrace trace = new NodeTrace();
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
    if (at.find()) {
      String where = at.group(2);
      boolean isOwn = !where.startsWith("node:") && !where.contains("/node_modules/");
      String function = at.group(1) == null ? "" : at.group(1) + " ";
      frame(function + "(" + where + ")", isOwn, true);
      return true;
    }
    if (VERSION.matcher(line).find()) {
      died = true;
      return true;
    }
    return line.isBlank() || HELD.matcher(line).find();
  }

  @Override
  boolean isProven() {
    return frames > 0;
  }
}
