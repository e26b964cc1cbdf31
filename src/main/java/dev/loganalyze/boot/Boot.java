package dev.loganalyze.boot;

import java.util.ArrayList;
import java.util.List;

/**
 * One boot of a log: from the first word of firmware, loader or kernel to the next boot or the end.
 *
 * @param index 1-based
 * @param firstEntry index of its first entry
 * @param lastEntry index of its last entry, inclusive
 * @param firstLine 1-based raw line
 * @param lastLine 1-based raw line, inclusive
 * @param reached the furthest point
 * @param ended how its log ends
 * @param kernelVersion the release after {@code Linux version}, or empty
 * @param commandLine the kernel command line, or empty
 * @param os what {@code Welcome to …!} named, or empty
 * @param phases in order
 * @param milestones in order
 * @param units in the order of their first mention
 * @param observations in the order of their first entry
 */
public record Boot(
    int index,
    int firstEntry,
    int lastEntry,
    int firstLine,
    int lastLine,
    Reached reached,
    Ended ended,
    String kernelVersion,
    String commandLine,
    String os,
    List<Phase> phases,
    List<Milestone> milestones,
    List<Unit> units,
    List<Observation> observations) {

  /** This boot with another observation. */
  Boot with(Observation observation) {
    return with(List.of(observation));
  }

  /** This boot with more observations. */
  public Boot with(List<Observation> more) {
    List<Observation> all = new ArrayList<>(observations);
    all.addAll(more);
    return with(reached, ended, milestones, units, List.copyOf(all));
  }

  /** This boot, with the names that {@code other} knows of it where it knows none. */
  public Boot named(Boot other) {
    return new Boot(
        index,
        firstEntry,
        lastEntry,
        firstLine,
        lastLine,
        reached,
        ended,
        kernelVersion.isEmpty() ? other.kernelVersion : kernelVersion,
        commandLine.isEmpty() ? other.commandLine : commandLine,
        os.isEmpty() ? other.os : os,
        phases,
        milestones,
        units,
        observations);
  }

  /** This boot as somebody saw it who saw more. */
  public Boot with(
      Reached newReached, Ended newEnded, List<Milestone> newMilestones, List<Unit> newUnits) {
    return with(newReached, newEnded, newMilestones, newUnits, observations);
  }

  /** This boot with the times that its clocks tell. */
  public Boot timed(List<Phase> timedPhases, List<Milestone> timedMilestones) {
    return new Boot(
        index,
        firstEntry,
        lastEntry,
        firstLine,
        lastLine,
        reached,
        ended,
        kernelVersion,
        commandLine,
        os,
        timedPhases,
        timedMilestones,
        units,
        observations);
  }

  private Boot with(
      Reached newReached,
      Ended newEnded,
      List<Milestone> newMilestones,
      List<Unit> newUnits,
      List<Observation> newObservations) {
    return new Boot(
        index,
        firstEntry,
        lastEntry,
        firstLine,
        lastLine,
        newReached,
        newEnded,
        kernelVersion,
        commandLine,
        os,
        phases,
        newMilestones,
        newUnits,
        newObservations);
  }

  /** The phase that raw line {@code line} lies in, or null. */
  public Phase phaseAt(int line) {
    Phase at = null;
    for (Phase phase : phases) {
      if (phase.firstLine() <= line) {
        at = phase;
      }
    }
    return at;
  }
}
