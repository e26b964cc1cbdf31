package dev.loganalyze.boot;

import java.util.Locale;

/** The furthest point of a boot, nearest first, so that {@link #compareTo} orders by distance. */
public enum Reached {
  /** BIOS, UEFI or an option ROM spoke. */
  FIRMWARE,
  /** A boot loader spoke. */
  BOOTLOADER,
  /** The kernel spoke. */
  KERNEL,
  /** The initramfs spoke, or its shell is open. */
  INITRD,
  /** The init of the root file system spoke; emergency and rescue mode too. */
  USERSPACE,
  /** A login prompt came. */
  LOGIN,
  /** A session of the booted system was opened. */
  SHELL;

  /** The word in JSON: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
