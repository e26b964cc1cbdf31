package dev.loganalyze.terminal;

/** What the control bytes of a plain line did besides printing; see {@link ConsoleText#marks}. */
public enum Mark {
  /** Select Graphic Rendition other than a plain reset: the text was coloured or emphasised. */
  COLOUR,
  /** An Operating System Command, such as the window title that a prompt sets. */
  TITLE,
  /** {@code ESC [ ? 2004 h}: readline waits for a command on this line (bracketed paste on). */
  PASTE_ON,
  /** {@code ESC [ ? 2004 l}: readline has taken a command (bracketed paste off). */
  PASTE_OFF,
  /**
   * The text was placed by cursor addressing: part of a painted screen, not of a stream of lines.
   */
  SCREEN,
  /** The line began anew after a carriage return inside a raw line. */
  RESTARTED;

  /** This mark's bit in {@link ConsoleText#marks}. */
  public final int bit = 1 << ordinal();
}
