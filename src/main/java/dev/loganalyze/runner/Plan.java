package dev.loganalyze.runner;

import dev.loganalyze.pattern.Expression;
import java.util.List;

/**
 * What a run is to do.
 *
 * @param machine what is booted
 * @param accelerator {@code auto}, {@code kvm} or {@code tcg}
 * @param limits how long things may take
 * @param until an expression for a line of the console; null for {@link #off} or a login prompt
 * @param off whether the run goes on until the machine switches itself off
 * @param user who logs in, or empty when nobody is to, or an automatic login does it
 * @param password of that user; may be empty
 * @param commands to be run as root, in order; one that fails fails the run
 * @param collect units and absolute paths whose journal, state and content are wanted
 * @param checkSsh whether root must be reachable by SSH with a key made for the run, and by no
 *     other
 * @param keyBy how the guest gets the key
 * @param keepKey whether the private key is kept in the run folder
 * @param build a shell command that builds the image and prints its path last; may be empty
 */
public record Plan(
    Machine machine,
    String accelerator,
    Limits limits,
    Expression until,
    boolean off,
    String user,
    String password,
    List<String> commands,
    List<String> collect,
    boolean checkSsh,
    KeyBy keyBy,
    boolean keepKey,
    String build) {

  /** The ways of a key into a guest. */
  public enum KeyBy {
    /** Typed at the console, which needs a log-in. */
    CONSOLE,
    /**
     * As systemd's credential {@code ssh.authorized_keys.root}, by SMBIOS; systemd 252 and later.
     */
    CREDENTIAL,
    /** The command that builds the image puts it there. */
    BUILD;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Whether somebody has to log in at the console. */
  boolean needsShell() {
    return !user.isEmpty()
        || !commands.isEmpty()
        || !collect.isEmpty()
        || (checkSsh && keyBy == KeyBy.CONSOLE);
  }
}
