package dev.loganalyze.harness;

import dev.loganalyze.parse.Entries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a run as a whole: image, keys, QEMU, times. A run's metadata file says it, else
 * the line of a ledger that began at the same time, else the log of its harness.
 */
public final class RunValues {
  /** Between key and value in the lines of a metadata file. */
  private static final String IS = " = ";

  /** What tells one run of a ledger from the others. */
  private static final String START = "timings.start";

  /** Name of the value, then the keys that hold it, the better first. */
  private static final String[][] KEYS = {
    {"started", "timings.start"},
    {"ended", "timings.end"},
    {"outcome", "outcome"},
    {"failure", "failure"},
    {"goal", "run.goal"},
    {"stopped", "run.stopped"},
    {"image", "artifact.iso_path", "iso_path", "image"},
    {"storePath", "artifact.store_path", "store_path"},
    {"deriver", "artifact.deriver", "deriver"},
    {"narHash", "artifact.nar_hash", "nar_hash"},
    {"rootKeyFingerprint", "artifact.root_key_fingerprint", "root_key_fingerprint"},
    {"publicKey", "public_key"},
    {"publicKeyPath", "public_key_path"},
    {"publicKeyGenerated", "public_key_generated"},
    {"temporaryDirectory", "temporary_directory"},
    {"qemuVersion", "qemu.version"},
    {"qemuCommand", "qemu.command"},
    {"sshPort", "ssh.port"},
    {"buildSeconds", "timings.build_seconds"},
    {"bootToLoginSeconds", "timings.boot_to_login_seconds"},
    {"bootToSshSeconds", "timings.boot_to_ssh_seconds"},
    {"totalSeconds", "timings.total_seconds"},
    {"tests", "pytest_args"},
  };

  private RunValues() {}

  /**
   * The values, in a fixed order; those that are empty or {@code null} are left out.
   *
   * @param metadata the entries of metadata files, the one that counts first
   * @param ledgers those of ledgers, which tell of other runs, too
   * @param harness what harness logs tell
   */
  public static Map<String, String> of(
      List<Entries> metadata, List<Entries> ledgers, List<HarnessLog> harness) {
    List<Map<String, String>> files = new ArrayList<>();
    metadata.forEach(entries -> files.add(read(entries, 0, entries.size())));
    String start = files.isEmpty() ? "" : files.get(0).getOrDefault(START, "");
    for (Entries ledger : ledgers) {
      lines(ledger).stream()
          .filter(run -> !start.isEmpty() && start.equals(run.get(START)))
          .forEach(files::add);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String[] keys : KEYS) {
      for (Map<String, String> file : files) {
        for (int k = 1; k < keys.length; k++) {
          put(values, keys[0], file.getOrDefault(keys[k], ""));
        }
      }
      harness.forEach(log -> put(values, keys[0], log.values().getOrDefault(keys[0], "")));
    }
    return values;
  }

  private static void put(Map<String, String> values, String name, String value) {
    if (!value.isBlank() && !value.equals("null")) {
      values.putIfAbsent(name, value);
    }
  }

  /** The runs of a ledger, a line each, as their values by key. */
  private static List<Map<String, String>> lines(Entries ledger) {
    List<Map<String, String>> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= ledger.size(); i++) {
      if (i == ledger.size() || ledger.line(i) != ledger.line(from)) {
        runs.add(read(ledger, from, i));
        from = i;
      }
    }
    return runs;
  }

  /** The values by key in the entries from {@code from} up to {@code to}, exclusive. */
  private static Map<String, String> read(Entries entries, int from, int to) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = from; i < to; i++) {
      String line = entries.get(i).text();
      int is = line.indexOf(IS);
      if (is > 0) {
        values.putIfAbsent(line.substring(0, is), line.substring(is + IS.length()));
      }
    }
    return values;
  }
}
