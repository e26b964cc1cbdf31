package dev.loganalyze.cli;

import dev.loganalyze.report.Printable;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard error. Sentences name files and quote logs, and neither may steer the terminal or the CI
 * job that shows them; so every line that is printed is {@link Printable}.
 */
final class Sentences extends PrintStream {
  private volatile boolean traces;

  /** Sentences on {@code err}, in UTF-8. */
  Sentences(OutputStream err) {
    super(err, true, StandardCharsets.UTF_8);
  }

  /** Says whether {@link #trace} prints. */
  void showTraces(boolean show) {
    traces = show;
  }

  /** Prints where {@code fault} came from, if that was asked for; whether it was. */
  boolean trace(Exception fault) {
    if (traces) {
      fault.printStackTrace(this);
    }
    return traces;
  }

  @Override
  public void println(String text) {
    super.println(text == null ? null : Printable.lines(text));
  }
}
