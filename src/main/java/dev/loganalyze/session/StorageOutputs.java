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

/** What util-linux, coreutils, LVM and mdadm print of disks, arrays, volumes and mounts. */
final class StorageOutputs {
  /** {@code /dev/vda1: UUID="…" TYPE="ext4"}. */
  private static final Pattern NAMED = Pattern.compile("^(/dev/\\S+): ");

  /** {@code /dev/vda1 on / type ext4 (rw,relatime)}. */
  private static final Pattern MOUNTED =
      Pattern.compile("^(\\S+) on (\\S+) type (\\S+) \\(([^)]*)\\)");

  private static final Pattern MOUNTPOINT = Pattern.compile("^(\\S+) is (not )?a mountpoint$");

  private static final Pattern PERCENT = Pattern.compile("^(\\d{1,3})%$");

  /** {@code md0 : active raid1 vdc[1] vdb[0]}: the kernel's {@code drivers/md/md.c}. */
  private static final Pattern ARRAY =
      Pattern.compile(
          "^(md\\S*) : (\\S+)(?: \\((?:auto-)?read-only\\))?(?: (raid\\d+|linear|multipath))?");

  /** {@code 1046528 blocks super 1.2 [2/1] [U_]}. */
  private static final Pattern BLOCKS = Pattern.compile("^\\s+\\d+ blocks.* \\[(\\d+)/(\\d+)\\]");

  private static final Pattern DETAIL_HEAD = Pattern.compile("^(/dev/md\\S*):$");
  private static final Pattern DETAIL = Pattern.compile("^\\s*([A-Z][A-Za-z ]+?) : (.*\\S)\\s*$");

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
      device(reading, new Row(reading.lineWith("\"" + cells.get("name") + "\""), cells));
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

  // ---- volumes and arrays -----------------------------------------------------------------------

  static void vgs(Reading reading) {
    for (Row row : lvm(reading, "vg", "vg_name")) {
      String vg = row.cell("vg", "vg_name");
      reading.add(
          Kind.VOLUME_GROUP,
          row.said(),
          "vg",
          vg,
          "attributes",
          row.cell("attr", "vg_attr"),
          "size",
          row.cell("vsize", "vg_size"),
          "free",
          row.cell("vfree", "vg_free"));
    }
  }

  static void lvs(Reading reading) {
    for (Row row : lvm(reading, "lv", "lv_name")) {
      String lv = row.cell("lv", "lv_name");
      reading.add(
          Kind.LOGICAL_VOLUME,
          row.said(),
          "lv",
          lv,
          "vg",
          row.cell("vg", "vg_name"),
          "attributes",
          row.cell("attr", "lv_attr"),
          "size",
          row.cell("lsize", "lv_size"));
    }
  }

  static void pvs(Reading reading) {
    for (Row row : lvm(reading, "pv", "pv_name")) {
      String pv = row.cell("pv", "pv_name");
      reading.add(
          Kind.PHYSICAL_VOLUME,
          row.said(),
          "pv",
          pv,
          "vg",
          row.cell("vg", "vg_name"),
          "attributes",
          row.cell("attr", "pv_attr"),
          "size",
          row.cell("psize", "pv_size"));
    }
  }

  /** A table, or rows whose columns the command names. */
  private static List<Row> lvm(Reading reading, String header, String name) {
    Command command = reading.command();
    String output = command.value("-o", "--options");
    if (command.has("--noheadings") && output.isEmpty()) {
      return List.of();
    }
    List<Row> rows =
        command.has("--noheadings")
            ? reading.rows(output, command.value("--separator", "--separator"))
            : reading.table(header);
    return rows.stream().filter(row -> !row.cell(header, name).isEmpty()).toList();
  }

  static void mdadm(Reading reading) {
    String array = "";
    Map<String, String> detail = new LinkedHashMap<>();
    Said at = null;
    for (Said said : reading.answer()) {
      Matcher head = DETAIL_HEAD.matcher(said.text());
      Matcher line = DETAIL.matcher(said.text());
      if (head.find()) {
        detail(reading, at, array, detail);
        array = head.group(1);
        detail.clear();
        at = null;
      } else if (line.find() && !array.isEmpty()) {
        detail.putIfAbsent(line.group(1), line.group(2));
        at = line.group(1).equals("State") && at == null ? said : at;
      }
    }
    detail(reading, at, array, detail);
  }

  private static void detail(Reading reading, Said said, String array, Map<String, String> detail) {
    String state = detail.getOrDefault("State", "");
    if (said != null) {
      array(
          reading,
          said,
          array,
          detail.get("Raid Level"),
          state,
          detail.getOrDefault("Raid Devices", ""),
          detail.getOrDefault("Working Devices", ""),
          state.contains("degraded") || state.contains("FAILED"));
    }
  }

  static void mdstat(Reading reading) {
    Matcher array = null;
    for (Said said : reading.answer()) {
      Matcher head = ARRAY.matcher(said.text());
      Matcher blocks = BLOCKS.matcher(said.text());
      if (head.find()) {
        array = head;
        if (head.group(2).equals("inactive")) {
          array(reading, said, head.group(1), head.group(3), "inactive", "", "", true);
        }
      } else if (array != null && blocks.find()) {
        boolean all = blocks.group(1).equals(blocks.group(2));
        array(
            reading,
            said,
            array.group(1),
            array.group(3),
            array.group(2),
            blocks.group(1),
            blocks.group(2),
            !all);
      }
    }
  }

  private static void array(
      Reading reading,
      Said said,
      String array,
      String level,
      String state,
      String devices,
      String working,
      boolean degraded) {
    reading.add(
        Kind.ARRAY,
        said,
        "array",
        array,
        "level",
        level,
        "state",
        state,
        "devices",
        devices,
        "working",
        working,
        "degraded",
        degraded ? "yes" : "no");
  }
}
