package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** One way to write runs down. */
public interface Report {

  /**
   * Writes all of {@code runs} in UTF-8 and flushes {@code out}; does not close it. Same runs, same
   * bytes.
   *
   * @throws IOException when {@code out} does
   */
  void write(List<Run> runs, OutputStream out) throws IOException;
}
