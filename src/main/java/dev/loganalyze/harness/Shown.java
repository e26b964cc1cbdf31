package dev.loganalyze.harness;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.bytes.Text;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternException;
import dev.loganalyze.terminal.ConsoleText;
import dev.loganalyze.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a console shows what was waited for, and what keeps an expression from seeing it.
 *
 * @param why the answer
 * @param pattern the expression that it is about, or empty
 * @param line 1-based raw line, or 0
 * @param text of that line, without escape sequences; where nothing was found, of the last line
 *     that is not blank
 * @param broken what stands in the way: escape sequences as {@code ESC[0m}, or a line of the kernel
 */
record Shown(Why why, String pattern, int line, String text, String broken) {
  /** Escape sequences after ECMA-48; not closed ones up to the end of the line. */
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\\x1b(?:\\[[0-?]*[ -/]*[@-~]?|[\\]PX^_][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|[ -/]*[0-~])");

  private static final Pattern KERNEL = Pattern.compile("\\[ *\\d+\\.\\d{6}\\] .*$");

  /** So many lines from the end are looked at: a harness waits at the end of what came. */
  private static final int LINES = 60;

  private static final int MAX_TEXT = 300;

  /** What there is to say. */
  enum Why {
    /** It is there as it was waited for. */
    SHOWN,
    /** It is there but for escape sequences in it. */
    ESCAPES,
    /** It is there but for a line of the kernel in it. */
    SPLICED,
    /** It is not there. */
    NOT_SHOWN,
    /** No expression can be tried. */
    UNKNOWN
  }

  /** Whether the end of the console {@code raw} shows one of {@code patterns}. */
  static Shown of(List<String> patterns, byte[] raw) {
    List<Expression> expressions = new ArrayList<>();
    for (String pattern : patterns) {
      try {
        expressions.add(Expression.of(pattern));
      } catch (PatternException e) {
        // An expression that only a backtracking matcher takes is not tried.
      }
    }
    ConsoleText console = Terminal.read(raw);
    Shown last = new Shown(Why.NOT_SHOWN, "", 0, "", "");
    for (int i = console.size() - 1; i >= Math.max(0, console.size() - LINES); i--) {
      String text = console.text(i);
      if (last.text.isEmpty() && !text.isBlank()) {
        last =
            new Shown(
                Why.NOT_SHOWN, "", console.rawLine(i), Text.ellipsized(text.strip(), MAX_TEXT), "");
      }
      for (Expression expression : expressions) {
        Shown shown = at(expression, console, i, raw);
        if (shown != null) {
          return shown;
        }
      }
    }
    return expressions.isEmpty() ? new Shown(Why.UNKNOWN, "", last.line, last.text, "") : last;
  }

  private static Shown at(Expression expression, ConsoleText console, int i, byte[] raw) {
    String text = console.text(i);
    String line = text(raw, console.rawStart(i), console.rawEnd(i));
    int at = expression.indexIn(text);
    if (at >= 0) {
      boolean plain = expression.occursIn(line);
      String broken = plain ? "" : sequences(line);
      Why why = plain ? Why.SHOWN : broken.isEmpty() ? Why.SHOWN : Why.ESCAPES;
      return new Shown(
          why,
          expression.toString(),
          console.rawLine(i),
          Text.ellipsized(text.strip(), MAX_TEXT),
          broken);
    }
    Matcher kernel = KERNEL.matcher(text);
    if (kernel.find() && kernel.start() > 0 && i + 1 < console.size()) {
      String whole = text.substring(0, kernel.start()) + console.text(i + 1);
      if (expression.occursIn(whole)) {
        return new Shown(
            Why.SPLICED,
            expression.toString(),
            console.rawLine(i),
            Text.ellipsized(whole.strip(), MAX_TEXT),
            Text.ellipsized(kernel.group().strip(), MAX_TEXT));
      }
    }
    return null;
  }

  /** The escape sequences in {@code raw}, each once, in their order; at most four. */
  static String sequences(String raw) {
    List<String> found = new ArrayList<>();
    Matcher matcher = SEQUENCE.matcher(raw);
    while (matcher.find() && found.size() < 4) {
      String sequence = readable(matcher.group());
      if (!found.contains(sequence)) {
        found.add(sequence);
      }
    }
    return String.join(" ", found);
  }

  private static String readable(String sequence) {
    String text = sequence.replace("\u001b", "ESC").replace("\u0007", "BEL");
    return Text.ellipsized(text, 40);
  }

  private static String text(byte[] raw, int from, int to) {
    return new String(raw, from, Math.max(0, to - from), StandardCharsets.UTF_8);
  }
}
