package dev.loganalyze.rules;

import dev.loganalyze.boot.Phase;
import dev.loganalyze.crash.CrashReport;
import java.util.List;
import java.util.Map;

/**
 * Something a rule saw, in one boot, about one subject.
 *
 * @param rule the rule that saw it
 * @param severity the rule's
 * @param title the rule's title with its names filled in
 * @param advice the rule's advice with its names filled in
 * @param subject what it is about, in full: a unit name, a device, a command; or empty
 * @param boot 1-based index of the boot; 0 for lines outside any boot
 * @param phase where it was seen first, or null outside any boot
 * @param firstEntry index of the first entry that shows it
 * @param firstLine 1-based raw line
 * @param lastLine 1-based raw line of the last occurrence, inclusive
 * @param micros of the first occurrence on the boot's clock, or {@code Entry.NO_TIME}
 * @param occurrences how often it was seen, at least 1
 * @param evidence the lines that show it, the first few occurrences
 * @param names what the match bound, by name
 * @param told who tells of it, and so when it happened
 * @param crash the kernel's report of its own fault that it is, or null
 * @param input index of the run's input that its lines are of
 */
public record Finding(
    Rule rule,
    Severity severity,
    String title,
    String advice,
    String subject,
    int boot,
    Phase.Kind phase,
    int firstEntry,
    int firstLine,
    int lastLine,
    long micros,
    int occurrences,
    List<Evidence> evidence,
    Map<String, String> names,
    Told told,
    CrashReport crash,
    int input) {

  /** What to save the next time if nothing explains it, as its rule says; or empty. */
  public String collect() {
    return Template.advice(rule.collect(), names);
  }

  /** This finding under another severity and title. */
  public Finding as(Severity newSeverity, String newTitle) {
    return new Finding(
        rule,
        newSeverity,
        newTitle,
        advice,
        subject,
        boot,
        phase,
        firstEntry,
        firstLine,
        lastLine,
        micros,
        occurrences,
        evidence,
        names,
        told,
        crash,
        input);
  }

  /** This finding at {@code newMicros} of the boot's clock, or {@code Entry.NO_TIME}. */
  public Finding at(long newMicros) {
    return new Finding(
        rule,
        severity,
        title,
        advice,
        subject,
        boot,
        phase,
        firstEntry,
        firstLine,
        lastLine,
        newMicros,
        occurrences,
        evidence,
        names,
        told,
        crash,
        input);
  }

  /**
   * This finding as one of boot {@code newBoot}, read out of a log that was printed in its session.
   */
  public Finding recalledIn(int newBoot) {
    return new Finding(
        rule,
        severity,
        title,
        advice,
        subject,
        newBoot,
        phase,
        firstEntry,
        firstLine,
        lastLine,
        micros,
        occurrences,
        evidence,
        names,
        Told.RECALLED,
        crash,
        input);
  }

  /** Whether it was read out of a log that somebody printed in a session. */
  public boolean recalled() {
    return told == Told.RECALLED;
  }

  /** This finding as one of input {@code newInput} and boot {@code newBoot} of a run. */
  public Finding in(int newInput, int newBoot) {
    return new Finding(
        rule,
        severity,
        title,
        advice,
        subject,
        newBoot,
        phase,
        firstEntry,
        firstLine,
        lastLine,
        micros,
        occurrences,
        evidence,
        names,
        told,
        crash,
        newInput);
  }

  /** Who tells of a finding. */
  public enum Told {
    /** The machine, when it happened. */
    THEN,
    /**
     * A log that somebody printed in a session: its place says nothing of when it happened, but
     * that it was before.
     */
    RECALLED,
    /** The program that drove the machine: it saw what the machine did. */
    HARNESS
  }

  /**
   * One line that shows a finding.
   *
   * @param line 1-based raw line
   * @param text the plain text of the line, without escape sequences
   */
  public record Evidence(int line, String text) {}
}
