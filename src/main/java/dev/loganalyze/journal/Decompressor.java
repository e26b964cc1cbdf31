package dev.loganalyze.journal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.XZInputStream;

/**
 * Decompresses the payloads of DATA objects, within a budget for all of them together.
 *
 * <p>The three forms are those of systemd {@code src/basic/compress.c}: XZ is an {@code .xz}
 * stream; LZ4 is the size as 64-bit little-endian number and one block; ZSTD is a frame that tells
 * its size.
 */
final class Decompressor {
  /** DATA object flags (systemd {@code journal-def.h}). */
  static final int XZ = 1;

  static final int LZ4 = 2;
  static final int ZSTD = 4;

  /** journald packs with a dictionary of 1 MiB; xz -9 would take 64. */
  private static final int XZ_MEMORY_KIB = 17 << 10;

  /** What an attempt costs of the budget besides the bytes it gives: most of all its time. */
  private static final int ATTEMPT = 1 << 11;

  /** One byte of an LZ4 block stands for at most so many. */
  private static final int LZ4_RATIO = 255;

  private final ArrayCache xzBuffers = new BasicArrayCache();
  private long budget;

  /** Takes at most {@code budget} bytes out of all payloads together. */
  Decompressor(long budget) {
    this.budget = budget;
  }

  /** A payload that cannot be decompressed; the message is a phrase without a place. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String reason) {
      super(reason, null, false, false);
    }
  }

  /** The bytes packed in {@code [from, to)} of {@code in}. */
  byte[] decompress(int flag, byte[] in, int from, int to) throws Failure {
    claim(ATTEMPT);
    return switch (flag) {
      case XZ -> xz(in, from, to);
      case LZ4 -> lz4(in, from, to);
      case ZSTD -> zstd(in, from, to);
      default -> throw new Failure("a field is packed in an unknown way");
    };
  }

  private byte[] lz4(byte[] in, int from, int to) throws Failure {
    int block = from + Long.BYTES;
    long size = block > to ? -1 : LittleEndian.u64(in, from);
    if (size < 0 || size > (long) LZ4_RATIO * (to - block)) {
      throw new Failure("a field's LZ4 data is damaged");
    }
    byte[] out = new byte[claim(size)];
    if (!Lz4Block.decode(in, block, to, out)) {
      throw new Failure("a field's LZ4 data is damaged");
    }
    return out;
  }

  private byte[] zstd(byte[] in, int from, int to) throws Failure {
    try {
      long size = Zstd.getFrameContentSize(in, from, to - from, false);
      if (size < 0) {
        throw new Failure("a field's ZSTD data is damaged");
      }
      byte[] out = new byte[claim(size)];
      long got = Zstd.decompressByteArray(out, 0, out.length, in, from, to - from);
      if (Zstd.isError(got) || got != out.length) {
        throw new Failure("a field's ZSTD data is damaged");
      }
      return out;
    } catch (ZstdException e) {
      throw new Failure("a field's ZSTD data is damaged");
    } catch (LinkageError e) {
      throw new Failure("a field is packed with ZSTD, which this platform has no library for");
    }
  }

  private byte[] xz(byte[] in, int from, int to) throws Failure {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    try (InputStream xz =
        new XZInputStream(
            new ByteArrayInputStream(in, from, to - from), XZ_MEMORY_KIB, true, xzBuffers)) {
      for (int n = xz.read(chunk); n >= 0; n = xz.read(chunk)) {
        claim(n);
        if (out.size() + n > Field.MAX_BYTES) {
          throw new Failure("a field is larger than 64 MiB");
        }
        out.write(chunk, 0, n);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure("a field's XZ data is damaged");
    }
    return out.toByteArray();
  }

  private int claim(long bytes) throws Failure {
    if (bytes > Field.MAX_BYTES) {
      throw new Failure("a field is larger than 64 MiB");
    }
    if (bytes > budget) {
      throw new Failure("its packed fields are larger than a journal of this size can have");
    }
    budget -= bytes;
    return (int) bytes;
  }
}
