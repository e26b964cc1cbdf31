package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.session.Session;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.Timings;
import java.util.List;
import java.util.Map;

/**
 * The answer: everything that is known of one run. Every report is made from this and nothing else.
 *
 * @param name what the run is called: its input's path, and {@code #machine} where it is of one
 * @param machine the one of several that a log tells of that it is of; else empty
 * @param inputs what was read
 * @param verdict the answer in one word
 * @param boots in the order of the log
 * @param timings where the time of each boot went, in the order of {@code boots}
 * @param findings by the line they begin at
 * @param rootCauses the heaviest first; empty when nothing is wrong
 * @param views what each input saw of each boot; empty when there is but one log
 * @param sessions who typed what in the first input, and what came back; in order
 * @param unusual the lines that stand out, where a healthy log was given to compare with or nothing
 *     explains what went wrong
 * @param values what a metadata file or a harness tells of the run as a whole, by the names of
 *     {@link dev.loganalyze.harness.RunValues}; often none
 * @param logs the lines of its inputs, the leading one first, where they were asked for; else empty
 */
public record Run(
    String name,
    String machine,
    List<Input> inputs,
    Verdict verdict,
    List<Boot> boots,
    List<Timing> timings,
    List<Diagnosed> findings,
    List<RootCause> rootCauses,
    List<View> views,
    List<Session> sessions,
    Unusual unusual,
    Map<String, String> values,
    List<Log> logs) {

  /**
   * The lines of one input. They are large, so they are kept only for who shows them.
   *
   * @param input index of the input in {@link Run#inputs}
   * @param entries what was said
   * @param times when each entry was said, microseconds on the clock of its boot, or {@link
   *     Timings#UNTIMED}
   * @param boots those that this input saw, with its own lines
   */
  public record Log(int input, Entries entries, long[] times, List<Boot> boots) {}

  /**
   * One input of a run.
   *
   * @param path as printed
   * @param format what it was taken for, such as {@code console}
   * @param compression {@code gzip}, {@code xz}, {@code bzip2}, {@code zstd}, or empty
   * @param bytes size of the file as it lies
   * @param lines how many LF-ended lines the content has; a last one without LF counts
   * @param sha256 of the file as it lies, in lower-case hexadecimal; empty if it was not asked for
   * @param role what it is in the run
   * @param omitted how many lines only say what others say again, in a log too long to be held;
   *     they are counted, and neither kept nor shown
   */
  public record Input(
      String path,
      String format,
      String compression,
      long bytes,
      int lines,
      String sha256,
      Role role,
      int omitted) {}

  /**
   * A finding with its place among the others.
   *
   * @param id {@code f1}, {@code f2}, … in the order of {@link Run#findings}
   * @param finding what was seen
   * @param causedBy ids of the findings that explain it
   * @param because what shows that they do, in words; empty when nothing explains it
   * @param likely whether that proves nothing, and only makes it likely
   * @param suppressed why it is accepted and weighs nothing; empty when it weighs
   */
  public record Diagnosed(
      String id,
      Finding finding,
      List<String> causedBy,
      String because,
      boolean likely,
      String suppressed) {

    /** Equal for the same fault in another run: 16 hexadecimal digits. */
    public String signature() {
      return Signatures.of(finding);
    }

    /** Whether it is accepted and weighs nothing. */
    public boolean isSuppressed() {
      return !suppressed.isEmpty();
    }
  }

  /**
   * A finding of weight that no other finding explains.
   *
   * @param id of the finding
   * @param chain ids from this finding along its effects, itself first
   * @param sentence the chain for a person: {@code a → b → c}
   * @param fell what fell with it: the subjects of all findings that it explains, as units, mounts,
   *     devices and tests; without its own
   * @param collect what to save the next time, as the log holds only what the fault did and not
   *     why; empty when the log holds the cause
   */
  public record RootCause(
      String id, List<String> chain, String sentence, List<String> fell, String collect) {}

  /** The finding with this id; throws {@link IllegalArgumentException} when there is none. */
  public Diagnosed finding(String id) {
    return findings.stream()
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no finding " + id));
  }
}
