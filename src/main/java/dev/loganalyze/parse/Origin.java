package dev.loganalyze.parse;

/** Who said a line. */
public enum Origin {
  /** BIOS, UEFI, option ROMs, trusted firmware. */
  FIRMWARE,
  /** GRUB, ISOLINUX, systemd-boot, U-Boot and their kin. */
  LOADER,
  /** printk. */
  KERNEL,
  /** PID 1: systemd's status lines and messages, or the init of an initramfs. */
  MANAGER,
  /** A process with a name: {@code ident[pid]: text}. */
  SERVICE,
  /** Anything else that was written to the console. */
  CONSOLE,
  /** A prompt with what was typed at it. */
  SHELL,
  /** Not the machine, but the program that drove it. */
  HARNESS
}
