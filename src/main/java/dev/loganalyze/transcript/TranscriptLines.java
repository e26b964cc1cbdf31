package dev.loganalyze.transcript;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines on their way into a transcript. */
public final class TranscriptLines {
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final List<Integer> lineOf = new ArrayList<>();
  private final List<Long> arrival = new ArrayList<>();

  /** How many there are. */
  public int count() {
    return lineOf.size();
  }

  /**
   * Adds a line.
   *
   * @param line without its end
   * @param sourceLine 1-based line of the source that it is from
   * @param micros when it was recorded, since 1970 UTC; 0 when nobody says
   */
  public void add(String line, int sourceLine, long micros) {
    text.writeBytes(line.replace('\n', ' ').getBytes(StandardCharsets.UTF_8));
    text.write('\n');
    lineOf.add(sourceLine);
    arrival.add(micros);
  }

  /**
   * The lines so far.
   *
   * @param arrived whether the source says when they were recorded
   */
  public Transcript transcript(String format, boolean arrived) {
    return new Transcript(
        format,
        text.toByteArray(),
        lineOf.stream().mapToInt(i -> i).toArray(),
        null,
        arrived ? arrival.stream().mapToLong(i -> i).toArray() : null,
        null,
        List.of());
  }
}
