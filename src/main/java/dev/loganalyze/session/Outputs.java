package dev.loganalyze.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Who reads the output of which program. */
final class Outputs {
  /** Programs that print nothing when all is well. */
  private static final Set<String> QUIET =
      Set.of(
          "true",
          ":",
          "cd",
          "sleep",
          "export",
          "set",
          "unset",
          "stty",
          "test",
          "[",
          "sync",
          "wait",
          "exit",
          "modprobe",
          "mkdir",
          "udevadm");

  /** Programs whose answer somebody else gives for them: {@code which x >/dev/null && echo OK}. */
  private static final Set<String> ASKED_SILENTLY = Set.of("command", "which", "type");

  /** So many commands of one line are read; each goes over the whole answer. */
  private static final int MAX_READ = 8;

  private Outputs() {}

  /** Whether {@code command} prints nothing that is seen when all is well. */
  static boolean isQuiet(Command command) {
    return command.silent() || QUIET.contains(command.program());
  }

  /** What the answer of {@code exchange} says. */
  static List<Fact> read(Exchange exchange, int boot) {
    List<Fact> facts = new ArrayList<>();
    List<Command> commands = Command.of(exchange.command());
    int read = 0;
    for (int c = 0; c < commands.size() && read < MAX_READ; c++) {
      Command command = commands.get(c);
      Consumer<Reading> reader = reader(command.program());
      boolean seen = !command.silent() || ASKED_SILENTLY.contains(command.program());
      if (reader != null && seen && commands.indexOf(command) == c) {
        boolean alone =
            commands.stream().allMatch(other -> other.equals(command) || isQuiet(other));
        Reading reading = new Reading(command, alone, exchange, boot);
        reader.accept(reading);
        read++;
        facts.addAll(reading.facts());
      }
    }
    return facts;
  }

  /** What reads the output of {@code program}, or null. */
  private static Consumer<Reading> reader(String program) {
    return switch (program) {
      case "systemctl" -> UnitOutputs::systemctl;
      case "systemd-analyze" -> UnitOutputs::analyze;
      case "systemd-cgls" -> UnitOutputs::processes;
      case "networkctl" -> NetworkOutputs::networkctl;
      case "ip" -> NetworkOutputs::ip;
      case "lsblk" -> StorageOutputs::lsblk;
      case "blkid" -> StorageOutputs::blkid;
      case "findmnt" -> StorageOutputs::findmnt;
      case "mount" -> StorageOutputs::mount;
      case "mountpoint" -> StorageOutputs::mountpoint;
      case "df" -> StorageOutputs::df;
      case "vgs" -> VolumeOutputs::vgs;
      case "lvs" -> VolumeOutputs::lvs;
      case "pvs" -> VolumeOutputs::pvs;
      case "mdadm" -> VolumeOutputs::mdadm;
      case "ps" -> SystemOutputs::ps;
      case "free" -> SystemOutputs::free;
      case "id", "whoami" -> SystemOutputs::id;
      case "uname" -> SystemOutputs::uname;
      case "command", "which", "type" -> SystemOutputs::program;
      case "cat" -> SystemOutputs::cat;
      default -> null;
    };
  }
}
