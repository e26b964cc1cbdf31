package dev.loganalyze.input;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Which files of a folder, and which members of an archive, are read as logs. */
public final class Candidates {
  /** Names that are beside logs and are none themselves. */
  private static final List<String> NOT_LOGS =
      List.of(".yaml", ".yml", ".md", ".tsv", ".html", ".sarif", ".svg");

  private static final List<String> JSON = List.of(".json", ".jsonl");

  private Candidates() {}

  /**
   * Whether something of this name may be a log: it is not hidden, nor is a folder that it is in.
   *
   * @param path relative to what the user named, with slashes
   */
  public static boolean byName(String path) {
    for (String part : path.split("/")) {
      if (part.startsWith(".") && !part.equals(".") && !part.equals("..")) {
        return false;
      }
    }
    return NOT_LOGS.stream().noneMatch(path::endsWith);
  }

  /** Whether {@code log} begins as a log does. */
  public static boolean byHead(Source log) {
    byte[] content = log.content();
    return byHead(log.path(), Arrays.copyOf(content, Math.min(Content.HEAD, content.length)));
  }

  /**
   * Whether what begins like this is a log: text, a journal, or an archive that may hold some.
   *
   * @param head the first {@link Content#HEAD} bytes, decompressed
   */
  static boolean byHead(String path, byte[] head) {
    if (Magic.journal(head) || Magic.archive(head) != null) {
      return true;
    }
    if (JSON.stream().anyMatch(path::endsWith) && !isJournalEntry(head)) {
      return false;
    }
    int strange = 0;
    for (byte b : head) {
      boolean control = (b >= 0 && b < 0x20) || b == 0x7f;
      strange += control && "\r\n\t\b\u001b\u0007\u000e\u000f".indexOf(b) < 0 ? 1 : 0;
    }
    // Line noise at power-on is part of a console log; a binary has far more of it.
    return strange * 10 <= head.length;
  }

  /** As {@code journalctl -o json}, {@code json-pretty}, {@code json-seq} and {@code json-sse}. */
  private static boolean isJournalEntry(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
    return (text.startsWith("{") || text.startsWith("\u001e{") || text.startsWith("data: {"))
        && (text.contains("\"__REALTIME_TIMESTAMP\"") || text.contains("\"MESSAGE\""));
  }
}
