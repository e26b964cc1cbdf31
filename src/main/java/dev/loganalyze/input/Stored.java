package dev.loganalyze.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/**
 * Bytes as they lie in a file or in an archive, compressed or not.
 *
 * @param name what is printed for them
 * @param damage one sentence when these are only the first of them; else empty
 */
record Stored(String name, byte[] bytes, String damage) {
  /** What a decoder may take for its dictionary; {@code xz -9} takes just over 64 MiB. */
  static final int DECODER_KIB =
      (int) Math.min(1 << 17, (Runtime.getRuntime().maxMemory() / 2) >> 10);

  Source.Compression compression() {
    return Magic.compression(bytes);
  }

  /** Whether the log is the bytes themselves. */
  boolean isPlain() {
    return Magic.isPlain(bytes);
  }

  /** The first bytes, decompressed; fewer than {@link Content#HEAD} when there are no more. */
  byte[] head() {
    return decompressed(Content.HEAD).bytes();
  }

  /** Whether they are so many bytes or more when they are decompressed. */
  boolean unpacksTo(int least) {
    if (isPlain()) {
      return bytes.length >= least;
    }
    try (InputStream in = decompressed(new ByteArrayInputStream(bytes))) {
      in.skipNBytes(least);
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Whether they have so many lines or more, before they are decompressed. */
  boolean hasLines(int least) {
    if (bytes.length < least) {
      return false;
    }
    int lines = 0;
    for (byte b : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines >= least;
  }

  /** Up to {@code most} bytes, decompressed. */
  Content decompressed(int most) {
    if (isPlain() && bytes.length <= most) {
      return new Content(bytes, null);
    }
    try (InputStream in = decompressed(new ByteArrayInputStream(bytes))) {
      return Content.read(in, most);
    } catch (IOException | RuntimeException e) {
      return new Content(new byte[0], e);
    }
  }

  /**
   * Of gzip, xz, bzip2 and zstd what was compressed, of anything else the bytes themselves; of text
   * in UTF-16 the same in UTF-8.
   */
  static InputStream decompressed(InputStream stored) throws IOException {
    InputStream in = stored.markSupported() ? stored : new BufferedInputStream(stored);
    in.mark(8);
    byte[] magic = in.readNBytes(8);
    in.reset();
    InputStream unpacked =
        switch (Magic.compression(magic)) {
          case NONE -> in;
          // Not commons-compress's, which keeps back what it has read before a fault.
          case GZIP -> new GZIPInputStream(in, 1 << 13);
          case XZ ->
              XZCompressorInputStream.builder()
                  .setInputStream(in)
                  .setDecompressConcatenated(true)
                  .setMemoryLimitKiB(DECODER_KIB)
                  .get();
          case BZIP2 -> new BZip2CompressorInputStream(in, true);
          case ZSTD -> new ZstdCompressorInputStream(in);
        };
    return text(unpacked);
  }

  /** In UTF-8; not by a buffer, which would keep back what was read before a fault. */
  private static InputStream text(InputStream unpacked) throws IOException {
    byte[] first = unpacked.readNBytes(2);
    InputStream all = new SequenceInputStream(new ByteArrayInputStream(first), unpacked);
    return Magic.isUtf16(first) ? new Utf16(all) : all;
  }

  /**
   * The log that these bytes are.
   *
   * @param path see {@link Source#path()}
   * @param content the bytes, decompressed
   * @param sha256 see {@link Source#sha256()}
   * @throws InputException when nothing could be decompressed
   */
  Source log(String path, Content content, String sha256) throws InputException {
    return new Source(
        path,
        compression(),
        bytes.length,
        sha256,
        content.bytes(),
        content.fault() == null ? damage : damage(content.fault(), content.bytes().length));
  }

  /**
   * What is said of a log of which {@code fault} let only {@code read} bytes be decompressed.
   *
   * @throws InputException when that is nothing
   */
  String damage(Exception fault, long read) throws InputException {
    String kind = compression().name().toLowerCase(Locale.ROOT);
    if (fault instanceof MemoryLimitException) {
      throw new InputException(
          name
              + ": its "
              + kind
              + " data needs more than "
              + (DECODER_KIB >> 10)
              + " MiB to be unpacked; unpack it first");
    }
    if (read == 0) {
      throw new InputException(
          name + ": nothing could be read of its " + kind + " data; copy it again");
    }
    return name
        + ": its "
        + kind
        + " data is cut off or damaged; only the first "
        + read
        + " bytes of the log were analysed";
  }
}
