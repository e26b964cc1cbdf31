package dev.loganalyze.cli;

import dev.loganalyze.report.Hyperlinks;
import dev.loganalyze.report.Screen;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;

/**
 * What the program's standard streams are connected to.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param charset of the locale; of interest for a terminal alone
 * @param env the environment
 */
record Tty(boolean out, boolean err, Charset charset, Map<String, String> env) {
  /** Files or pipes. */
  static final Tty NONE = new Tty(false, false, StandardCharsets.UTF_8, Map.of());

  /** Values of TERM_PROGRAM, and beginnings of TERM, of terminals that know hyperlinks. */
  private static final Set<String> LINKING_PROGRAMS =
      Set.of("iTerm.app", "WezTerm", "vscode", "ghostty", "rio", "Tabby");

  private static final Set<String> LINKING_TERMS =
      Set.of("xterm-kitty", "xterm-ghostty", "wezterm", "foot", "foot-extra", "alacritty");

  /** VTE, which GNOME's and other terminals are made of, knows hyperlinks from 0.50 on. */
  private static final int LINKING_VTE = 5000;

  /** Those of this process. */
  static Tty here() {
    // The launcher tells the user's, since it may give Java another locale.
    String charset =
        System.getProperty("loganalyze.charset", System.getProperty("native.encoding", "UTF-8"));
    return new Tty(
        isTerminal(1),
        isTerminal(2),
        Charset.isSupported(charset) ? Charset.forName(charset) : StandardCharsets.US_ASCII,
        System.getenv());
  }

  /** Java 17 itself only tells whether input and output both are terminals; so does picocli. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String device = Files.readSymbolicLink(link).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException e) {
      return Ansi.AUTO.enabled();
    }
  }

  /**
   * The screen that standard output is.
   *
   * @param color what {@code --color} says: {@code auto}, {@code always} or {@code never}
   * @throws IllegalArgumentException when it says something else
   */
  Screen screen(String color) {
    boolean colour =
        switch (color) {
          case "always" -> true;
          case "never" -> false;
          case "auto" -> colour();
          default ->
              throw new IllegalArgumentException(
                  "--color takes auto, always or never, not '" + color + "'");
        };
    boolean ascii = out && !charset.newEncoder().canEncode('\u2592');
    return new Screen(width(), colour, ascii, colour && linking() ? links() : Hyperlinks.NONE);
  }

  /**
   * The usual order: {@code NO_COLOR} wins, then what forces colours, then the kind of terminal.
   *
   * @see <a href="https://no-color.org">no-color.org</a>
   * @see <a href="https://bixense.com/clicolors/">CLICOLOR</a>
   */
  boolean colour() {
    if (!env("NO_COLOR").isEmpty()) {
      return false;
    }
    if (forces("CLICOLOR_FORCE") || forces("FORCE_COLOR")) {
      return true;
    }
    return out && !env("CLICOLOR").equals("0") && !isDumb();
  }

  private boolean forces(String name) {
    return !env(name).isEmpty() && !env(name).equals("0");
  }

  private boolean isDumb() {
    return env("TERM").isEmpty() || env("TERM").equals("dumb");
  }

  /** Whether a line can be drawn and taken back on standard error. */
  boolean drawsProgress() {
    return err && !isDumb() && env("CI").isEmpty();
  }

  /** Whether the terminal is known for hyperlinks; a multiplexer may not pass them on. */
  private boolean linking() {
    boolean multiplexed = !env("TMUX").isEmpty() || !env("STY").isEmpty();
    String vte = env("VTE_VERSION");
    return out
        && !multiplexed
        && (LINKING_PROGRAMS.contains(env("TERM_PROGRAM"))
            || LINKING_TERMS.contains(env("TERM"))
            || !env("WT_SESSION").isEmpty()
            || (vte.matches("[0-9]{1,6}") && Integer.parseInt(vte) >= LINKING_VTE));
  }

  private Hyperlinks links() {
    return new Hyperlinks(host(), Path.of("").toAbsolutePath().toString());
  }

  /** A terminal on another machine opens no file of this one, which it tells by the name. */
  private static String host() {
    try {
      String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
      return name.matches("[A-Za-z0-9.-]+") ? name : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Columns as the shell tells them, from 40 to 200; else 80. */
  int width() {
    String columns = env("COLUMNS");
    return columns.matches("[0-9]{1,4}")
        ? Math.max(40, Math.min(200, Integer.parseInt(columns)))
        : 80;
  }

  /** What the environment says of {@code name}; empty when nothing. */
  String env(String name) {
    return env.getOrDefault(name, "");
  }
}
