package dev.loganalyze.crash;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.pattern.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Who ran, and on what: the lines of dump_stack_print_info() in the kernel's lib/dump_stack.c, of
 * print_modules() in kernel/module, and of the architectures' show_regs().
 */
final class TaskReader {
  private static final int MAX_REGISTER_LINES = 64;
  private static final int MAX_CODE_LINES = 12;
  private static final int MAX_MODULES = 1000;

  private static final Pattern CPU = Pattern.compile("\\b(?:CPU[:#] ?|on cpu )(\\d{1,5})\\b");

  /**
   * One of the kernel's ways to name a task with its number.
   *
   * @param word stands in every line that does
   */
  private record Naming(String word, Pattern task) {
    static Naming of(String word, String task) {
      return new Naming(word, Pattern.compile(task));
    }
  }

  /** In the order in which they are tried. */
  private static final List<Naming> NAMINGS =
      List.of(
          // lib/dump_stack.c
          Naming.of(
              "omm: ",
              "\\bP[Ii][Dd]: ?(?P<pid>\\d{1,9}),? [Cc]omm: (?P<comm>.+?)(?: (?:Not t|T)ainted|$)"),
          // mm/kasan/report.c
          Naming.of(" by task ", " by task (?P<comm>.+)/(?P<pid>\\d{1,9})$"),
          // kernel/hung_task.c
          Naming.of(
              "INFO: task ", "INFO: task (?P<comm>.+):(?P<pid>\\d{1,9}) (?:blocked|can.t die)"),
          // kernel/watchdog.c
          Naming.of(" stuck for ", " stuck for \\d+s! \\[(?P<comm>.+):(?P<pid>\\d{1,9})\\]$"),
          // lib/bug.c, the layout since 6.17
          Naming.of("CPU#", "\\bCPU#\\d+: (?P<comm>.+)/(?P<pid>\\d{1,9})$"),
          // mm/kmemleak.c
          Naming.of("comm \"", "^ *comm \"(?P<comm>.*)\", pid (?P<pid>\\d{1,9})"),
          // arch/arm/kernel/traps.c
          Naming.of("Process ", "^Process (?P<comm>.+) \\(pid: (?P<pid>\\d{1,9}),"));

  /** The release after the taint, or before it as lockdep has it. */
  private static final List<Pattern> RELEASES =
      List.of(
          Pattern.compile("(?:Not tainted|Tainted: (?P<taint>[A-Z ]+?)) +\\(?(?P<kernel>\\d\\S*)"),
          Pattern.compile(
              "^(?P<kernel>\\d\\S*)(?: #\\S+)? (?:Not tainted|Tainted: (?P<taint>[A-Z ]+?))\\s*$"));

  private static final Expression REGISTERS =
      Expression.tested(
          "^\\s*(?:(?:"
              // x86
              + "R[A-Z0-9]{2}|E[A-Z]{2}|EFLAGS|CR\\d|DR\\d|[FGCDES]S|PKRU"
              // arm, arm64, riscv, loongarch
              + "|[xrwstag]\\d+|pc|lr|sp|ip|fp|gp|tp|epc|ra|psr|pstate|Flags|Control|status|badaddr"
              // mips
              + "|Hi|Lo|Status|Cause|BadVA|PrId"
              // powerpc
              + "|GPR\\d+|NIP|LR|MSR|REGS|CFAR|XER|CTR) *: ?"
              + "|(?:NIP|LR) \\[|(?:PC|LR) is at |\\$ ?\\d+ *:"
              // s390
              + "|Krnl (?:PSW|GPRS) ?:|R:\\d T:\\d)");

  /** A heading of code or registers goes on in lines of numbers: powerpc, s390, mips. */
  private static final Expression NUMBERS =
      Expression.tested(
          "^\\s*(?:[<(]?[0-9a-f]{4,16}[>)]?\\s*)+$|^\\s*[>#*]?\\s*[0-9a-f]{8,16}: ?[0-9a-f]{4,}");

  private static final List<String> CODE = List.of("Krnl Code:", "Code:", "Instruction dump:");

  private final Expression ip;
  private int cpu = -1;
  private int pid = -1;
  private String comm = "";
  private String taint = "";
  private String kernel = "";
  private String hardware = "";
  private List<String> modules = List.of();
  private String place = "";
  private final List<String> code = new ArrayList<>();
  private final List<String> registers = new ArrayList<>();

  /** Where lines of numbers go on, or null. */
  private List<String> goesOn;

  private TaskReader(Expression ip) {
    this.ip = ip;
  }

  /**
   * What {@code lines} tell; the first mention of each counts.
   *
   * @param frames the frame in each line, or null
   * @param ip found in a line that tells the instruction pointer
   */
  static CrashReport.Task read(List<String> lines, List<Frame> frames, Expression ip) {
    TaskReader reader = new TaskReader(ip);
    for (int i = 0; i < lines.size(); i++) {
      if (frames.get(i) == null) {
        reader.line(lines.get(i));
      }
    }
    return new CrashReport.Task(
        reader.cpu,
        reader.pid,
        reader.comm,
        reader.taint,
        reader.kernel,
        reader.hardware,
        reader.modules,
        reader.place,
        String.join(" ", reader.code),
        List.copyOf(reader.registers));
  }

  private void line(String line) {
    String said = line.strip();
    if (cpu < 0 && (line.contains("CPU") || line.contains("cpu "))) {
      Matcher matcher = CPU.matcher(line);
      cpu = matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }
    if (pid < 0) {
      task(line);
    }
    if (kernel.isEmpty() && line.contains("ainted")) {
      release(line);
    }
    hardware = hardware.isEmpty() ? after("Hardware name: ", said).strip() : hardware;
    modules = modules.isEmpty() ? modules(after("Modules linked in: ", said)) : modules;
    if (place.isEmpty() && line.contains("+0x")) {
      place = place(line);
    }
    dump(said, line);
  }

  private void task(String line) {
    for (Naming naming : NAMINGS) {
      Matcher matcher = line.contains(naming.word()) ? naming.task().matcher(line) : null;
      if (matcher != null && matcher.find()) {
        pid = Integer.parseInt(matcher.group("pid"));
        comm = matcher.group("comm");
        return;
      }
    }
  }

  private void release(String line) {
    for (Pattern release : RELEASES) {
      Matcher matcher = release.matcher(line);
      if (matcher.find()) {
        String letters = matcher.group("taint");
        taint = letters == null ? "" : letters.replace(" ", "");
        kernel = matcher.group("kernel");
        return;
      }
    }
  }

  /** The modules themselves, without {@code [last unloaded: acme]}. */
  private static List<String> modules(String linked) {
    int unloaded = linked.indexOf('[');
    String names = (unloaded < 0 ? linked : linked.substring(0, unloaded)).strip();
    return names.isEmpty()
        ? List.of()
        : Arrays.stream(names.split(" +")).limit(MAX_MODULES).toList();
  }

  /** {@code foo+0x1f/0x280} of a line that tells the instruction pointer, or empty. */
  private String place(String line) {
    int[] function = ip.group(line);
    if (function == null) {
      return "";
    }
    int end = function[1];
    while (end < line.length() && " )]".indexOf(line.charAt(end)) < 0) {
      end++;
    }
    return line.substring(function[0], end);
  }

  /** Registers and code, and the lines of numbers that go on with them. */
  private void dump(String said, String line) {
    for (String heading : CODE) {
      if (code.isEmpty() && said.startsWith(heading)) {
        String first = said.substring(heading.length()).strip();
        if (!first.isEmpty()) {
          code.add(first);
        }
        goesOn = code;
        return;
      }
    }
    if (registers.size() < MAX_REGISTER_LINES && REGISTERS.occursIn(line)) {
      registers.add(said);
      goesOn = said.startsWith("Krnl GPRS") ? registers : null;
      return;
    }
    int most = goesOn == code ? MAX_CODE_LINES : MAX_REGISTER_LINES;
    if (goesOn != null && goesOn.size() < most && NUMBERS.occursIn(line)) {
      goesOn.add(said);
    } else {
      goesOn = null;
    }
  }

  private static String after(String word, String said) {
    return said.startsWith(word) ? said.substring(word.length()) : "";
  }
}
