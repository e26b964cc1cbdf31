package dev.loganalyze.terminal;

/**
 * Decodes what a console received.
 *
 * <p>The rules are those of a terminal, but for two: nothing that was once printed is lost to a
 * later carriage return or cursor address (each begins a new plain line instead), and nothing
 * reaches back over the beginning of the current plain line. So the spinner of systemd, which goes
 * up a line and erases it, erases nothing that the kernel printed in between.
 */
public final class Terminal {
  private Terminal() {}

  /** The plain lines of {@code raw}. Never fails; see {@link ConsoleText}. */
  public static ConsoleText read(byte[] raw) {
    Decoder decoder = new Decoder(raw);
    decoder.run();
    return decoder.text();
  }
}
