package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.session.Exchange.Said;
import dev.loganalyze.session.Fact.Kind;
import dev.loganalyze.session.Reading.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is printed of processes, memory, users, programs, the kernel and small files. */
final class SystemOutputs {
  private static final Pattern MEMORY =
      Pattern.compile("^(Mem|Swap):\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)(?:\\s+\\S+\\s+\\S+\\s+(\\S+))?");

  /** {@code uid=0(root) gid=0(root) groups=0(root)}. */
  private static final Pattern ID = Pattern.compile("^uid=(\\d+)(?:\\(([^)]*)\\))?");

  private static final Pattern NUMBER = Pattern.compile("^\\d{1,10}$");
  private static final Pattern NAME = Pattern.compile("^[a-z_][\\w.-]*\\$?$");

  /** The last words of {@code uname -a} before the build: {@code Linux host 6.1.0-56-amd64 #1}. */
  private static final Pattern RELEASE = Pattern.compile("(?:^|\\s)(\\d+\\.\\d+\\.\\d+\\S*)");

  private static final Pattern ASSIGNMENT = Pattern.compile("^([A-Za-z_][A-Za-z0-9_]*)=(.*)$");

  /** What a probe answers that hides the program's path. */
  private static final Pattern YES = Pattern.compile("(?i)^(?:ok|yes|found|present|true|0)$");

  private static final Pattern NO =
      Pattern.compile("(?i)^(?:missing|no|not found|absent|false|none)$");

  private SystemOutputs() {}

  static void ps(Reading reading) {
    for (Row row : reading.table("pid")) {
      String command = row.cell("command", "cmd", "args", "comm", "ucmd");
      int tree = command.indexOf("\\_ ");
      reading.add(
          Kind.PROCESS,
          row.said(),
          "pid",
          row.cell("pid"),
          "ppid",
          row.cell("ppid"),
          "user",
          row.cell("user", "uid", "euser"),
          "state",
          row.cell("stat", "s", "state"),
          "command",
          tree < 0 ? command : command.substring(tree + 3).strip());
    }
  }

  static void free(Reading reading) {
    for (Said said : reading.answer()) {
      Matcher row = MEMORY.matcher(said.text());
      if (row.find()) {
        reading.add(
            Kind.MEMORY,
            said,
            "row",
            row.group(1).toLowerCase(Locale.ROOT),
            "total",
            row.group(2),
            "used",
            row.group(3),
            "free",
            row.group(4),
            "available",
            row.group(5));
      }
    }
  }

  static void id(Reading reading) {
    for (Said said : reading.answer()) {
      String text = said.text().strip();
      Matcher id = ID.matcher(text);
      boolean one = reading.alone() && reading.answer().size() == 1;
      if (id.find()) {
        reading.add(Kind.USER, said, "uid", id.group(1), "user", id.group(2));
      } else if (one && NUMBER.matcher(text).find()) {
        reading.add(Kind.USER, said, "uid", text, "user", text.equals("0") ? "root" : "");
      } else if (one && NAME.matcher(text).find()) {
        reading.add(Kind.USER, said, "uid", text.equals("root") ? "0" : "", "user", text);
      }
    }
  }

  static void uname(Reading reading) {
    for (Said said : reading.answer()) {
      Matcher release = RELEASE.matcher(said.text());
      if (release.find()) {
        reading.add(Kind.KERNEL, said, "release", release.group(1), "text", said.text().strip());
        return;
      }
    }
  }

  /** {@code command -v disko}, {@code which a b}, {@code type -P x}. */
  static void program(Reading reading) {
    Command command = reading.command();
    boolean builtin = command.program().equals("command");
    if (builtin && !command.hasLetter('v') && !command.hasLetter('V')) {
      return;
    }
    List<String> asked = new ArrayList<>(command.arguments());
    asked.removeIf(word -> word.startsWith("-"));
    for (String program : asked) {
      program(reading, program, asked.size() == 1);
    }
  }

  private static void program(Reading reading, String program, boolean one) {
    for (Said said : reading.answer()) {
      String text = said.text().strip();
      boolean path = text.startsWith("/") && text.endsWith("/" + program);
      if (path || text.equals(program) || (one && YES.matcher(text).find())) {
        found(reading, said, program, path ? text : "", true);
        return;
      }
      boolean refused =
          text.contains(": no " + program + " in (") || text.endsWith(program + ": not found");
      if (refused || (one && NO.matcher(text).find())) {
        found(reading, said, program, "", false);
        return;
      }
    }
    // Without a word after it, silence is the answer; with `&& echo x` it may be anything.
    if (one && reading.alone() && reading.answer().isEmpty() && !reading.command().silent()) {
      reading.addUnsaid(Kind.PROGRAM, "program", program, "path", "", "found", "no");
    }
  }

  private static void found(
      Reading reading, Said said, String program, String path, boolean found) {
    reading.add(
        Kind.PROGRAM, said, "program", program, "path", path, "found", found ? "yes" : "no");
  }

  static void cat(Reading reading) {
    List<String> files =
        reading.command().arguments().stream().filter(word -> !word.startsWith("-")).toList();
    for (String file : files) {
      if (file.equals("/proc/mdstat")) {
        VolumeOutputs.mdstat(reading);
      } else if (file.equals("/proc/cmdline")) {
        commandLine(reading);
      } else if (files.size() == 1) {
        statusFile(reading, file);
      }
    }
  }

  private static void commandLine(Reading reading) {
    for (Said said : reading.answer()) {
      boolean is = said.text().indexOf('=') > 0;
      if (is
          && (reading.alone()
              || said.text().contains("root=")
              || said.text().contains("console="))) {
        reading.add(Kind.COMMAND_LINE, said, "commandline", said.text().strip());
        return;
      }
    }
  }

  private static void statusFile(Reading reading, String file) {
    List<String> fields = new ArrayList<>(List.of("file", file));
    Said first = null;
    for (Said said : reading.answer()) {
      Matcher line = ASSIGNMENT.matcher(said.text().strip());
      if (line.find()) {
        String key = line.group(1).toLowerCase(Locale.ROOT);
        first = first == null || key.equals("state") ? said : first;
        if (!key.equals("file")) {
          fields.add(key.replace('_', '-'));
          fields.add(line.group(2).strip());
        }
      }
    }
    boolean named = file.substring(file.lastIndexOf('/') + 1).contains("status");
    if (first != null && (named || fields.contains("state"))) {
      reading.add(Kind.STATUS_FILE, first, fields.toArray(String[]::new));
    }
  }
}
