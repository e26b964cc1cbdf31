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
  static CrashReport.Task read(List<String> lines, List<Frame> frames) {
    TaskReader reader = new TaskReader();
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
        reader.code,
        List.copyOf(reader.registers));
  }

  private void line(String line) {
    if (cpu < 0 && line.contains("CPU")) {
      Matcher matcher = CPU.matcher(line);
      cpu = matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }
    if (pid < 0 && line.contains("omm: ")) {
      Matcher matcher = PID.matcher(line);
      if (matcher.find()) {
        pid = Integer.parseInt(matcher.group(1));
        comm = matcher.group(2);
      }
    }
    if (kernel.isEmpty() && line.contains("ainted")) {
      Matcher matcher = RELEASE.matcher(line);
      if (matcher.find()) {
        taint = matcher.group(1) == null ? "" : matcher.group(1).replace(" ", "");
        kernel = matcher.group(2);
      }
    }
    hardware = hardware.isEmpty() ? after("Hardware name: ", line) : hardware;
    modules = modules.isEmpty() ? after("Modules linked in: ", line) : modules;
    code = code.isEmpty() ? after("Code: ", line) : code;
    if (line.indexOf(':') > 0
        && registers.size() < MAX_REGISTER_LINES
        && REGISTERS.matcher(line).find()) {
      registers.add(line.strip());
    }
  }

  private static String after(String word, String line) {
    String said = line.strip();
    return said.startsWith(word) ? said.substring(word.length()) : "";
  }
}
