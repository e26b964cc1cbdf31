package dev.loganalyze.boot;

import java.util.Locale;

/** How the log of one boot ends. */
public enum Ended {
  /** The log stops while the machine is up at a prompt. */
  RUNNING,
  /** {@code reboot: Power down} or {@code System halted}. */
  POWEROFF,
  /** {@code reboot: Restarting system} after a shutdown that somebody asked for. */
  REBOOT,
  /** The next boot begins though nothing said that this one ends. */
  RESET,
  /** A kernel panic. */
  PANIC,
  /** The log stops on the way and nothing says why. */
  CUT_OFF;

  /** The word in JSON: the name in lower case, with a hyphen. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
