package dev.loganalyze.runner;

import java.util.Locale;

/**
 * One thing that a run needs of this machine or of its image.
 *
 * @param name what was looked at
 * @param state how it is
 * @param needed whether a run cannot do without
 * @param found what was seen
 * @param why what it is for
 * @param remedy the command or the change that mends it; empty where nothing is to be mended
 */
public record Check(
    String name, State state, boolean needed, String found, String why, String remedy) {

  /** How something is. */
  public enum State {
    PASS,
    /** A run can do without it, or nobody can tell. */
    WARN,
    FAIL;

    /** The word in reports: the name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether no run can be made for it. */
  public boolean stops() {
    return needed && state == State.FAIL;
  }

  /** For a person: what is wrong, and what mends it. */
  public String sentence() {
    return name + ": " + found + (remedy.isEmpty() ? "" : "; " + remedy);
  }
}
