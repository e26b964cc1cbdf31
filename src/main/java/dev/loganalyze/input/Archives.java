package dev.loganalyze.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Reads the logs in an archive, and in the archives in it. Members are names and bytes; nothing is
 * written to disk and no link is followed.
 *
 * <p>All is bounded for the outermost archive: the bytes that come out of its members, how many
 * members there are, how deep archives lie in each other, how long names are.
 */
final class Archives {
  private static final int DEPTH = 4;
  private static final int ENTRIES = 100_000;
  private static final int NAME = 4096;

  /** Of the type of a file in a Unix mode (stat.h); a regular file has {@code REGULAR}. */
  private static final int TYPE = 0xf000;

  private static final int REGULAR = 0x8000;

  private static final String ENCRYPTED = "it is encrypted; unpack it with its password first";

  private static final String UNKNOWN =
      "it is encrypted, or packed in a way that is not known; pack it anew";

  private static final String DAMAGED = "cut off or damaged";

  private final Stored outermost;
  private final int limit;
  private final List<Source> logs = new ArrayList<>();
  private final List<InputException> failures = new ArrayList<>();
  private final Map<Skip, Skipped> skipped = new LinkedHashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private String ends = DAMAGED;
  private int unpacked;
  private int damages;
  private int entries;

  private Archives(Stored outermost, int limit) {
    this.outermost = outermost;
    this.limit = limit;
  }

  /** Members are left out of one archive for one reason. */
  private record Skip(String archive, String why) {}

  private record Skipped(String first, int count) {}

  /** A limit was reached; the message is the sentence. */
  private static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1L;

    TooMuch(String sentence) {
      super(sentence);
    }
  }

  /** Reads the logs in {@code archive}, which {@link Magic} takes for one, compressed or not. */
  static Contents read(Stored archive) {
    return read(archive, limit(archive.bytes().length));
  }

  /**
   * So many bytes may come out of an archive of {@code stored} bytes. Logs are rarely a hundred
   * times smaller when compressed; data that expands a thousandfold was made to.
   */
  static int limit(int stored) {
    return (int) Math.min(Content.MOST, Math.max(64L << 20, 1000L * stored));
  }

  /** As {@link #read(Stored)}, with a limit of the caller's. */
  static Contents read(Stored archive, int limit) {
    Archives archives = new Archives(archive, limit);
    try {
      archives.outermost();
    } catch (TooMuch e) {
      archives.failures.add(new InputException(e.getMessage()));
    }
    archives.skipped.forEach(archives::tell);
    archives.logs.sort(Comparator.comparing(Source::path));
    return new Contents(
        archive.name(), true, List.copyOf(archives.logs), List.copyOf(archives.failures));
  }

  private void outermost() throws TooMuch {
    boolean compressed = outermost.compression() != Source.Compression.NONE;
    Content content =
        compressed ? outermost.decompressed(limit) : new Content(outermost.bytes(), null);
    boolean cut = content.fault() != null || !outermost.damage().isEmpty();
    if (compressed && !cut && content.bytes().length == limit) {
      ends = "longer than the " + (limit >> 20) + " MiB that are read of it";
    }
    int before = damages;
    archive(outermost.name(), content.bytes(), 1);
    if (damages == before && cut) {
      damaged(outermost.name(), "its data is " + DAMAGED + "; what could be read was analysed");
    }
  }

  private void archive(String name, byte[] bytes, int depth) throws TooMuch {
    switch (Magic.archive(bytes)) {
      case TAR -> stream(name, new Tar(bytes), depth);
      case CPIO ->
          stream(
              name,
              entries(
                  new CpioArchiveInputStream(
                      new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.name()),
                  CpioArchiveEntry::isRegularFile),
              depth);
      case ZIP -> zip(name, bytes, depth);
      case SEVEN_Z -> sevenZ(name, bytes, depth);
    }
  }

  // ---- formats ----------------------------------------------------------------------------------

  /** The members of an archive without an index, one after the other. */
  interface Entries {
    /**
     * The next member; null at the end of the archive.
     *
     * @throws IOException when there is no next one and no end, as in an archive that is cut off
     */
    Entry next() throws IOException;
  }

  /**
   * A member of an archive without an index.
   *
   * @param regular whether it is a file, and no folder, link, device or pipe
   * @param readable whether it is neither encrypted nor packed in a way that is not known
   * @param packed whether its data must be unpacked even to skip it
   * @param data its bytes, to be read before the next member is asked for
   */
  record Entry(String name, boolean regular, boolean readable, boolean packed, InputStream data) {}

  private static <E extends ArchiveEntry> Entries entries(
      ArchiveInputStream<E> in, Predicate<E> regular) {
    return () -> {
      E entry = in.getNextEntry();
      return entry == null
          ? null
          : new Entry(
              entry.getName(),
              regular.test(entry),
              in.canReadEntryData(entry),
              in instanceof ZipArchiveInputStream,
              in);
    };
  }

  /** Reads an archive without an index; what follows a fault is lost. */
  private void stream(String archive, Entries members, int depth) throws TooMuch {
    String last = "";
    int before = damages;
    try {
      for (Entry entry = members.next(); entry != null; entry = members.next()) {
        count(archive);
        if (entry.regular() && isCandidate(archive, entry.name())) {
          last = printed(archive, entry.name());
          if (!entry.readable()) {
            skip(archive, last, UNKNOWN);
          } else if (member(archive, last, entry.name(), depth, entry.data()) != null) {
            if (damages == before) {
              damaged(archive, "it is " + ends(last));
            }
            return;
          }
        }
        if (entry.packed()) {
          // Otherwise the reader would do it, without a bound.
          drain(archive, brief(entry.name()), entry.data());
        }
        before = damages;
      }
    } catch (IOException | RuntimeException e) {
      // The readers throw any RuntimeException on rubbish.
      if (damages == before) {
        damaged(archive, "it is " + ends(last));
      }
    }
  }

  private String ends(String last) {
    return ends + (last.isEmpty() ? "" : ", at or after " + last) + "; what follows was not read";
  }

  private void zip(String archive, byte[] bytes, int depth) throws TooMuch {
    entriesOfZip(archive, bytes);
    try (ZipFile zip = indexed(bytes)) {
      if (zip == null) {
        zipWithoutIndex(archive, bytes, depth);
        return;
      }
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        count(archive);
        int type = entry.getUnixMode() & TYPE;
        boolean regular = !entry.isDirectory() && (type == 0 || type == REGULAR);
        if (regular && isCandidate(archive, entry.getName())) {
          zipped(archive, printed(archive, entry.getName()), entry, zip, depth);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be closed", e);
    }
  }

  /** Null when its index cannot be read. */
  private static ZipFile indexed(byte[] bytes) {
    try {
      return ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes)).get();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** Without the index at the end, each member still begins with a header. */
  private void zipWithoutIndex(String archive, byte[] bytes, int depth) throws TooMuch {
    int before = damages;
    stream(
        archive,
        entries(
            new ZipArchiveInputStream(new ByteArrayInputStream(bytes)),
            entry -> !entry.isDirectory()),
        depth);
    if (damages == before) {
      damaged(archive, "its index, which is at its end, is missing or damaged; copy it again");
    }
  }

  private void zipped(String archive, String name, ZipArchiveEntry entry, ZipFile zip, int depth)
      throws TooMuch {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      skip(archive, name, ENCRYPTED);
      return;
    }
    if (!zip.canReadEntryData(entry)) {
      skip(archive, name, UNKNOWN);
      return;
    }
    int before = damages;
    try (InputStream in = checked(zip.getInputStream(entry), entry.getCrc())) {
      Exception fault = member(archive, name, entry.getName(), depth, in);
      if (fault != null && damages == before) {
        spoilt(archive, name);
      }
    } catch (IOException | RuntimeException e) {
      spoilt(archive, name);
    }
  }

  /** {@code in}, with a fault at its end when it has not the checksum {@code crc}. */
  private static InputStream checked(InputStream in, long crc) {
    return new CheckedInputStream(in, new CRC32()) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int n = super.read(into, offset, length);
        if (n < 0 && crc >= 0 && getChecksum().getValue() != crc) {
          throw new IOException("wrong checksum");
        }
        return n;
      }
    };
  }

  /** The reader takes memory for each entry of the index before it hands out the first. */
  private void entriesOfZip(String archive, byte[] bytes) throws TooMuch {
    int before = entries;
    for (int i = 0; i + 3 < bytes.length; i++) {
      if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
        count(archive);
      }
    }
    entries = before;
  }

  private void sevenZ(String archive, byte[] bytes, int depth) throws TooMuch {
    String last = "";
    try (SevenZFile file =
        SevenZFile.builder()
            .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
            .setMaxMemoryLimitKiB(Stored.DECODER_KIB)
            .get()) {
      for (SevenZArchiveEntry entry = file.getNextEntry();
          entry != null;
          entry = file.getNextEntry()) {
        count(archive);
        if (entry.isDirectory() || entry.isAntiItem()) {
          continue;
        }
        InputStream in = stream(file);
        String raw = entry.getName() == null ? "unnamed" : entry.getName();
        last = brief(raw);
        if (isRegular(entry) && isCandidate(archive, raw)) {
          String name = printed(archive, raw);
          int before = damages;
          Exception fault = member(archive, name, raw, depth, in);
          if (fault != null && damages == before) {
            if (fault instanceof PasswordRequiredException) {
              skip(archive, name, ENCRYPTED);
            } else {
              spoilt(archive, name);
            }
          }
        }
        // Otherwise the reader would do it, without a bound.
        drain(archive, last, in);
      }
    } catch (PasswordRequiredException e) {
      fail(archive, ENCRYPTED);
    } catch (IOException | RuntimeException e) {
      damaged(
          archive,
          last.isEmpty()
              ? "it is cut off or damaged: its index, which is at its end, could not be read; copy"
                  + " it again"
              : "it is " + ends(last));
    }
  }

  /** The upper half of the attributes is the Unix mode when bit 15 of the lower half is set. */
  private static boolean isRegular(SevenZArchiveEntry entry) {
    int attributes = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() : 0;
    int type = (attributes >>> 16) & TYPE;
    return (attributes & 0x8000) == 0 || type == 0 || type == REGULAR;
  }

  private static InputStream stream(SevenZFile file) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return file.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return file.read(into, offset, length);
      }
    };
  }

  private void drain(String archive, String name, InputStream in) throws TooMuch {
    byte[] piece = new byte[1 << 13];
    try {
      for (int n = in.read(piece); n > 0; n = in.read(piece)) {
        unpacked(n, archive + "!/" + name);
      }
    } catch (IOException | RuntimeException e) {
      // Reading the member, or getting the next, tells it.
    }
  }

  // ---- members ----------------------------------------------------------------------------------

  /**
   * Reads a member if it is a log or an archive.
   *
   * @param name what is printed for it
   * @param raw its name in the archive
   * @return what ended its data before the end; null when nothing did
   */
  private Exception member(String archive, String name, String raw, int depth, InputStream in)
      throws TooMuch {
    int most = left();
    Content head = Content.read(in, Math.min(Content.HEAD, most));
    unpacked(head.bytes().length, name);
    boolean plain = Magic.compression(head.bytes()) == Source.Compression.NONE;
    boolean nothing = head.fault() != null && head.bytes().length == 0;
    if (nothing || (plain && !Candidates.byHead(raw, head.bytes()))) {
      return head.fault();
    }
    Content whole = head.more(in, most);
    unpacked(whole.bytes().length - head.bytes().length, name);
    Stored stored =
        new Stored(name, whole.bytes(), whole.fault() == null ? "" : first(name, whole));
    if (!plain && !Candidates.byHead(raw, stored.head())) {
      return whole.fault();
    }
    Content content = whole;
    if (!plain) {
      content = stored.decompressed(left());
      unpacked(content.bytes().length, name);
    }
    if (Magic.archive(content.bytes()) == null) {
      log(stored, plain ? new Content(content.bytes(), null) : content);
    } else if (depth == DEPTH) {
      skip(archive, name, "archives are read " + DEPTH + " deep, and it lies deeper");
    } else {
      archive(name, content.bytes(), depth + 1);
    }
    return whole.fault();
  }

  private String first(String name, Content content) {
    return name
        + ": its archive is "
        + ends
        + "; only the first "
        + content.bytes().length
        + " bytes of the log were analysed";
  }

  private void log(Stored stored, Content content) {
    try {
      Source log = stored.log(stored.name(), content, Hashed.hex(stored.bytes()));
      logs.add(log);
      damages += log.damage().isEmpty() ? 0 : 1;
    } catch (InputException e) {
      damages++;
      failures.add(e);
    }
  }

  private boolean isCandidate(String archive, String raw) {
    if (raw.length() > NAME) {
      skip(archive, archive + "!/" + brief(raw), "its name is longer than " + NAME + " characters");
      return false;
    }
    return Candidates.byName(raw);
  }

  private static String brief(String raw) {
    return raw.length() > NAME ? Names.shown(raw.substring(0, 40)) + "…" : Names.shown(raw);
  }

  /** The second of one name is {@code …#2}. */
  private String printed(String archive, String raw) {
    String name = archive + "!/" + Names.shown(raw.startsWith("./") ? raw.substring(2) : raw);
    int number = names.merge(name, 1, Integer::sum);
    // A member may be called like a second of another name.
    while (number > 1 && names.putIfAbsent(name + "#" + number, 1) != null) {
      number = names.merge(name, 1, Integer::sum);
    }
    return number == 1 ? name : name + "#" + number;
  }

  // ---- limits and sentences ---------------------------------------------------------------------

  private void count(String archive) throws TooMuch {
    entries++;
    if (entries > ENTRIES) {
      throw new TooMuch(
          archive
              + ": more than "
              + ENTRIES
              + " members, the most that are read; unpack it and name the logs");
    }
  }

  /** So many that one too many is noticed. */
  private int left() {
    return limit - unpacked + 1;
  }

  private void unpacked(int bytes, String name) throws TooMuch {
    unpacked += bytes;
    if (unpacked > limit) {
      throw new TooMuch(
          name
              + ": with it more than "
              + (limit >> 20)
              + " MiB come out of the "
              + outermost.bytes().length
              + " bytes of "
              + outermost.name()
              + ", the most that is read; unpack it and name the logs");
    }
  }

  private void fail(String name, String sentence) {
    failures.add(new InputException(name + ": " + sentence));
  }

  private void damaged(String name, String sentence) {
    damages++;
    fail(name, sentence);
  }

  /** All that are left out of an archive for one reason are one sentence. */
  private void skip(String archive, String name, String why) {
    skipped.merge(
        new Skip(archive, why),
        new Skipped(name, 1),
        (old, one) -> new Skipped(old.first(), old.count() + 1));
  }

  private void spoilt(String archive, String name) {
    damages++;
    skip(archive, name, "its data is damaged; copy the archive again");
  }

  private void tell(Skip skip, Skipped members) {
    int others = members.count() - 1;
    String more = others == 0 ? "" : " (and " + others + " more in " + skip.archive() + ")";
    fail(members.first(), skip.why() + more);
  }
}
