package dev.loganalyze.crash;

import dev.loganalyze.crash.ReportKind.Form;
import dev.loganalyze.pattern.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes a {@link CrashReport} of the lines of a {@link Block}. */
final class ReportReader {
  /** A heading is followed by its first frame within so many lines; registers come between. */
  private static final int HEADING_TO_FRAME = 15;

  private final Stacks stacks;
  private final Block block;
  private final String closedBecause;
  private final List<String> lines;
  private final List<Frame> frames;

  /**
   * @param closedBecause why the report got no further lines, or empty when it ended by itself
   */
  ReportReader(Stacks stacks, Block block, String closedBecause) {
    this.stacks = stacks;
    this.block = block;
    this.closedBecause = closedBecause;
    this.lines = block.lines;
    this.frames = block.frames;
  }

  /** The report; null where the kind says that without a form that fits there is none. */
  CrashReport read() {
    for (Form form : block.kind.forms()) {
      Map<String, String> names = new HashMap<>();
      if (bind(form, names)) {
        return report(form, names);
      }
    }
    if (block.kind.strict()) {
      return null;
    }
    int begin = block.kind.begins().indexIn(lines.get(0));
    String title = begin >= 0 ? lines.get(0).substring(begin).strip() : lines.get(0);
    return report(
        block.kind.rule(), Titles.plain(title), List.of(), "", "", "its first line is not whole");
  }

  private boolean bind(Form form, Map<String, String> names) {
    block.kind.begins().bind(lines.get(0), names);
    if (!form.line().bind(lines.get(0), names)) {
      return false;
    }
    int at = 1;
    for (Expression more : form.more()) {
      while (at < lines.size() && !more.bind(lines.get(at), names)) {
        at++;
      }
      if (at++ >= lines.size()) {
        return false;
      }
    }
    return true;
  }

  // ---- title ------------------------------------------------------------------------------------

  private CrashReport report(Form form, Map<String, String> names) {
    boolean wanted = form.title().contains("${guilty}");
    String guilty = wanted ? guilty(form, names.getOrDefault("func", "")) : "";
    String truncated = truncated(form, wanted && guilty.isEmpty());
    Titles titles = new Titles(stacks, form, names, guilty);
    List<String> all = titles.all(!truncated.isEmpty());
    return report(
        form.rule() == null ? block.kind.rule() : form.rule(),
        all.get(0),
        all.subList(1, all.size()),
        titles.function(),
        names.getOrDefault("subject", names.getOrDefault("reason", "")),
        truncated);
  }

  /** A report that a panic ended may hold its stack alone in the words of the panic. */
  private String guilty(Form form, String head) {
    int own = block.endedBy < 0 ? lines.size() : block.endedBy;
    String guilty =
        new Culprit(stacks, lines.subList(0, own), frames.subList(0, own)).find(form, head);
    return guilty.isEmpty() && own < lines.size()
        ? new Culprit(stacks, lines, frames).find(form, head)
        : guilty;
  }

  // ---- wholeness --------------------------------------------------------------------------------

  private String truncated(Form form, boolean nobodyGuilty) {
    if (form.stackless() || block.ending) {
      return "";
    }
    if (form.cut()) {
      return "only its last line is left";
    }
    boolean anyFrame = false;
    int heading = -1;
    for (int i = 1; i < lines.size(); i++) {
      if (frames.get(i) != null) {
        anyFrame |= form.look().isEmpty() || mayBeGuilty(frames.get(i));
        heading = -1;
      } else if (stacks.place("heading").occursIn(lines.get(i))) {
        if (heading >= 0) {
          break;
        }
        heading = i;
      } else if (heading >= 0 && i - heading > HEADING_TO_FRAME) {
        break;
      }
    }
    if (!anyFrame || nobodyGuilty) {
      return because("its stack is missing");
    }
    return heading >= 0 ? because("a stack in it is missing") : "";
  }

  private boolean mayBeGuilty(Frame frame) {
    return frame.reliable() && !stacks.isInnocent(frame.function());
  }

  private String because(String what) {
    String reason = block.dropped ? "the kernel dropped messages" : closedBecause;
    return reason.isEmpty() ? what : what + ": " + reason;
  }

  // ---- contents ---------------------------------------------------------------------------------

  private CrashReport report(
      String rule, String title, List<String> alt, String function, String named, String cut) {
    // A report of one line has no part in what the kernel said after it.
    boolean alone = frames.stream().noneMatch(Objects::nonNull) && cut.isEmpty();
    String subject = !named.isEmpty() ? named : !function.isEmpty() ? function : title;
    return new CrashReport(
        rule,
        title,
        List.copyOf(alt),
        function,
        subject,
        Signature.of(rule, title),
        block.opened,
        block.firstEntry(),
        alone ? block.firstEntry() : block.lastEntry(),
        cut,
        selfTest(),
        TaskReader.read(lines, frames, stacks.place("ip")),
        StackReader.read(stacks, lines, frames));
  }

  private boolean selfTest() {
    for (int i = 0; i < lines.size(); i++) {
      if ((frames.get(i) != null || i < 30) && stacks.selfTests().occursIn(lines.get(i))) {
        return true;
      }
    }
    return false;
  }
}
