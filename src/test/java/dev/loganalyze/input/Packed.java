package dev.loganalyze.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Makes archives and compressed data for tests. */
public final class Packed {
  private Packed() {}

  /** Members of an archive to be made, in their order. */
  public static Map<String, byte[]> members(Object... namesAndBytes) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      Object bytes = namesAndBytes[i + 1];
      members.put(
          (String) namesAndBytes[i],
          bytes instanceof byte[] b ? b : ((String) bytes).getBytes(StandardCharsets.UTF_8));
    }
    return members;
  }

  static byte[] compressed(Source.Compression how, byte[] bytes) {
    return written(
        out -> {
          try (OutputStream packed =
              switch (how) {
                case NONE -> out;
                case GZIP -> new GzipCompressorOutputStream(out);
                case XZ -> new XZCompressorOutputStream(out);
                case BZIP2 -> new BZip2CompressorOutputStream(out);
                case ZSTD -> new ZstdCompressorOutputStream(out);
              }) {
            packed.write(bytes);
          }
        });
  }

  public static byte[] zstd(byte[] bytes) {
    return compressed(Source.Compression.ZSTD, bytes);
  }

  static byte[] archive(Magic.Archive kind, Map<String, byte[]> members) {
    return switch (kind) {
      case TAR -> tar(members);
      case ZIP -> zip(members);
      case SEVEN_Z -> sevenZ(members);
      case CPIO -> cpio(members);
    };
  }

  public static byte[] tar(Map<String, byte[]> members) {
    return written(
        out -> {
          try (TarArchiveOutputStream tar =
              new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
              TarArchiveEntry entry = new TarArchiveEntry(member.getKey(), true);
              entry.setSize(member.getValue().length);
              tar.putArchiveEntry(entry);
              tar.write(member.getValue());
              tar.closeArchiveEntry();
            }
          }
        });
  }

  public static byte[] zip(Map<String, byte[]> members) {
    return written(
        out -> {
          try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
              zip.putArchiveEntry(new ZipArchiveEntry(member.getKey()));
              zip.write(member.getValue());
              zip.closeArchiveEntry();
            }
          }
        });
  }

  static byte[] cpio(Map<String, byte[]> members) {
    return written(
        out -> {
          try (CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
              cpio.putArchiveEntry(new CpioArchiveEntry(member.getKey(), member.getValue().length));
              cpio.write(member.getValue());
              cpio.closeArchiveEntry();
            }
          }
        });
  }

  static byte[] sevenZ(Map<String, byte[]> members) {
    return sevenZ(members, null);
  }

  static byte[] sevenZ(Map<String, byte[]> members, String password) {
    try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
      try (SevenZOutputFile file =
          new SevenZOutputFile(channel, password == null ? null : password.toCharArray())) {
        for (Map.Entry<String, byte[]> member : members.entrySet()) {
          SevenZArchiveEntry entry = new SevenZArchiveEntry();
          entry.setName(member.getKey());
          file.putArchiveEntry(entry);
          file.write(member.getValue());
          file.closeArchiveEntry();
        }
      }
      return java.util.Arrays.copyOf(channel.array(), (int) channel.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  static byte[] written(Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
