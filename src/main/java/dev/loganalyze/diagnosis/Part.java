package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.session.Session;
import dev.loganalyze.timing.Timing;
import java.util.List;

/**
 * One log of a run, analysed by itself.
 *
 * @param input index of it in {@link Run#inputs}
 * @param entries its lines
 * @param boots the boots in it
 * @param sessions the conversations in it
 * @param timings where the time of each of its boots went
 * @param findings what rules saw in it
 */
record Part(
    int input,
    Entries entries,
    List<Boot> boots,
    List<Session> sessions,
    List<Timing> timings,
    List<Finding> findings) {}
