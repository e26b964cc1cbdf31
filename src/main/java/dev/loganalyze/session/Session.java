package dev.loganalyze.session;

import java.util.List;

/**
 * One conversation at a prompt: from its first prompt to the next login, the next boot or the end.
 *
 * @param boot 1-based index of the boot it belongs to
 * @param place where it was held
 * @param user who is logged in when it begins, or empty
 * @param host the host that the prompt names, or empty
 * @param root whether it begins as root: a {@code #} at the prompt's end, or a {@code root@}
 * @param firstEntry index of its first prompt
 * @param lastEntry index of its last entry, inclusive
 * @param firstLine 1-based raw line
 * @param lastLine 1-based raw line, inclusive
 * @param exchanges in order; equal ones in a row are one
 * @param escalations every try to become root, in order
 * @param decorated index of the first prompt that carries colours, a title or bracketed-paste
 *     switches, which a plain pattern does not match; or -1
 * @param neverRun what was typed and echoed, and no shell took
 */
public record Session(
    int boot,
    Place place,
    String user,
    String host,
    boolean root,
    int firstEntry,
    int lastEntry,
    int firstLine,
    int lastLine,
    List<Exchange> exchanges,
    List<Escalation> escalations,
    int decorated,
    List<String> neverRun) {

  /** Whose prompt it is. */
  public enum Place {
    /** GRUB, U-Boot, the UEFI shell. */
    LOADER,
    /** The shell of an initial RAM disk. */
    INITRAMFS,
    /** A shell of the booted system. */
    SHELL
  }

  /**
   * A try to become root.
   *
   * @param command as typed
   * @param line 1-based raw line of its prompt
   * @param reached whether a prompt of root, or a {@code 0} in answer to {@code id -u}, follows
   */
  public record Escalation(String command, int line, boolean reached) {}
}
