package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.session.Session;
import dev.loganalyze.timing.TimedBoot;
import dev.loganalyze.timing.Timing;
import java.util.List;

/**
 * One log of a run, analysed by itself.
 *
 * @param input index of it in {@link Run#inputs}
 * @param entries its lines
 * @param boots the boots in it
 * @param sessions the conversations in it
 * @param clocks its boots with their times
 * @param findings what rules saw in it
 */
record Part(
    int input,
    Entries entries,
    List<Boot> boots,
    List<Session> sessions,
    List<TimedBoot> clocks,
    List<Finding> findings) {

  /** Where the time of each of its boots went. */
  List<Timing> timings() {
    return clocks.stream().map(TimedBoot::timing).toList();
  }
}
