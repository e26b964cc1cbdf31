package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * {@code Traceback (most recent call last):} and its kin, as CPython's {@code Lib/traceback.py}
 * prints them: frames, the innermost last, then the exception; several in a chain.
 */
final class PythonTrace extends Trace {
  static final String HEAD = "Traceback (most recent call last):";

  private static final Pattern FRAME =
      Pattern.compile("^ *File \"([^\"]*)\", line (\\d+)(?:, in (.+))?$");

  private static final Pattern END =
      Pattern.compile("^(?:[A-Za-z_]\\w*\\.)*([A-Za-z_]\\w*)(?:: (.*))?$");

  /** What Python 3.11 puts below the part of a line that failed, often without its indentation. */
  private static final Pattern MARKER = Pattern.compile("^[ ~^]+$");

  /** What a class is called that no frame proves. */
  private static final Pattern CLASS =
      Pattern.compile("(?:Error|Exception|Interrupt|Exit|Warning|Timeout|NotFound|Expired)$");

  /** The standard library, but not what is installed below it. */
  private static final Pattern LIBRARY = Pattern.compile("/lib(?:64)?/python\\d[^/]*/|^<frozen ");

  private static final String DIRECT = "The above exception was the direct cause of";
  private static final String DURING = "During handling of the above exception";

  /** Whether the lines of a group of exceptions stand behind a bar. */
  private final boolean group;

  private boolean ended;
  private boolean chained;

  /**
   * @param head the line that begins it
   */
  PythonTrace(String head, boolean died) {
    super("python");
    this.died = died;
    this.group = head.stripLeading().startsWith("+");
  }

  @Override
  boolean take(String line) {
    String text = line.stripLeading();
    if (group) {
      boolean barred = text.startsWith("|") || text.startsWith("+");
      return barred && (ended || lineOf(text.substring(text.startsWith("| ") ? 2 : 1)));
    }
    return lineOf(line);
  }

  private boolean lineOf(String line) {
    String text = line.stripLeading();
    if (ended) {
      boolean goesOn = text.startsWith(DIRECT) || text.startsWith(DURING);
      boolean again = chained && text.equals(HEAD);
      ended = !again;
      frames = again ? 0 : frames;
      chained |= goesOn;
      return goesOn || again || text.isEmpty();
    }
    Matcher at = FRAME.matcher(line);
    if (at.find()) {
      String in = at.group(3) == null ? "" : " in " + at.group(3);
      boolean isOwn =
          !LIBRARY.matcher(at.group(1)).find() || at.group(1).contains("/site-packages/");
      frame(at.group(1) + ":" + at.group(2) + in, isOwn, false);
      return true;
    }
    if (line.isEmpty() || line.charAt(0) == ' ' || MARKER.matcher(line).find()) {
      return true;
    }
    Matcher end = END.matcher(line);
    if (!end.find() || !isClass(end.group(1))) {
      return false;
    }
    cause = chained && cause.isEmpty() ? exception : cause;
    exception = end.group(1);
    this.text = end.group(2) == null ? "" : end.group(2);
    ended = true;
    chained = false;
    return true;
  }

  /** Without a frame only its name proves a class; with one, that it begins like one. */
  private boolean isClass(String name) {
    return CLASS.matcher(name).find() || (frames > 0 && Character.isUpperCase(name.charAt(0)));
  }

  @Override
  boolean isProven() {
    return !exception.isEmpty();
  }
}
