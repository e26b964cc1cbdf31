package dev.loganalyze.report;

/**
 * Makes hyperlinks to lines of logs, as terminals follow them (OSC 8). What is linked and where it
 * leads is made here alone, so that no text of a log can be or hold a link.
 *
 * @param host name of the machine that the files are on
 * @param folder absolute path that relative paths start from; empty for no links at all
 * @see <a href="https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda">Hyperlinks in
 *     terminal emulators</a>
 */
public record Hyperlinks(String host, String folder) {
  /** No links. */
  public static final Hyperlinks NONE = new Hyperlinks("", "");

  private static final String BEGIN = "\u001b]8;;";
  private static final String END = "\u001b\\";

  /**
   * {@code text} as a link to a line of a log; as it is where the log is no file of its own.
   *
   * @param text printable, without control characters
   * @param path of the log, as the user named it
   * @param line 1-based; stands behind {@code #}, as kitty has it
   */
  String link(String text, String path, int line) {
    if (folder.isEmpty() || path.equals("-") || path.contains("!/")) {
      return text;
    }
    String file = Places.uri(path.startsWith("/") ? path : folder + "/" + path);
    String uri = "file://" + host + file.substring("file://".length());
    return BEGIN + uri + "#" + line + END + text + BEGIN + END;
  }
}
