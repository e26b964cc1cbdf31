package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** {@code -o export}: the Journal Export Format, byte for byte as journalctl prints it. */
final class ExportWriter implements JournalWriter {
  private final boolean seqnums;

  /**
   * @param seqnums whether {@code __SEQNUM} and {@code __SEQNUM_ID} are printed, as journalctl does
   *     from version 254 on
   */
  ExportWriter(boolean seqnums) {
    this.seqnums = seqnums;
  }

  @Override
  public void write(JournalEntry entry, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("__CURSOR=").append(entry.cursor());
    head.append("\n__REALTIME_TIMESTAMP=").append(entry.realtime());
    head.append("\n__MONOTONIC_TIMESTAMP=").append(entry.monotonic());
    if (seqnums) {
      head.append("\n__SEQNUM=").append(entry.seqnum());
      head.append("\n__SEQNUM_ID=").append(entry.seqnumId());
    }
    head.append("\n_BOOT_ID=").append(entry.bootId()).append('\n');
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    for (Field field : entry.fields()) {
      if (!field.name().equals("_BOOT_ID") && field.hasValidName()) {
        write(field, out);
      }
    }
    out.write('\n');
  }

  private static void write(Field field, OutputStream out) throws IOException {
    out.write(field.name().getBytes(StandardCharsets.ISO_8859_1));
    if (Printable.isLine(field)) {
      out.write('=');
    } else {
      byte[] size = new byte[Long.BYTES];
      LittleEndian.putU64(size, 0, field.length());
      out.write('\n');
      out.write(size);
    }
    out.write(field.buffer(), field.from(), field.length());
    out.write('\n');
  }
}
