package dev.loganalyze.diagnosis;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.session.Exchange.Said;
import dev.loganalyze.session.Recall;
import dev.loganalyze.transcript.Transcripts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A log that was printed in a session, analysed as if it had been given.
 *
 * @param part what it says; its lines are those of the log that holds the session
 * @param boot 1-based index of the boot of the session
 * @param past whether it is of an earlier boot
 */
record Recalled(Part part, int boot, boolean past) {
  /** The entries of {@code recall}, whatever its form. */
  static Entries entries(Recall recall) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (Said said : recall.lines()) {
      text.writeBytes(said.text().getBytes(StandardCharsets.UTF_8));
      text.write('\n');
    }
    int[] lines = recall.lines().stream().mapToInt(Said::line).toArray();
    return LineParser.parse(Transcripts.within(text.toByteArray(), lines));
  }
}
