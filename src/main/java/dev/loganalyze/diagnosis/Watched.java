package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boots;
import dev.loganalyze.harness.Arrivals;
import dev.loganalyze.harness.HarnessLog;
import dev.loganalyze.input.Source;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.transcript.Chunks;
import dev.loganalyze.transcript.Transcript;
import java.util.Comparator;
import java.util.List;

/**
 * The log of the harness that drove a run.
 *
 * @param input index of it in {@link Run#inputs}
 * @param log what it says
 */
record Watched(int input, HarnessLog log) {
  /** The harness log that {@code source} is, or null. */
  static Watched of(int input, Source source) {
    byte[] content = source.content();
    if (!HarnessLog.matches(content)) {
      return null;
    }
    return new Watched(
        input, HarnessLog.of(content, LineParser.parse(Transcript.harness(content))));
  }

  /** The machines whose console it holds; names are empty where it has none for them. */
  List<String> machines() {
    return List.copyOf(log.consoles().keySet());
  }

  /**
   * What {@code machine} printed; where that is null, the one that printed most.
   *
   * @param plain the log taken for console output: where its lines do not tell the two apart, and a
   *     machine booted in it, it is
   */
  Entries console(Entries plain, String machine) {
    if (log.consoles().isEmpty()) {
      return Boots.of(plain).isEmpty() ? log.words() : plain;
    }
    Transcript console =
        machine == null
            ? log.consoles().values().stream()
                .max(Comparator.comparingInt(c -> c.text().length))
                .orElseThrow()
            : log.consoles().get(machine);
    return LineParser.parse(console);
  }

  /** When the bytes of {@code raw} arrived, as it tells; or null. */
  Chunks arrivals(byte[] raw) {
    Chunks chunks = Arrivals.of(raw, log.pieces());
    return chunks.isEmpty() ? null : chunks;
  }
}
