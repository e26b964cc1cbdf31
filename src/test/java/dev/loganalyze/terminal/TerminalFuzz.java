package dev.loganalyze.terminal;

import dev.loganalyze.Fuzz;
import java.util.List;

/** Of any bytes holds what {@link TerminalPropertyTest} says. */
public final class TerminalFuzz {
  private TerminalFuzz() {}

  public static List<byte[]> seeds() {
    return Fuzz.logs(150);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    TerminalPropertyTest.holds(input);
  }
}
