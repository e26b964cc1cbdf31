package dev.loganalyze.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.session.Exchange.Said;
import dev.loganalyze.session.Fact.Kind;
import dev.loganalyze.session.Reading.Row;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What util-linux and coreutils print of disks, mounts and their space. */
final class StorageOutputs {
  /** {@code /dev/vda1: UUID="…" TYPE="ext4"}. */
  private static final Pattern NAMED = Pattern.compile("^(/dev/\\S+): ");

  /** {@code /dev/vda1 on / type ext4 (rw,relatime)}. */
  private static final Pattern MOUNTED =
      Pattern.compile("^(\\S+) on (\\S+) type (\\S+) \\(([^)]*)\\)");

  private static final Pattern MOUNTPOINT = Pattern.compile("^(\\S+) is (not )?a mountpoint$");

  private static final Pattern PERCENT = Pattern.compile("^(\\d{1,3})%$");

  /** So deep a tree of devices is read. */
  private static final int MAX_NODES = 5000;

  private StorageOutputs() {}

  // ---- block devices ----------------------------------------------------------------------------

  static void lsblk(Reading reading) {
    Command command = reading.command();
    String output = command.value("-o", "--output");
    if (command.hasLetter('J') || command.has("--json")) {
      tree(reading);
    } else if (command.hasLetter('P') || command.has("--pairs")) {
      reading.pairs().forEach(row -> device(reading, row));
    } else if (command.hasLetter('n') || command.has("--noheadings")) {
      reading.rows(output, "").forEach(row -> device(reading, row));
    } else {
      reading.table("name").forEach(row -> device(reading, row));
    }
  }

  private static void device(Reading reading, Row row) {
    String name = row.cell("name", "kname", "path");
    if (!name.isEmpty()) {
      reading.add(
          Kind.BLOCK_DEVICE,
          row.said(),
          "device",
          stripTree(name),
          "size",
          row.cell("size"),
          "type",
          row.cell("type"),
          "fstype",
          row.cell("fstype"),
          "mountpoint",
          row.cell("mountpoint", "mountpoints"),
          "uuid",
          row.cell("uuid"),
          "label",
          row.cell("label"));
    }
  }

  private static String stripTree(String name) {
    int at = 0;
    while (at < name.length() && "├─└│|`- ".indexOf(name.charAt(at)) >= 0) {
      at++;
    }
    return name.substring(at);
  }

  private static void tree(Reading reading) {
    Deque<JsonNode> nodes = new ArrayDeque<>();
    if (!reading.answer().isEmpty()) {
      reading.json().path("blockdevices").forEach(nodes::addLast);
    }
    for (int n = 0; n < MAX_NODES && !nodes.isEmpty(); n++) {
      JsonNode node = nodes.removeFirst();
      Map<String, String> cells = new LinkedHashMap<>();
      node.properties()
          .forEach(
              field ->
                  cells.put(
                      field.getKey(),
                      field.getValue().isArray()
                          ? field.getValue().path(0).asText("")
                          : field.getValue().asText("")));
      cells.replaceAll((key, value) -> value.equals("null") ? "" : value);
      device(reading, new Row(reading.lineWith(cells.get("name")), cells));
      node.path("children").forEach(nodes::addLast);
    }
  }

  static void blkid(Reading reading) {
    for (Row row : reading.pairs()) {
      Matcher name = NAMED.matcher(row.said().text());
      if (name.find()) {
        blkid(reading, row, name.group(1));
      }
    }
    Map<String, String> cells = new LinkedHashMap<>();
    Said first = null;
    for (Said said : reading.answer()) {
      int equals = said.text().indexOf('=');
      if (said.text().startsWith("DEVNAME=")) {
        blkid(reading, new Row(first, Map.copyOf(cells)), cells.get("devname"));
        cells.clear();
        first = said;
      }
      if (first != null && equals > 0) {
        String key = said.text().substring(0, equals).toLowerCase(java.util.Locale.ROOT);
        cells.put(key, said.text().substring(equals + 1).strip());
      }
    }
    blkid(reading, new Row(first, cells), cells.get("devname"));
  }

  private static void blkid(Reading reading, Row row, String device) {
    if (device != null && row.said() != null) {
      reading.add(
          Kind.BLOCK_DEVICE,
          row.said(),
          "device",
          device,
          "size",
          "",
          "type",
          "",
          "fstype",
          row.cell("type"),
          "mountpoint",
          "",
          "uuid",
          row.cell("uuid"),
          "label",
          row.cell("label"));
    }
  }

  // ---- mounts and space -------------------------------------------------------------------------

  static void findmnt(Reading reading) {
    Command command = reading.command();
    boolean checks = command.hasLetter('x') || command.has("--verify");
    List<Row> rows =
        command.hasLetter('P') || command.has("--pairs")
            ? reading.pairs()
            : command.hasLetter('n') || command.has("--noheadings")
                ? reading.rows(output(command), "")
                : reading.table("target");
    String asked =
        command.arguments().stream()
            .filter(word -> word.startsWith("/") && !word.startsWith("/dev/"))
            .findFirst()
            .orElse("");
    for (Row row : checks ? List.<Row>of() : rows) {
      String target = stripTree(row.cell("target"));
      mount(
          reading,
          row.said(),
          target.isEmpty() ? asked : target,
          row.cell("source"),
          row.cell("fstype"),
          row.cell("options"));
    }
    if (asked.startsWith("/") && reading.alone() && reading.answer().isEmpty() && !checks) {
      reading.addUnsaid(Kind.MOUNT, "target", asked, "source", "", "fstype", "", "options", "");
    }
  }

  private static String output(Command command) {
    String output = command.value("-o", "--output");
    return output.isEmpty() ? "target,source,fstype,options" : output;
  }

  private static void mount(
      Reading reading, Said said, String target, String source, String fstype, String options) {
    reading.add(
        Kind.MOUNT, said, "target", target, "source", source, "fstype", fstype, "options", options);
  }

  static void mount(Reading reading) {
    for (Said said : reading.answer()) {
      Matcher mounted = MOUNTED.matcher(said.text());
      if (mounted.find()) {
        mount(
            reading, said, mounted.group(2), mounted.group(1), mounted.group(3), mounted.group(4));
      }
    }
  }

  static void mountpoint(Reading reading) {
    for (Said said : reading.answer()) {
      Matcher line = MOUNTPOINT.matcher(said.text());
      if (line.find()) {
        mount(reading, said, line.group(1), line.group(2) == null ? "mounted" : "", "", "");
      }
    }
  }

  static void df(Reading reading) {
    for (Row row : reading.table("filesystem", "mounted-on")) {
      Matcher used = PERCENT.matcher(row.cell("use", "capacity", "iuse"));
      boolean inodes = row.cells().containsKey("inodes");
      if (used.find()) {
        reading.add(
            Kind.FILE_SYSTEM,
            row.said(),
            "target",
            row.cell("mounted-on"),
            "source",
            row.cell("filesystem"),
            "size",
            row.cell("size", "inodes", "1k-blocks", "1024-blocks", "1m-blocks"),
            "used",
            row.cell("used", "iused"),
            "available",
            row.cell("available", "avail", "ifree"),
            "percent",
            used.group(1),
            "counts",
            inodes ? "inodes" : "blocks");
      }
    }
  }
}
