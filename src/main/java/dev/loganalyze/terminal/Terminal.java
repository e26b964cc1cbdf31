package dev.loganalyze.terminal;

/** Decodes what a console received. */
public final class Terminal {
  private Terminal() {}

  /** The plain lines of {@code raw}. Never fails; see {@link ConsoleText}. */
  public static ConsoleText read(byte[] raw) {
    throw new UnsupportedOperationException("being written");
  }

  static int rawOffset(ConsoleText text, int line, int column) {
    throw new UnsupportedOperationException("being written");
  }
}
