package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.session.Exchange.Said;
import dev.loganalyze.session.Fact.Kind;
import dev.loganalyze.session.Reading.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What LVM, mdadm and {@code /proc/mdstat} print of volumes and arrays. */
final class VolumeOutputs {
  /** {@code md0 : active raid1 vdc[1] vdb[0]}: the kernel's {@code drivers/md/md.c}. */
  private static final Pattern ARRAY =
      Pattern.compile(
          "^(md\\S*) : (\\S+)(?: \\((?:auto-)?read-only\\))?(?: (raid\\d+|linear|multipath))?");

  /** {@code 1046528 blocks super 1.2 [2/1] [U_]}. */
  private static final Pattern BLOCKS = Pattern.compile("^\\s+\\d+ blocks.* \\[(\\d+)/(\\d+)\\]");

  private static final Pattern DETAIL_HEAD = Pattern.compile("^(/dev/md\\S*):$");

  private static final Pattern DETAIL = Pattern.compile("^\\s*([A-Z][A-Za-z ]+?) : (.*\\S)\\s*$");

  private VolumeOutputs() {}

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
