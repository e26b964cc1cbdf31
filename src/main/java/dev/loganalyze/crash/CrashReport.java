package dev.loganalyze.crash;

import java.util.List;
import java.util.Locale;

/**
 * One report of the kernel about its own fault.
 *
 * @param rule the finding id it belongs to, such as {@code kernel.kasan}
 * @param title in the wording of the kernel fuzzers: {@code KASAN: use-after-free Read in foo}
 * @param altTitles other titles the same bug goes by
 * @param function the guilty function, or empty
 * @param subject the function, else the reason of a panic, else the title
 * @param signature 16 hexadecimal digits, equal for the same bug in another run
 * @param opened where it began: the index of the caller's cut-here line if lines of other callers
 *     stand between that and {@code firstEntry}, since they came after the fault; else {@code
 *     firstEntry}
 * @param firstEntry index of the entry that names the fault
 * @param lastEntry index of the last entry of the report, inclusive
 * @param truncated why the report is not whole, in a few words; empty when it is
 * @param selfTest a test of the kernel provoked it: kasan_test, lkdtm, KUnit
 * @param task who ran, and on what
 * @param stacks in the order of the report
 */
public record CrashReport(
    String rule,
    String title,
    List<String> altTitles,
    String function,
    String subject,
    String signature,
    int opened,
    int firstEntry,
    int lastEntry,
    String truncated,
    boolean selfTest,
    Task task,
    List<Stack> stacks) {

  /**
   * What {@code dump_stack_print_info()} of the kernel's lib/dump_stack.c tells, and {@code
   * show_regs()} of the architecture.
   *
   * @param cpu number of the CPU, or -1
   * @param pid of the task, or -1
   * @param comm its name, or empty
   * @param taint the letters after {@code Tainted:}, or empty
   * @param kernel release of the kernel, or empty
   * @param hardware the machine, or empty
   * @param modules those linked in, with their flags: {@code acme(O)}
   * @param place where the CPU stood, {@code foo+0x1f/0x280}, or empty
   * @param code the bytes or words around the instruction pointer, or empty
   * @param registers lines of registers, as printed
   */
  public record Task(
      int cpu,
      int pid,
      String comm,
      String taint,
      String kernel,
      String hardware,
      List<String> modules,
      String place,
      String code,
      List<String> registers) {}

  /**
   * One stack, or a part of it that ran in one context.
   *
   * @param context what ran there
   * @param name the line it stands under, such as {@code Call Trace:}, {@code Freed by task 12:}
   * @param frames innermost first
   */
  public record Stack(Context context, String name, List<Frame> frames) {}

  /** What a stack belongs to. */
  public enum Context {
    /** A task in the kernel. */
    TASK,
    /** A hardware interrupt. */
    IRQ,
    /** A soft interrupt on a stack of its own. */
    SOFTIRQ,
    /** An interrupt that nothing holds off: NMI, machine check, system reset. */
    NMI,
    /** A fault or trap. */
    EXCEPTION,
    /** Who allocated the memory that the report is about. */
    ALLOCATED,
    /** Who freed it. */
    FREED,
    /** Anything else, as its name tells. */
    OTHER;

    /** The lower-case word that reports use. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The kind in the words of rule files: the finding id without its family. */
  public String kind() {
    return rule.substring(rule.indexOf('.') + 1);
  }

  /** Whether the report is not whole. */
  public boolean isTruncated() {
    return !truncated.isEmpty();
  }
}
