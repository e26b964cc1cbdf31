package dev.loganalyze.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Real journals, and what journalctl made of them. */
final class JournalLogs {
  static final Path LOGS = Path.of("../shared/logs");
  static final Path MADE = LOGS.resolve("journals/made");

  /** Journals of virtual machines, each with the outputs of journalctl 252 beside it. */
  static final List<Path> GUESTS =
      List.of(
          LOGS.resolve("07-debian-ok-initrd.guest"),
          LOGS.resolve("12-unit-start-timeout.guest"),
          LOGS.resolve("14-fstab-missing-uuid-emergency.guest"),
          LOGS.resolve("boots/deb12/guest"));

  /** A journal with every odd field there is. */
  static final Path ODD = MADE.resolve("made257-LZ4-compact1.journal.gz");

  private JournalLogs() {}

  static List<Path> made() {
    try (Stream<Path> files = Files.list(MADE)) {
      return files.filter(f -> f.toString().endsWith(".journal.gz")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path gzip) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path gzip) {
    return new String(bytes(gzip), StandardCharsets.UTF_8);
  }

  static List<JournalEntry> entries(JournalReader reader) {
    List<JournalEntry> entries = new ArrayList<>();
    for (JournalEntry e = reader.next(); e != null; e = reader.next()) {
      entries.add(e);
    }
    return entries;
  }

  static byte[] print(JournalReader reader, JournalFormat format) {
    JournalWriter writer = format.writer(ZoneId.of("UTC"), false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      for (JournalEntry e = reader.next(); e != null; e = reader.next()) {
        writer.write(e, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String printed(JournalReader reader, JournalFormat format) {
    return new String(print(reader, format), StandardCharsets.UTF_8);
  }
}
