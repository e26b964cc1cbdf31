package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The figures of a boot, after systemd's definitions (analyze-time-data.c): kernel = from the start
 * of its clock to PID 1 (with an initramfs that does not run systemd inside it), userspace = from
 * there to the end of start-up.
 */
final class Figures {
  private final Entries entries;
  private final Boot boot;
  private final Times times;
  private final List<Figure> figures = new ArrayList<>();
  private Startup startup;
  private int startupEntry = -1;
  private boolean finished;

  Figures(Entries entries, Boot boot, Times times) {
    this.entries = entries;
    this.boot = boot;
    this.times = times;
    for (int i = boot.firstEntry(); i <= boot.lastEntry() && startup == null; i++) {
      // A user's manager says so too; the boot's is the first.
      if (times.isNew(i) && entries.shape(i) == Shape.STARTUP_FINISHED) {
        startup = Startup.of(entries.get(i));
        startupEntry = startup == null ? -1 : i;
      }
    }
    before();
    after();
  }

  List<Figure> all() {
    return List.copyOf(figures);
  }

  /** Whether the log shows that start-up came to its end. */
  boolean finished() {
    return finished;
  }

  /** systemd's own figures, or null. */
  Startup startup() {
    return startup;
  }

  /** The names of all figures, in the order of a boot. */
  static final List<String> NAMES =
      List.of(
          "firmware",
          "loader",
          "menu",
          "load",
          "hidden",
          "kernel",
          "initramfs",
          "initrd",
          "userspace",
          "target",
          "login",
          "ssh",
          "shutdown");

  private void add(String name, String within, int from, int to) {
    if (from >= 0 && to >= 0) {
      add(name, within, times.at(from), times.at(to), from, to);
    }
  }

  private void add(String name, String within, Instant start, Instant end, int from, int to) {
    figures.add(new Figure(name, within, start, end, entries.line(from), entries.line(to)));
  }

  // ---- before the kernel ------------------------------------------------------------------------

  private void before() {
    int firmware = times.firstOf(boot, Phase.Kind.FIRMWARE);
    int loader = times.firstOf(boot, Phase.Kind.LOADER);
    int kernel = times.kernelSign();
    if (firmware >= 0) {
      add("firmware", "", firmware, loader >= 0 ? loader : kernel);
    }
    if (loader >= 0 && kernel < 0) {
      unseen(loader);
    } else if (loader >= 0 && kernel > loader) {
      add("loader", "", loader, kernel);
      menu(loader, kernel);
      int load = -1;
      for (int i = loader; i < kernel && load < 0; i++) {
        load = entries.get(i).message().strip().startsWith("Loading ") ? i : -1;
      }
      add("load", "loader", load, kernel);
    }
    int banner = entry(Shape.KERNEL_BANNER, boot.firstEntry());
    long hidden = times.clocks().hidden();
    if (banner >= 0 && hidden > 0) {
      add("hidden", "", times.at(kernel), Instant.exact(0), kernel, banner);
    }
  }

  /** The loader before a kernel that is quiet: it ends where the kernel's clock begins. */
  private void unseen(int loader) {
    int after = afterKernel();
    if (after > loader && times.zero() == Clocks.Zero.KERNEL) {
      add("loader", "", times.at(loader), times.clockStart(), loader, after - 1);
      menu(loader, after);
    }
  }

  /** The first entry of the phase that follows the kernel's, of which the console shows none. */
  private int afterKernel() {
    for (Phase phase : boot.phases()) {
      if (phase.kind().compareTo(Phase.Kind.KERNEL) > 0) {
        return times.entryAt(phase.firstLine());
      }
    }
    return -1;
  }

  /** From the first to the last second that the loader's menu counts. */
  private void menu(int loader, int kernel) {
    int firstCount = -1;
    int lastCount = -1;
    for (int i = loader; i < kernel; i++) {
      if (Waits.counts(entries.get(i).message())) {
        firstCount = firstCount < 0 ? i : firstCount;
        lastCount = i;
      }
    }
    if (lastCount > firstCount) {
      add("menu", "loader", firstCount, Math.min(lastCount + 1, kernel));
    }
  }

  private int entry(Shape shape, int from) {
    for (int i = from; i <= boot.lastEntry(); i++) {
      if (times.isNew(i) && entries.shape(i) == shape) {
        return i;
      }
    }
    return -1;
  }

  // ---- kernel and after -------------------------------------------------------------------------

  private void after() {
    int banner = entry(Shape.KERNEL_BANNER, boot.firstEntry());
    boolean clocked = times.zero() == Clocks.Zero.KERNEL;
    int kernel = banner >= 0 ? banner : times.firstOf(boot, Phase.Kind.KERNEL);
    kernel = kernel < 0 && clocked ? afterKernel() : kernel;
    Instant zero = clocked ? Instant.exact(0) : kernel < 0 ? Instant.UNKNOWN : times.at(kernel);
    int init = entry(Shape.KERNEL_INIT, boot.firstEntry());
    int user = manager();
    int initrd = times.firstOf(boot, Phase.Kind.INITRD);
    int systemdInitrd = initrd < 0 || user < 0 ? -1 : managerIn(initrd, user);
    int kernelEnd = systemdInitrd >= 0 ? systemdInitrd : user >= 0 ? user : init;
    // By the calendar the kernel's lines came when journald took them in.
    if (kernel >= 0 && kernelEnd > kernel && times.zero() != Clocks.Zero.WALL) {
      Instant end = kernelEnd == user ? userBegin(user) : told(begin(kernelEnd), "kernel");
      boolean stamped = !clocked || end.certainty() == Certainty.EXACT;
      add("kernel", "", stamped ? zero : times.clockStart(), end, kernel, kernelEnd);
    }
    if (systemdInitrd >= 0) {
      Instant begin = told(begin(systemdInitrd), "kernel");
      add("initrd", "", begin, userBegin(user), systemdInitrd, user);
    } else if (initrd >= 0 && user > initrd) {
      Instant begin = times.at(init >= 0 ? init : initrd);
      add("initramfs", "kernel", begin, userBegin(user), initrd, user);
    }
    if (user >= 0) {
      userspace(user);
    }
    int start = figures.isEmpty() ? boot.firstEntry() : -1;
    Figure first = start < 0 ? figures.get(0) : null;
    Instant power = first == null ? times.at(start) : first.start();
    int login = entry(Shape.LOGIN_PROMPT, boot.firstEntry());
    int ssh = ssh();
    int from = first == null ? start : times.entryAt(first.firstLine());
    if (login >= 0) {
      add("login", "total", power, times.at(login), from, login);
    }
    if (ssh >= 0) {
      add("ssh", "total", power, times.at(ssh), from, ssh);
    }
    int shutdown = times.firstOf(boot, Phase.Kind.SHUTDOWN);
    if (shutdown > kernel) {
      add("shutdown", "", shutdown, times.lastSaid(boot.lastEntry()));
    }
  }

  /** The first word of the PID 1 that stays, or where userspace begins without systemd; or -1. */
  private int manager() {
    int userspace = times.firstOf(boot, Phase.Kind.USERSPACE);
    if (userspace < 0) {
      userspace = times.firstOf(boot, Phase.Kind.LOGIN);
    }
    int at = userspace;
    // It says a word or two before its name, among which the kernel speaks.
    for (int i = userspace - 1; i >= Math.max(boot.firstEntry(), userspace - 20); i--) {
      if (isManager(i) && entries.shape(i) != Shape.SHUTDOWN) {
        at = i;
      } else if (entries.origin(i) != Origin.KERNEL && entries.shape(i) != Shape.BLANK) {
        break;
      }
    }
    return at;
  }

  private int managerIn(int from, int to) {
    for (int i = from; i < to; i++) {
      if (entries.shape(i) == Shape.MANAGER_BANNER) {
        int at = i;
        while (at > boot.firstEntry() && isManager(at - 1)) {
          at--;
        }
        return at;
      }
    }
    return -1;
  }

  private boolean isManager(int i) {
    return entries.origin(i) == Origin.MANAGER && entries.micros(i) != Entry.NO_TIME;
  }

  /**
   * When the program that speaks first in entry {@code i} was started: after the line before it,
   * before this one.
   */
  private Instant begin(int i) {
    int previous = i - 1;
    while (previous >= boot.firstEntry() && entries.shape(previous) == Shape.BLANK) {
      previous--;
    }
    return previous < boot.firstEntry()
        ? times.at(i)
        : Instant.middle(times.at(previous), times.at(i));
  }

  /** {@link #begin} of the PID 1 that stays. */
  private Instant userBegin(int user) {
    return told(begin(user), "kernel", "initrd");
  }

  /** A bracket around what systemd itself says is that. */
  private Instant told(Instant seen, String... parts) {
    long sum = 0;
    for (String part : parts) {
      sum += startup == null ? 0 : startup.parts().getOrDefault(part, 0L);
    }
    boolean fits = seen.certainty() == Certainty.BRACKET && seen.low() <= sum && sum <= seen.high();
    return startup != null && fits ? Instant.exact(sum) : seen;
  }

  private void userspace(int user) {
    Instant start = userBegin(user);
    int end = startupEntry;
    if (end >= 0) {
      finished = true;
      add("userspace", "", start, times.at(end), user, end);
    } else {
      end = entry(Shape.LOGIN_PROMPT, user);
      end = end < 0 ? defaultTarget(user) : end;
      end = end < 0 ? entry(Shape.SESSION_OPENED, user) : end;
      finished = end >= 0;
      if (end < 0) {
        end = lastOfStart(user);
      }
      add("userspace", "", start, finish(end), user, end);
    }
    int target = defaultTarget(user);
    if (target >= 0) {
      add("target", "userspace", start, times.at(target), user, target);
    }
  }

  /**
   * When start-up was finished, of which entry {@code end} is the last sign. While a getty owns the
   * console PID 1 prints no status on it: jobs that ran when it prompted ended unseen.
   */
  private Instant finish(int end) {
    Instant seen = times.at(end);
    boolean open =
        boot.units().stream()
            .anyMatch(u -> u.result() == Unit.Result.STARTING && u.lastLine() < entries.line(end));
    int shutdown = times.firstOf(boot, Phase.Kind.SHUTDOWN);
    int latest = shutdown >= 0 ? shutdown : boot.lastEntry();
    return !open || !seen.isKnown() || !times.at(latest).isKnown()
        ? seen
        : new Instant(
            seen.low(),
            seen.low(),
            Math.max(seen.high(), times.at(latest).high()),
            Certainty.BRACKET);
  }

  /** The last line before somebody took over or the machine went down. */
  private int lastOfStart(int user) {
    int emergency = entry(Shape.EMERGENCY, user);
    if (emergency >= 0) {
      return emergency;
    }
    for (Phase phase : boot.phases()) {
      boolean over = phase.kind().compareTo(Phase.Kind.LOGIN) >= 0;
      if (over && phase.firstLine() > entries.line(user)) {
        return times.lastSaid(times.entryAt(phase.firstLine()) - 1);
      }
    }
    return times.lastSaid(boot.lastEntry());
  }

  /** Where the last of the targets that end a boot is reached, or -1. */
  private int defaultTarget(int user) {
    int reached = -1;
    for (int i = user; i <= boot.lastEntry(); i++) {
      if (times.isNew(i) && entries.shape(i) == Shape.JOB_DONE) {
        String unit = entries.get(i).unit();
        boolean ends =
            unit.startsWith("graphical.target")
                || unit.startsWith("multi-user.target")
                || unit.equals("Graphical Interface")
                || unit.equals("Multi-User System");
        reached = ends ? i : reached;
      }
    }
    return reached;
  }

  private int ssh() {
    for (int i = boot.firstEntry(); i <= boot.lastEntry(); i++) {
      if (times.isNew(i) && entries.shape(i) == Shape.JOB_DONE) {
        String unit = entries.get(i).unit();
        if (unit.startsWith("ssh.service")
            || unit.startsWith("sshd.service")
            || unit.startsWith("ssh.socket")
            || unit.startsWith("sshd.socket")) {
          return i;
        }
      }
    }
    return -1;
  }

  /** When each target was reached, counted from the start of userspace. */
  List<Figure> targets() {
    List<Figure> targets = new ArrayList<>();
    int user = manager();
    if (user >= 0) {
      boot.milestones().stream()
          .filter(m -> m.name().endsWith(".target") && m.line() >= entries.line(user))
          .forEach(
              m -> {
                int at = times.entryAt(m.line());
                targets.add(
                    new Figure(
                        m.name(),
                        "userspace",
                        userBegin(user),
                        times.at(at),
                        entries.line(user),
                        m.line()));
              });
    }
    return targets;
  }
}
