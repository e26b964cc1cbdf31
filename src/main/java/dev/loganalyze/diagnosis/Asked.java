package dev.loganalyze.diagnosis;

import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.UnitFacts;
import java.util.List;

/**
 * What is asked of an analysis besides its rules.
 *
 * @param accepted findings that are accepted
 * @param usual what a healthy machine says, to compare with; or null
 * @param budgets how long parts of a boot may take
 * @param facts what the machine said of its units, besides what the files of a run hold
 * @param masks whether secrets in the logs are masked
 * @param lines whether runs keep the lines of their logs, see {@link Run#logs}
 * @param hashes whether runs know the SHA-256 of their inputs, see {@link Run.Input#sha256}
 * @param jobs how many threads work at once; it changes nothing but the time
 */
public record Asked(
    List<Suppression> accepted,
    Usual usual,
    Budgets budgets,
    UnitFacts facts,
    boolean masks,
    boolean lines,
    boolean hashes,
    int jobs) {
  /** Nothing. */
  public static final Asked NOTHING =
      new Asked(List.of(), null, Budgets.NONE, UnitFacts.NONE, true, false, true, 1);

  /** The same, and that runs keep their lines if {@code wanted}. */
  public Asked withLines(boolean wanted) {
    return new Asked(accepted, usual, budgets, facts, masks, wanted, hashes, jobs);
  }

  /** The same, by so many threads. */
  Asked withJobs(int number) {
    return new Asked(accepted, usual, budgets, facts, masks, lines, hashes, number);
  }

  /** The same, and that runs know the hashes of their inputs only if {@code wanted}. */
  public Asked withHashes(boolean wanted) {
    return new Asked(accepted, usual, budgets, facts, masks, lines, wanted, jobs);
  }
}
