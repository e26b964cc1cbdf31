package dev.loganalyze.boot;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.PhaseParser.Kind;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The lines that tell the phase, as tokens of the grammar {@code BootPhases}, with a BOOT before
 * the first of each boot.
 *
 * <p>A boot begins with a banner that comes again: of firmware, of a loader after a kernel, of a
 * kernel whose clock is back at its start. A banner is no boot when it is somebody's output (it
 * follows a prompt at which a command was typed) or when a console that registered late prints the
 * old lines again.
 */
final class BootTokens {
  static final String NEW_SESSION = "New session ";
  static final String SESSION_OPENED = "session): session opened for user";

  private static final String DESTRUCTIVE = " is destructive (";
  private static final String IN_INITRD = "Running in initrd";

  /** The kernel tries this one only where an initramfs has it. */
  private static final String RUNS_INITRD = "Run /init as init process";

  /** How far to look for {@link #IN_INITRD} after PID 1 has named itself. */
  private static final int INITRD_NOTE_DISTANCE = 40;

  /**
   * How far to look for a line whose clock has started, and for its twin, after a second banner.
   */
  private static final int REPLAY_DISTANCE = 3000;

  private final Entries entries;
  private final List<Kind> kinds = new ArrayList<>();
  private final List<Integer> entryOf = new ArrayList<>();

  private Kind phase;
  private int kernelBanner = -1;
  private final Set<String> firmwareBanners = new HashSet<>();
  private boolean managerInInitrd;
  private boolean welcomedInInitrd;
  private boolean emergency;
  private boolean resetAnnounced;
  private boolean softReboot;

  /**
   * What the first words of the init are of that the kernel, whose lines are stamped, has run; or
   * null.
   */
  private Kind ofInit;

  /** What the kernel command line says the root is, or empty. */
  private String root = "";

  /** Whether the initramfs that runs has said nothing that only an initramfs says. */
  private boolean namelessInitrd;

  private BootTokens(Entries entries) {
    this.entries = entries;
  }

  static BootTokens of(Entries entries) {
    BootTokens tokens = new BootTokens(entries);
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.repeated(i)) {
        tokens.take(i);
      }
    }
    return tokens;
  }

  List<Kind> kinds() {
    return kinds;
  }

  /** The entry that token {@code index} stands for. */
  int entry(int index) {
    return entryOf.get(index);
  }

  /** Whether nothing but prompts tells of a boot. */
  boolean arePrompts() {
    return entryOf.stream().allMatch(entry -> entries.shape(entry).isPrompt());
  }

  private void take(int i) {
    Kind kind = kind(i);
    if (kind == null && entries.isJournal() && (phase == null || entries.beginsBoot(i))) {
      kind = inJournal(i);
    }
    if (kind == null) {
      return;
    }
    if (phase == null || beginsBoot(i, kind)) {
      add(Kind.BOOT, i);
      phase = kind;
      forget();
      // What the line tells was of the boot that it begins.
      kind(i);
    }
    if (entries.shape(i) == Shape.KERNEL_BANNER && kernelBanner < 0) {
      kernelBanner = i;
    }
    if (entries.shape(i) == Shape.FIRMWARE_BANNER) {
      firmwareBanners.add(entries.get(i).message());
    }
    if (kind.compareTo(phase) > 0) {
      phase = kind;
    }
    add(kind, i);
  }

  private void forget() {
    kernelBanner = -1;
    firmwareBanners.clear();
    managerInInitrd = false;
    welcomedInInitrd = false;
    emergency = false;
    resetAnnounced = false;
    ofInit = null;
    root = "";
    namelessInitrd = false;
    softReboot = false;
  }

  private void add(Kind kind, int entry) {
    kinds.add(kind);
    entryOf.add(entry);
  }

  /** The phase that entry {@code i} tells of, or null when it tells of none. */
  private Kind kind(int i) {
    Shape shape = entries.shape(i);
    return switch (shape) {
      case FIRMWARE_BANNER, FIRMWARE, FIRMWARE_HANDOVER -> Kind.FIRMWARE;
      case LOADER_BANNER, LOADER, HANDOVER -> Kind.LOADER;
      case LOADER_PROMPT -> isEfiShell(i) ? Kind.FIRMWARE : Kind.LOADER;
      case KERNEL_BANNER -> Kind.KERNEL;
      case PANIC -> {
        // No init says what follows.
        ofInit = null;
        yield Kind.KERNEL;
      }
      case KERNEL_COMMAND_LINE -> {
        root = root(entries.get(i).message());
        yield Kind.KERNEL;
      }
      case KERNEL_INIT -> {
        boolean ofInitrd = entries.get(i).message().startsWith(RUNS_INITRD);
        ofInit =
            entries.micros(i) == Entry.NO_TIME ? null : ofInitrd ? Kind.INITRD : Kind.USERSPACE;
        yield Kind.KERNEL;
      }
      case INITRD, INITRD_PROMPT -> {
        namelessInitrd = false;
        yield Kind.INITRD;
      }
      case MANAGER_BANNER -> {
        managerInInitrd = saysInitrd(i);
        yield manager();
      }
      case WELCOME -> {
        welcome(entries.get(i).message());
        yield manager();
      }
      case DEFAULT_TARGET,
          STARTUP_FINISHED,
          JOB_STARTING,
          JOB_FAILED,
          JOB_TIMEOUT,
          DEVICE_TIMEOUT,
          JOB_DEPENDENCY,
          JOB_RUNNING,
          ORDERING_CYCLE ->
          manager();
      case JOB_DONE -> done(entries.get(i).unit());
      case JOB_STOPPING -> leavesBoot(entries.get(i).unit()) ? Kind.SHUTDOWN : manager();
      case EMERGENCY -> {
        emergency = true;
        yield phase == Kind.INITRD ? Kind.INITRD : manager();
      }
      case LOGIN_PROMPT -> {
        emergency = false;
        yield Kind.LOGIN;
      }
      case SESSION_OPENED -> Kind.SESSION;
      case SHELL_PROMPT -> shell();
      case SHUTDOWN, POWER_OFF -> {
        softReboot |= entries.get(i).message().startsWith("Soft-rebooting.");
        yield Kind.SHUTDOWN;
      }
      case REBOOT -> {
        resetAnnounced = true;
        yield isPanicked(i) ? null : Kind.SHUTDOWN;
      }
      case TEXT -> text(i);
      default -> null;
    };
  }

  /** The shell of a UEFI firmware is what is left when no loader could be started. */
  private boolean isEfiShell(int i) {
    return phase != Kind.LOADER && entries.get(i).message().startsWith("Shell>");
  }

  /** A journal does not see a login prompt, but that the program was started which prints it. */
  private Kind done(String unit) {
    softReboot |= isSoftReboot(unit);
    if (endsBoot(unit)) {
      return Kind.SHUTDOWN;
    }
    return entries.isJournal() && offersLogin(unit) ? Kind.LOGIN : manager();
  }

  private static boolean offersLogin(String unit) {
    return unit.startsWith("getty@")
        || unit.startsWith("serial-getty@")
        || unit.startsWith("console-getty.service")
        || unit.startsWith("container-getty@")
        || unit.startsWith("autologin@")
        || unit.startsWith("display-manager.service");
  }

  /** What the first entry of a journal's boot tells when its shape tells nothing. */
  private Kind inJournal(int i) {
    return switch (entries.origin(i)) {
      case KERNEL -> Kind.KERNEL;
      case MANAGER, SERVICE -> Kind.USERSPACE;
      default -> null;
    };
  }

  private Kind text(int i) {
    Origin origin = entries.origin(i);
    if (entries.isJournal() && origin == Origin.SERVICE) {
      return opensSession(entries.get(i)) ? Kind.SESSION : null;
    }
    if (origin == Origin.KERNEL) {
      // One is enough; a log has tens of thousands of them.
      return phase == null || phase.compareTo(Kind.KERNEL) < 0 ? Kind.KERNEL : null;
    }
    if (origin == Origin.CONSOLE && ofInit != null && phase.compareTo(Kind.INITRD) <= 0) {
      return word(i);
    }
    if (origin == Origin.MANAGER) {
      String message = entries.get(i).message();
      if (message.startsWith(IN_INITRD)) {
        managerInInitrd = true;
        return Kind.INITRD;
      }
      if (message.startsWith("Switching root")) {
        managerInInitrd = false;
      }
      if (isRefusedByShutdown(message)) {
        return Kind.SHUTDOWN;
      }
    }
    return null;
  }

  /** The first words of an init that has no banner; and what mount(8) says of the root in it. */
  private Kind word(int i) {
    String message = entries.get(i).message();
    if (entries.micros(i) != Entry.NO_TIME || message.isBlank()) {
      return null;
    }
    boolean isFirst = phase == Kind.KERNEL;
    namelessInitrd |= isFirst && ofInit == Kind.INITRD;
    // It only ever complains; a shell that comes after it is there to repair this.
    if (message.startsWith("mount: ") && !root.isEmpty() && message.contains(root)) {
      namelessInitrd = false;
    }
    return isFirst ? ofInit : null;
  }

  /**
   * PID 1 refuses a job that would take back a shutdown: {@code Transaction for U/start is
   * destructive (reboot.target has 'start' job queued, …)}.
   */
  private static boolean isRefusedByShutdown(String message) {
    int queued = message.indexOf(DESTRUCTIVE);
    if (queued < 0) {
      return false;
    }
    String target = message.substring(queued + DESTRUCTIVE.length());
    return target.contains("has 'start' job") && endsBoot(target);
  }

  private static boolean isSoftReboot(String unit) {
    return unit.startsWith("soft-reboot.target") || unit.equals("Reboot System Userspace");
  }

  /**
   * dracut gives its initramfs a name of its own; with {@code quiet}, nothing but the name of the
   * system tells that PID 1 has left it.
   */
  private void welcome(String message) {
    boolean inInitrd = message.endsWith("(Initramfs)!");
    if (inInitrd || welcomedInInitrd) {
      managerInInitrd = inInitrd;
    }
    welcomedInInitrd = inInitrd;
  }

  /** systemd-logind and pam_unix(8) say so. */
  private static boolean opensSession(Entry entry) {
    return (entry.identifier().equals("systemd-logind") && entry.message().startsWith(NEW_SESSION))
        || (!entry.identifier().equals("systemd")
            && entry.message().startsWith("pam_unix(")
            && entry.message().contains(SESSION_OPENED));
  }

  private Kind manager() {
    return managerInInitrd ? Kind.INITRD : Kind.USERSPACE;
  }

  /**
   * A shell is a session of the booted system, unless an initramfs or emergency mode opened it. An
   * initramfs that has nothing to say may be the whole system.
   */
  private Kind shell() {
    if (phase == Kind.INITRD && !namelessInitrd) {
      return Kind.INITRD;
    }
    return emergency ? Kind.USERSPACE : Kind.SESSION;
  }

  /** PID 1 of an initramfs says so within its first lines. */
  private boolean saysInitrd(int i) {
    int end = Math.min(entries.size(), i + INITRD_NOTE_DISTANCE);
    for (int j = i + 1; j < end; j++) {
      if (entries.shape(j) == Shape.MANAGER_BANNER) {
        return false;
      }
      if (entries.origin(j) == Origin.MANAGER && entries.get(j).message().startsWith(IN_INITRD)) {
        return true;
      }
    }
    return false;
  }

  /** {@code Rebooting in 5 seconds..} after a panic belongs to the panic. */
  private boolean isPanicked(int i) {
    for (int j = i - 1; j >= Math.max(0, i - 200); j--) {
      if (entries.shape(j) == Shape.PANIC) {
        return true;
      }
    }
    return false;
  }

  private static String root(String commandLine) {
    int at = (" " + commandLine).indexOf(" root=");
    return at < 0 ? "" : commandLine.substring(at + "root=".length()).split(" ", 2)[0];
  }

  private static boolean endsBoot(String unit) {
    return isSoftReboot(unit)
        || unit.startsWith("shutdown.target")
        || unit.startsWith("umount.target")
        || unit.startsWith("reboot.target")
        || unit.startsWith("poweroff.target")
        || unit.startsWith("halt.target")
        || unit.startsWith("kexec.target")
        || unit.equals("System Shutdown")
        || unit.equals("Unmount All Filesystems")
        || unit.equals("Shutdown");
  }

  private static boolean leavesBoot(String unit) {
    return unit.startsWith("graphical.target")
        || unit.startsWith("multi-user.target")
        || unit.equals("Graphical Interface")
        || unit.equals("Multi-User System");
  }

  // ---- where a boot begins ----------------------------------------------------------------------

  private boolean beginsBoot(int i, Kind kind) {
    if (entries.isJournal()) {
      return entries.beginsBoot(i)
          || (entries.record(i) == null
              && entries.shape(i) == Shape.KERNEL_BANNER
              && phase.compareTo(Kind.INITRD) >= 0);
    }
    boolean afterKernel = phase.compareTo(Kind.KERNEL) >= 0;
    return switch (entries.shape(i)) {
      case FIRMWARE_BANNER ->
          (afterKernel || resetAnnounced || firmwareBanners.contains(entries.get(i).message()))
              && !isOutput(i);
      case LOADER_BANNER -> (afterKernel || resetAnnounced) && !isOutput(i);
      case KERNEL_BANNER -> afterKernel && (resetAnnounced || kernelStartsAgain(i)) && !isOutput(i);
      // PID 1 runs itself again and boots userspace anew; the kernel stays.
      case MANAGER_BANNER, WELCOME -> softReboot;
      default -> resetAnnounced && kind.compareTo(Kind.KERNEL) < 0;
    };
  }

  private boolean kernelStartsAgain(int i) {
    if (kernelBanner < 0) {
      // The first banner of a kernel that had printed lines before it: an arm64 kernel does.
      return phase.compareTo(Kind.INITRD) >= 0 && entries.micros(i) != Entry.NO_TIME;
    }
    if (entries.micros(i) == Entry.NO_TIME && phase.compareTo(Kind.USERSPACE) >= 0) {
      // `cat /proc/version` prints the same words.
      return false;
    }
    return !isReplay(i);
  }

  /** The line before is a prompt at which something was typed, or the echo of such a command. */
  private boolean isOutput(int i) {
    int before = Boots.lastSaid(entries, Math.max(0, i - 3), i - 1);
    if (before < 0) {
      return false;
    }
    Entry entry = entries.get(before);
    if (entry.shape().isPrompt()) {
      return !entry.unit().isBlank();
    }
    // What was typed ahead of the prompt is echoed without one.
    return entry.shape() == Shape.TEXT
        && (entry.message().contains("dmesg") || entry.message().contains("journalctl"));
  }

  /**
   * A console that registers late prints the old lines again, with their old stamps. Two boots
   * never agree to the microsecond once the kernel reads a real clock; before, the stamps are zero
   * or count ticks (multiples of a millisecond) and prove nothing. When the first console saw no
   * real stamp, the second banner is a replay if the command line asked for an early console.
   */
  private boolean isReplay(int second) {
    int ticked = ticked(second, Math.min(entries.size(), second + REPLAY_DISTANCE));
    if (ticked >= 0 && ticked(kernelBanner, second) >= 0) {
      long micros = entries.micros(ticked);
      String text = entries.get(ticked).text();
      int end = Math.min(second, kernelBanner + REPLAY_DISTANCE);
      for (int i = kernelBanner; i < end; i++) {
        if (entries.micros(i) == micros && entries.get(i).text().equals(text)) {
          return true;
        }
      }
      return false;
    }
    int line = Boots.find(entries, kernelBanner, second, Shape.KERNEL_COMMAND_LINE);
    String commandLine = line < 0 ? "" : entries.get(line).message();
    return commandLine.contains("earlyprintk") || commandLine.contains("earlycon");
  }

  /** The first entry in {@code [from, to)} whose stamp was read from a real clock, or -1. */
  private int ticked(int from, int to) {
    int end = Math.min(to, from + REPLAY_DISTANCE);
    for (int i = from; i < end; i++) {
      if (entries.micros(i) > 0 && entries.micros(i) % 1000 != 0) {
        return i;
      }
    }
    return -1;
  }
}
