package dev.loganalyze.crash;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Who ran, and on what: the lines of dump_stack_print_info() in the kernel's lib/dump_stack.c, of
 * print_modules() in kernel/module, and of show_regs().
 */
final class TaskReader {
  private static final int MAX_REGISTER_LINES = 64;

  private static final Pattern CPU = Pattern.compile("\\bCPU[:#] ?(\\d{1,5})\\b");
  private static final Pattern PID = Pattern.compile("\\bP[Ii][Dd]: ?(\\d{1,9}),? [Cc]omm: (\\S+)");
  private static final Pattern RELEASE =
      Pattern.compile("(?:Not tainted|Tainted: ([A-Z ]+?)) +\\(?(\\d\\S*)");
  private static final Pattern HARDWARE = Pattern.compile("^\\s*Hardware name: (.*)");
  private static final Pattern MODULES = Pattern.compile("^\\s*Modules linked in: ?(.*)");
  private static final Pattern CODE = Pattern.compile("^\\s*Code: (.*)");
  private static final Pattern REGISTERS =
      Pattern.compile(
          "^\\s*(?:(?:R[A-Z0-9]{2}|E[A-Z]{2}|CR\\d|DR\\d|[FGCDES]S|x\\d+|[rw]\\d+|GPR\\d+|sp|pc|lr"
              + "|pstate|psr) ?:|\\$ ?\\d+ *:|Krnl (?:PSW|GPRS))");

  private int cpu = -1;
  private int pid = -1;
  private String comm = "";
  private String taint = "";
  private String kernel = "";
  private String hardware = "";
  private String modules = "";
  private String code = "";
  private final List<String> registers = new ArrayList<>();

  private TaskReader() {}

  /** What {@code lines} tell; the first mention of each counts. */
  static CrashReport.Task read(List<String> lines) {
    TaskReader reader = new TaskReader();
    lines.forEach(reader::line);
    return new CrashReport.Task(
        reader.cpu,
        reader.pid,
        reader.comm,
        reader.taint,
        reader.kernel,
        reader.hardware,
        reader.modules,
        reader.code,
        List.copyOf(reader.registers));
  }

  private void line(String line) {
    Matcher matcher = CPU.matcher(line);
    if (cpu < 0 && matcher.find()) {
      cpu = Integer.parseInt(matcher.group(1));
    }
    matcher = PID.matcher(line);
    if (pid < 0 && matcher.find()) {
      pid = Integer.parseInt(matcher.group(1));
      comm = matcher.group(2);
    }
    matcher = RELEASE.matcher(line);
    if (kernel.isEmpty() && matcher.find()) {
      taint = matcher.group(1) == null ? "" : matcher.group(1).replace(" ", "");
      kernel = matcher.group(2);
    }
    hardware = first(hardware, HARDWARE, line);
    modules = first(modules, MODULES, line);
    code = first(code, CODE, line);
    if (registers.size() < MAX_REGISTER_LINES && REGISTERS.matcher(line).find()) {
      registers.add(line.strip());
    }
  }

  private static String first(String known, Pattern pattern, String line) {
    if (!known.isEmpty()) {
      return known;
    }
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? matcher.group(1).strip() : "";
  }
}
