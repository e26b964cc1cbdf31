package dev.loganalyze.rules;

import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.parse.Condition;
import dev.loganalyze.parse.Level;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.session.Fact;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One rule file.
 *
 * @param id {@code family.name}; the file is {@code <family>/<name>.yaml}
 * @param title what is said of a finding; names in <code>${…}</code> are filled in
 * @param severity how much a finding weighs
 * @param severities other severities, by the phase a finding was seen in, or {@link #REACHED_LOGIN}
 * @param subject template for {@link Finding#subject}
 * @param match what it looks for: a finding where any of these holds
 * @param explain what it means, for a person who has not met it
 * @param advice what to do next
 * @param collect what to save the next time: such a finding tells what a fault did and not why, so
 *     that the log does not hold the cause if nothing else explains it; or empty
 * @param causes ids of rules whose findings this one's findings may have caused
 * @param yields ids of rules that know better: a line that one of them matched is theirs; {@link
 *     #ANY} for all rules
 * @param falsepositives when a finding is nothing to worry about
 * @param references where to read on
 * @param cases its own test cases
 */
public record Rule(
    String id,
    String title,
    Severity severity,
    Map<String, Severity> severities,
    String subject,
    List<Match> match,
    String explain,
    String advice,
    String collect,
    List<String> causes,
    List<String> yields,
    List<String> falsepositives,
    List<String> references,
    List<Case> cases) {

  /** In {@link #yields}: any other rule knows better, and a crash report does. */
  static final String ANY = "*";

  /** Key of {@link #severities}: the boot came to a login prompt. */
  public static final String REACHED_LOGIN = "reached-login";

  /**
   * How much a finding weighs that was seen in {@code phase} of a boot; both may be null.
   *
   * @param reached how far the boot came
   */
  Severity severity(Phase.Kind phase, Reached reached) {
    Severity byPhase = phase == null ? null : severities.get(phase.word());
    boolean login = reached != null && reached.compareTo(Reached.LOGIN) >= 0;
    Severity byOutcome = login ? severities.get(REACHED_LOGIN) : null;
    return byPhase != null ? byPhase : byOutcome != null ? byOutcome : severity;
  }

  /** This rule, its findings weighing {@code other} wherever they are seen. */
  Rule weighing(Severity other) {
    return new Rule(
        id,
        title,
        other,
        Map.of(),
        subject,
        match,
        explain,
        advice,
        collect,
        causes,
        yields,
        falsepositives,
        references,
        cases);
  }

  /** Whether it says of itself that its findings may cause those of rule {@code id}. */
  public boolean mayCause(String id) {
    return causes.stream()
        .anyMatch(
            c ->
                c.equals(id)
                    || (c.endsWith(".*") && id.startsWith(c.substring(0, c.length() - 1))));
  }

  /** Whether it looks at nothing but the words of programs, named by their lines or not. */
  public boolean isOfPrograms() {
    Set<Origin> programs = Set.of(Origin.SERVICE, Origin.CONSOLE);
    return match.stream()
        .allMatch(
            m ->
                m.line() != null
                    && (m.line().output() != null
                        || (!m.line().origins().isEmpty()
                            && programs.containsAll(m.line().origins()))));
  }

  /** The title of any finding, its names as {@code <unit>}. */
  public String headline() {
    Map<String, String> names = new TreeMap<>();
    Template.names(title).forEach(name -> names.put(name, "<" + name + ">"));
    return Template.fill(title, names);
  }

  /** The part of the id before the dot. */
  public String family() {
    return id.substring(0, id.indexOf('.'));
  }

  /**
   * What must hold of one entry. Empty sets and null ask nothing.
   *
   * @param pattern searched in the message
   * @param unless a message it is found in does not match
   * @param until the block begun by {@code pattern} ends at the first later line of the same
   *     speaker in which it is found, and its names are bound too; without such a line within
   *     {@code lines}, or with another {@code pattern} before it, there is no match
   * @param lines how many lines a block may have
   * @param shapes the entry has one of these shapes
   * @param origins the entry has one of these origins
   * @param level the kernel says that it weighs as much as this or more; or null
   * @param phases the entry lies in one of these phases
   * @param unit searched in the name of the unit it is about
   * @param process names of processes, one of which speaks
   * @param messageId the entry's MESSAGE_ID in the journal, 32 lower-case hexadecimal digits
   * @param command searched in the command whose output it is
   * @param output what an answer in a session says is asked instead of an entry; or null
   * @param fields names of fields of that, and what is searched in each; empty fields of a rule ask
   *     nothing
   */
  public record Line(
      Expression pattern,
      Expression unless,
      Expression until,
      int lines,
      Set<Shape> shapes,
      Set<Origin> origins,
      Level level,
      Set<Phase.Kind> phases,
      Expression unit,
      Set<String> process,
      String messageId,
      Expression command,
      Fact.Kind output,
      Map<String, Expression> fields) {}

  /**
   * What must hold of a boot; exactly one of a line, an observation, an answer in a session, a
   * crash report, a condition.
   *
   * @param line a test of one entry or answer; with {@code observed}, {@code output} and {@code
   *     crash} its pattern and unless are searched in the {@code field} or the title
   * @param observed the boot shows this; or null
   * @param field which field of the observation or the answer the pattern is searched in; or null
   * @param crash a crash report of the kernel of this kind, {@code kasan} for {@code kernel.kasan};
   *     or null
   * @param commandline searched in the kernel command line of the boot; or null
   * @param when a condition over {@code parts}; or null
   * @param parts tests of entries, by the names that {@code when} has for them
   */
  public record Match(
      Line line,
      Observation.Kind observed,
      String field,
      String crash,
      Expression commandline,
      Condition when,
      Map<String, Line> parts) {}

  /**
   * A piece of log and what the rule must find in it.
   *
   * @param log the text; lines end with LF
   * @param budgets what parts of the boot may take in this case, as {@code login=40s}
   * @param finds names and values each finding must have ({@code subject}, {@code title} or a bound
   *     name), one map a finding, in order; empty when the rule must stay silent
   */
  public record Case(String log, List<String> budgets, List<Map<String, String>> finds) {}
}
