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
   * @param harness what harness logs tell
   */
  public static Map<String, String> of(List<Entries> metadata, List<HarnessLog> harness) {
    List<Map<String, String>> files = new ArrayList<>();
    for (Entries entries : metadata) {
      List<Map<String, String>> objects = read(entries);
      if (objects.size() == 1) {
        files.add(objects.get(0));
      }
    }
    String start = files.isEmpty() ? "" : files.get(0).getOrDefault(START, "");
    for (Entries entries : metadata) {
      List<Map<String, String>> objects = read(entries);
      objects.removeIf(o -> objects.size() == 1 || !start.equals(o.get(START)));
      files.addAll(objects);
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

  /** The objects of a file, each as its values by key; a key that comes again begins the next. */
  private static List<Map<String, String>> read(Entries entries) {
    List<Map<String, String>> objects = new ArrayList<>(List.of(new LinkedHashMap<>()));
    for (int i = 0; i < entries.size(); i++) {
      String line = entries.get(i).text();
      int is = line.indexOf(IS);
      if (is > 0) {
        String key = line.substring(0, is);
        if (objects.get(objects.size() - 1).containsKey(key)) {
          objects.add(new LinkedHashMap<>());
        }
        objects.get(objects.size() - 1).put(key, line.substring(is + IS.length()));
      }
    }
    return objects;
  }
}
