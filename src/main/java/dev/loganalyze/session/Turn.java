package dev.loganalyze.session;

import com.google.re2j.Pattern;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.terminal.Mark;
import java.util.Set;

/**
 * A prompt and the lines up to the next one, and which of them is the command.
 *
 * <p>What a harness sends ahead of the prompt is echoed by the terminal driver, by readline when it
 * redraws its line, and by the recorder, which ends its copies with a bare LF. The shell takes what
 * stands in the last line that ends with a carriage return before readline switches bracketed paste
 * off (readline's {@code rltty.c}, {@code rl_deprep_terminal}). A shell that switches nothing has
 * its command behind its prompt.
 *
 * @param prompt index of the prompt's entry
 * @param last index of its last entry, inclusive
 * @param sign the prompt as printed, without what stands behind it
 * @param typed what stands behind the prompt
 * @param command what the shell took
 * @param answer index of the first entry after the command
 */
record Turn(int prompt, int last, String sign, String typed, String command, int answer) {
  /** What the kernel and systemd print is never typed. */
  private static final Pattern CONSOLE_LINE =
      Pattern.compile(
          "^(?:\\[ *\\d+\\.\\d{6}\\]|\\[(?:  OK  |FAILED|DEPEND| TIME | INFO | SKIP |[* ]{6})\\] "
              + "| {6,}(?:Start|Stopp|Mount|Unmount)ing )");

  /** A prompt of two lines has its sign on the second. */
  private static final Pattern SIGN = Pattern.compile("^(?:❯|➜|λ|[$#%>])(?: |$)");

  /** So wide is a terminal that does not say. */
  private static final int COLUMNS = 80;

  /** No terminal has fewer columns. */
  private static final int NARROWEST = 39;

  /** Longer lines are no two commands that ran together. */
  private static final int MAX_GLUED = 300;

  static Turn of(Entries entries, int prompt, int last, boolean isLast, Set<String> typed) {
    Entry entry = entries.get(prompt);
    String text = entry.message();
    String behind = typed(entry);
    String sign = text.substring(0, text.length() - entry.unit().length()).strip();
    int second = prompt + 1;
    if (entry.unit().isEmpty()
        && entry.has(Mark.PASTE_ON)
        && second <= last
        && SIGN.matcher(entries.get(second).message()).find()) {
      String line = entries.get(second).message();
      int blank = line.indexOf(' ');
      String command = blank < 0 ? "" : line.substring(blank + 1).strip();
      String both = sign + " " + line.substring(0, blank < 0 ? line.length() : blank);
      return new Turn(prompt, last, both, command, command, second + 1);
    }
    if (text.startsWith("> ") && entry.unit().isEmpty()) {
      // The second prompt of a command that has several lines.
      return new Turn(prompt, last, ">", text.substring(2), text.substring(2), prompt + 1);
    }
    int off = prompt + 1;
    // Paste is switched off on the line of the next prompt where the command printed nothing.
    int end = isLast ? last : last + 1;
    while (off <= end && !entries.get(off).has(Mark.PASTE_OFF)) {
      off++;
    }
    if (off > end) {
      int row = lastRow(entries, prompt, last);
      String rows = row == prompt ? behind : rows(entries, prompt, row);
      return new Turn(prompt, last, sign, rows, rows, row + 1);
    }
    String whole = overEdge(entries, prompt, off);
    if (!whole.isEmpty()) {
      return new Turn(prompt, last, sign, whole, whole, off);
    }
    String taken = taken(entries, prompt, off, typed);
    // An empty line says nothing; when it has an answer, what stands at the prompt was taken.
    boolean answered = taken.isEmpty() && off == prompt + 2 && off <= last;
    return new Turn(prompt, last, sign, behind, answered ? behind : taken, off);
  }

  /**
   * The command at a prompt that goes over the edge of the terminal, up to entry {@code off}; empty
   * where it does not. Readline prints a blank, or what comes next, and a carriage return there
   * (readline's {@code display.c, update_line()}), so that its pieces lie in one raw line.
   */
  private static String overEdge(Entries entries, int prompt, int off) {
    int row = prompt;
    StringBuilder whole = new StringBuilder();
    while (row + 1 < off && goesOver(entries, row) && isTyped(entries, row + 1)) {
      String piece = entries.get(row).message();
      whole.append(piece, 0, piece.length() - 1);
      row++;
    }
    if (row == prompt) {
      return "";
    }
    whole.append(entries.get(row).message());
    whole.delete(0, entries.get(prompt).message().length() - entries.get(prompt).unit().length());
    return whole.toString().strip();
  }

  /**
   * The last row of the command at a prompt that goes over the edge of BusyBox's terminal, which
   * has 80 columns where a serial line tells of none: there it prints CR LF (lineedit.c, {@code
   * put_cur_glyph_and_inc_cursor()}).
   */
  private static int lastRow(Entries entries, int prompt, int last) {
    int row = prompt;
    while (row < last
        && entries.get(row).message().length() == COLUMNS
        && entries.get(row).returnedTwice()
        && isTyped(entries, row + 1)) {
      row++;
    }
    return row;
  }

  private static String rows(Entries entries, int prompt, int row) {
    StringBuilder rows = new StringBuilder(entries.get(prompt).unit());
    for (int i = prompt + 1; i <= row; i++) {
      rows.append(entries.get(i).message());
    }
    return rows.toString().strip();
  }

  /** Whether the piece that entry {@code i} is goes on in the next one. */
  private static boolean goesOver(Entries entries, int i) {
    String piece = entries.get(i).message();
    int length = piece.length();
    if (entries.line(i + 1) != entries.line(i) || length <= NARROWEST) {
      return false;
    }
    String next = entries.get(i + 1).message();
    return piece.endsWith(" ")
        || (length == COLUMNS + 1 && !next.isEmpty() && piece.charAt(COLUMNS) == next.charAt(0));
  }

  /** What stands behind a prompt, unless somebody else printed it there. */
  static String typed(Entry prompt) {
    String text = prompt.unit().strip();
    return CONSOLE_LINE.matcher(prompt.unit()).find() ? "" : text;
  }

  /** A line of a command that the prompt before began. */
  boolean isFurther() {
    return sign.equals(">");
  }

  private static String taken(Entries entries, int prompt, int off, Set<String> typed) {
    int line = -1;
    for (int i = off - 1; i >= prompt && line < 0; i--) {
      line = entries.get(i).returned() && isTyped(entries, i) ? i : -1;
    }
    if (line < 0) {
      // The log lost its carriage returns: the last echo is the one that was taken. What ended
      // lines
      // then left empty ones behind, which are no commands.
      line = off - 1;
      while (line > prompt && (!isTyped(entries, line) || entries.shape(line) == Shape.BLANK)) {
        line--;
      }
    }
    if (line == prompt) {
      return typed(entries.get(prompt));
    }
    String text = entries.get(line).message().strip();
    return text.isEmpty() ? firstOf(entries.get(line - 1), typed) : text;
  }

  private static boolean isTyped(Entries entries, int i) {
    return entries.origin(i) == Origin.CONSOLE
        || entries.origin(i) == Origin.SHELL
        || entries.shape(i) == Shape.BLANK;
  }

  /** {@code export PS1='> 'id -u}: the redrawn command, with an echo of the next one behind it. */
  private static String firstOf(Entry entry, Set<String> typed) {
    String text = entry.message().strip();
    for (int cut = 1; cut < text.length() && text.length() <= MAX_GLUED; cut++) {
      if (typed.contains(text.substring(cut)) && typed.contains(text.substring(0, cut))) {
        return text.substring(0, cut);
      }
    }
    return "";
  }
}
