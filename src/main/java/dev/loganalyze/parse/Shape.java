package dev.loganalyze.parse;

/**
 * What sort of sentence an entry is, as far as the grammar knows it. Contents are for rules.
 *
 * <p>The shapes of job sentences follow systemd's {@code src/core/job.c} and {@code unit.c}; their
 * unit is {@link Entry#unit()}.
 */
public enum Shape {
  /** Nothing but blanks. */
  BLANK,
  /**
   * What somebody adds who shows or records the log: journalctl an explanation of the catalogue or
   * {@code -- Boot … --}, script {@code Script done on …}.
   */
  REMARK,
  /** Text of no known shape. */
  TEXT,

  /** A firmware names itself: {@code SeaBIOS (version …)}. */
  FIRMWARE_BANNER,
  /** Another line that only firmware prints: {@code Boot failed: not a bootable disk}. */
  FIRMWARE,
  /** The firmware gives control to what it boots: {@code Booting from Hard Disk...}. */
  FIRMWARE_HANDOVER,
  /** A boot loader names itself: {@code Welcome to GRUB!}, {@code U-Boot 2023.01 (…)}. */
  LOADER_BANNER,
  /** Another line that only a loader prints: {@code Loading initial ramdisk ...}. */
  LOADER,
  /** A loader waits for commands: {@code grub rescue> }, {@code => }. */
  LOADER_PROMPT,
  /** The loader gives control to the kernel: {@code Starting kernel ...}. */
  HANDOVER,

  /** {@code Linux version …}. */
  KERNEL_BANNER,
  /** {@code Command line: …} or {@code Kernel command line: …}. */
  KERNEL_COMMAND_LINE,
  /** The kernel starts PID 1: {@code Run /init as init process}. */
  KERNEL_INIT,
  /** {@code Kernel panic - not syncing: …}. */
  PANIC,
  /** {@code reboot: Restarting system}, {@code Starting new kernel}; also of firmware. */
  REBOOT,
  /** {@code reboot: Power down}, {@code reboot: System halted}. */
  POWER_OFF,
  /** {@code ** 17 printk messages dropped **}. */
  MESSAGES_DROPPED,

  /** A line that only an initramfs prints: {@code Begin: Mounting root file system ...}. */
  INITRD,
  /** A shell inside the initramfs: {@code (initramfs) }, {@code dracut:/# }. */
  INITRD_PROMPT,

  /** {@code systemd 252 running in system mode (…)}. */
  MANAGER_BANNER,
  /** {@code Welcome to Debian GNU/Linux 12 (bookworm)!}. */
  WELCOME,
  /** {@code Queued start job for default target graphical.target.}. */
  DEFAULT_TARGET,
  /** {@code Startup finished in …}. */
  STARTUP_FINISHED,
  /** A job began: {@code Starting X...}, {@code Mounting X...}, {@code Expecting device X...}. */
  JOB_STARTING,
  /** A job is done: {@code Started X.}, {@code Reached target X.}, {@code Found device X.}. */
  JOB_DONE,
  /** {@code Failed to start X.} and its kin. */
  JOB_FAILED,
  /** {@code Timed out starting X.}; also mounts and swaps. */
  JOB_TIMEOUT,
  /** {@code Timed out waiting for device X.}. */
  DEVICE_TIMEOUT,
  /** {@code Dependency failed for X.}. */
  JOB_DEPENDENCY,
  /** {@code Assertion failed for X.}, {@code Starting of X unsupported.}, {@code … once}. */
  JOB_REFUSED,
  /** {@code X was skipped because …}. */
  JOB_SKIPPED,
  /** {@code Ordering cycle found, skipping X}. */
  ORDERING_CYCLE,
  /** The spinner: {@code A start job is running for X (5s / 1min 30s)}. */
  JOB_RUNNING,
  /** A unit stops: {@code Stopping X...}, {@code Stopped target X.}, {@code Unmounted X.}. */
  JOB_STOPPING,
  /** {@code See 'systemctl status X' for details.}. */
  SEE_STATUS,
  /**
   * {@code U: Main process exited, …}, {@code U: Failed with result '…'.}: a unit's own message.
   */
  UNIT_MESSAGE,
  /** {@code You are in emergency mode. …} or rescue mode. */
  EMERGENCY,
  /** The machine goes down on purpose: {@code systemd-shutdown[1]: …}, {@code Powering off.}. */
  SHUTDOWN,

  /** {@code host login: }; {@code Please press Enter to activate this console. } of BusyBox. */
  LOGIN_PROMPT,
  /** {@code Password: }, a passphrase question, sulogin's {@code Give root password …}. */
  PASSWORD_PROMPT,
  /** A session of the booted system begins: an automatic login, {@code Last login: …}. */
  SESSION_OPENED,
  /** A shell waits for commands, with what was typed after it. */
  SHELL_PROMPT;

  /** Whether something waits for a command, with what was typed after it. */
  public boolean isPrompt() {
    return this == SHELL_PROMPT || this == LOADER_PROMPT || this == INITRD_PROMPT;
  }

  /** Whether it shows that the kernel has the console no longer for itself. */
  boolean isOfUserspace() {
    return switch (this) {
      case INITRD,
          INITRD_PROMPT,
          MANAGER_BANNER,
          WELCOME,
          JOB_STARTING,
          JOB_DONE,
          EMERGENCY,
          LOGIN_PROMPT,
          PASSWORD_PROMPT,
          SESSION_OPENED,
          SHELL_PROMPT ->
          true;
      default -> false;
    };
  }

  /** Whether it is a word of the machine's: neither blank nor a remark. */
  public boolean isSaid() {
    return this != BLANK && this != REMARK;
  }
}
