package dev.loganalyze.session;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Who reads the output of which program. */
final class Outputs {
  private static final Map<String, Consumer<Reading>> READERS =
      Map.ofEntries(
          entry("systemctl", UnitOutputs::systemctl),
          entry("systemd-analyze", UnitOutputs::analyze),
          entry("systemd-cgls", UnitOutputs::processes),
          entry("networkctl", NetworkOutputs::networkctl),
          entry("ip", NetworkOutputs::ip),
          entry("lsblk", StorageOutputs::lsblk),
          entry("blkid", StorageOutputs::blkid),
          entry("findmnt", StorageOutputs::findmnt),
          entry("mount", StorageOutputs::mount),
          entry("mountpoint", StorageOutputs::mountpoint),
          entry("df", StorageOutputs::df),
          entry("vgs", VolumeOutputs::vgs),
          entry("lvs", VolumeOutputs::lvs),
          entry("pvs", VolumeOutputs::pvs),
          entry("mdadm", VolumeOutputs::mdadm),
          entry("ps", SystemOutputs::ps),
          entry("free", SystemOutputs::free),
          entry("id", SystemOutputs::id),
          entry("whoami", SystemOutputs::id),
          entry("uname", SystemOutputs::uname),
          entry("command", SystemOutputs::program),
          entry("which", SystemOutputs::program),
          entry("type", SystemOutputs::program),
          entry("cat", SystemOutputs::cat));

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
      Consumer<Reading> reader = READERS.get(command.program());
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
}
