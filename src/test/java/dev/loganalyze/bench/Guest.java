package dev.loganalyze.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The journal of a real boot, from the folder of a guest. */
final class Guest {
  private Guest() {}

  /** Reads the journal export format; systemd's docs/JOURNAL_EXPORT_FORMATS.md. */
  static List<Message> journal(Path folder) throws IOException {
    ByteBuffer export;
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("journal.export.txt.gz")))) {
      export = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
    List<Message> journal = new ArrayList<>();
    Map<String, String> fields = new LinkedHashMap<>();
    while (export.hasRemaining()) {
      String line = line(export);
      int equals = line.indexOf('=');
      if (line.isEmpty()) {
        journal.add(message(fields));
        fields.clear();
      } else if (equals > 0) {
        fields.put(line.substring(0, equals), line.substring(equals + 1));
      } else {
        byte[] value = new byte[(int) export.getLong()];
        export.get(value).get();
        fields.put(line, new String(value, UTF_8));
      }
    }
    return journal;
  }

  private static String line(ByteBuffer export) {
    int from = export.position();
    while (export.get() != '\n') {}
    byte[] line = new byte[export.position() - 1 - from];
    export.get(from, line);
    return new String(line, UTF_8);
  }

  private static Message message(Map<String, String> fields) {
    long realtime = Long.parseLong(fields.remove("__REALTIME_TIMESTAMP"));
    long monotonic = Long.parseLong(fields.remove("__MONOTONIC_TIMESTAMP"));
    String text = fields.remove("MESSAGE");
    fields.remove("__CURSOR");
    fields.remove("_BOOT_ID");
    // Times of the source would be those of the real boot.
    fields.remove("_SOURCE_REALTIME_TIMESTAMP");
    List<String> rest = new ArrayList<>();
    fields.forEach((name, value) -> rest.add(name + "=" + value));
    String ident =
        fields.getOrDefault("SYSLOG_IDENTIFIER", fields.getOrDefault("_COMM", "unknown"));
    int pid = Integer.parseInt(fields.getOrDefault("_PID", fields.getOrDefault("SYSLOG_PID", "0")));
    return new Message(realtime, monotonic, ident, pid, text, rest);
  }
}
