package dev.loganalyze.diagnosis;

import java.util.List;

/**
 * What a unit needs to be started, by its kind alone: systemd's {@code fstab-generator.c} and
 * systemd.special(7). A job that fails takes those along that need its unit, and so on from each of
 * them, in this order ({@code job.c, job_fail_dependencies()}).
 */
final class Needs {
  private static final String CHECK = "systemd-fsck@";

  private Needs() {}

  /** The kind of {@code unit}: its type, but for those that are needed by others of one kind. */
  static String kind(String unit) {
    return unit.startsWith(CHECK) ? CHECK : unit.substring(unit.lastIndexOf('.') + 1);
  }

  /** The kinds of units that {@code unit} needs, as far as its own tells. */
  static List<String> of(String unit) {
    return switch (unit) {
      case "local-fs.target", "remote-fs.target", "initrd-root-fs.target", "initrd-usr-fs.target" ->
          List.of("mount");
      case "swap.target" -> List.of("swap");
      default -> kind(unit).equals("mount") ? List.of(CHECK) : List.of();
    };
  }
}
