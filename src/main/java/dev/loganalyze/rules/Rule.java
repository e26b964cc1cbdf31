package dev.loganalyze.rules;

import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One rule file.
 *
 * @param id {@code family.name}; the file is {@code <family>/<name>.yaml}
 * @param title what is said of a finding; names in <code>${…}</code> are filled in
 * @param severity how much a finding weighs
 * @param subject template for {@link Finding#subject}
 * @param match what it looks for: a finding where any of these holds
 * @param explain what it means, for a person who has not met it
 * @param advice what to do next
 * @param causes ids of rules whose findings this one's findings may have caused
 * @param falsepositives when a finding is nothing to worry about
 * @param references where to read on
 * @param cases its own test cases
 */
public record Rule(
    String id,
    String title,
    Severity severity,
    String subject,
    List<Match> match,
    String explain,
    String advice,
    List<String> causes,
    List<String> falsepositives,
    List<String> references,
    List<Case> cases) {

  /** The part of the id before the dot. */
  public String family() {
    return id.substring(0, id.indexOf('.'));
  }

  /**
   * What must hold of one entry, or of the boot. Empty sets ask nothing.
   *
   * @param pattern RE2 syntax, searched in the message; or null
   * @param unless RE2 syntax; a message it is found in does not match; or null
   * @param until RE2 syntax; the block begun by {@code pattern} ends at the first later line of the
   *     same speaker in which it is found, and its names are bound too; without such a line within
   *     {@code lines} there is no match; or null
   * @param lines how many lines a block may have
   * @param shapes the entry has one of these shapes
   * @param origins the entry has one of these origins
   * @param phases the entry lies in one of these phases
   * @param observed the boot shows this; alone or with {@code pattern} on {@code field}; or null
   * @param crash a crash report of the kernel of this kind, {@code kasan} for {@code kernel.kasan};
   *     alone, or with {@code pattern} and {@code unless} on its title; or null
   * @param field which field of the observation {@code pattern} is searched in; or null
   */
  public record Match(
      String pattern,
      String unless,
      String until,
      int lines,
      Set<Shape> shapes,
      Set<Origin> origins,
      Set<Phase.Kind> phases,
      Observation.Kind observed,
      String crash,
      String field) {}

  /**
   * A piece of log and what the rule must find in it.
   *
   * @param log the text; lines end with LF
   * @param finds names and values each finding must have ({@code subject}, {@code title} or a bound
   *     name), one map a finding, in order; empty when the rule must stay silent
   */
  public record Case(String log, List<Map<String, String>> finds) {}
}
