package dev.loganalyze.crash;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.crash.CrashReport.Context;
import dev.loganalyze.crash.CrashReport.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The stacks of a report, taken apart where one context interrupted another.
 *
 * <p>x86 says so in tags ({@code <IRQ>}, {@code <#DF>}; stack_type_name() of
 * arch/x86/kernel/dumpstack_64.c), powerpc in a line of its own ({@code --- interrupt: 900 at};
 * {@code show_stack()} of arch/powerpc/kernel/process.c). On the others the function that is the
 * way in from the vector ends the frames of what interrupted; {@code contexts} in stacks.yaml names
 * these.
 */
final class StackReader {
  private static final Pattern TAG = Pattern.compile("\\s*<+(/?)(#?[A-Z][A-Z_0-9]*)>+");
  private static final Pattern INTERRUPT =
      Pattern.compile("^--- (?:interrupt|Exception): ([0-9a-f]+)");

  private final Stacks known;
  private final List<Stack> stacks = new ArrayList<>();
  private final List<Frame> inner = new ArrayList<>();
  private String name = "";

  /** That of the heading, to which a tag that closes goes back. */
  private Context outer = Context.TASK;

  private Context context = Context.TASK;

  private StackReader(Stacks known) {
    this.known = known;
  }

  /**
   * The stacks in {@code lines}, in their order.
   *
   * @param frames the frame in each line, or null
   */
  static List<Stack> read(Stacks known, List<String> lines, List<Frame> frames) {
    StackReader reader = new StackReader(known);
    for (int i = 1; i < lines.size(); i++) {
      reader.line(lines.get(i), frames.get(i));
    }
    reader.end(reader.context);
    return List.copyOf(reader.stacks);
  }

  private void line(String line, Frame frame) {
    if (frame == null && known.place("stack").occursIn(line)) {
      end(context);
      name = line.strip();
      outer = ofHeading(name);
      context = outer;
    }
    if (line.stripLeading().startsWith("<")) {
      tags(line);
    }
    if (frame != null) {
      inner.add(frame);
      Context entered = outer == Context.TASK ? known.context(wayIn(frame, line)) : null;
      if (entered != null) {
        end(entered);
      }
    } else if (line.startsWith("---")) {
      Matcher interrupt = INTERRUPT.matcher(line);
      if (interrupt.find()) {
        end(ofVector(interrupt.group(1)));
      }
    }
  }

  private void tags(String line) {
    Matcher tag = TAG.matcher(line);
    for (int at = 0; tag.find(at) && tag.start() == at; at = tag.end()) {
      end(context);
      context = ofTag(!tag.group(1).isEmpty(), tag.group(2));
    }
  }

  /** On arm the outermost function of a context stands only as a caller. */
  private static String wayIn(Frame frame, String line) {
    String caller = Frame.callerIn(line);
    return caller.isEmpty() ? frame.function() : caller;
  }

  /** The frames so far are one stack, of context {@code what}. */
  private void end(Context what) {
    if (!inner.isEmpty()) {
      stacks.add(new Stack(what, name, List.copyOf(inner)));
      inner.clear();
    }
  }

  private static Context ofHeading(String heading) {
    String words = heading.toLowerCase(Locale.ROOT);
    if (words.startsWith("allocated")) {
      return Context.ALLOCATED;
    }
    if (words.startsWith("freed")) {
      return Context.FREED;
    }
    return words.contains("trace") ? Context.TASK : Context.OTHER;
  }

  private Context ofTag(boolean closes, String tag) {
    if (closes) {
      return outer;
    }
    return switch (tag) {
      case "IRQ" -> Context.IRQ;
      case "SOFTIRQ" -> Context.SOFTIRQ;
      case "NMI", "#MC" -> Context.NMI;
      default -> tag.startsWith("#") ? Context.EXCEPTION : outer;
    };
  }

  /** By the address of powerpc's vector; arch/powerpc/include/asm/interrupt.h. */
  private static Context ofVector(String vector) {
    return switch (vector) {
      case "500", "900", "980", "a00", "e80", "ea0", "f00" -> Context.IRQ;
      case "100", "200" -> Context.NMI;
      case "c00", "3000" -> Context.TASK;
      default -> Context.EXCEPTION;
    };
  }
}
