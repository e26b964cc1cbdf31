package dev.loganalyze.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A file, or a member of an archive, of which the beginning has been read.
 *
 * @param stored all of it, or the first bytes of an archive and of a log that is too long to be
 *     held
 * @param head how it begins, decompressed
 * @param stream all bytes of such a one as they are stored; null where {@code stored} has them
 * @param most the most of it that is held, in bytes
 * @param origin where it comes from
 */
record Begun(Stored stored, byte[] head, InputStream stream, int most, Origin origin) {

  /** Where it comes from. */
  interface Origin {
    /** One sentence that only its first {@code bytes} could be read, for {@code fault}. */
    String partly(long bytes, Exception fault);

    /** That it must be held, and has more than {@code most} bytes. */
    InputException tooLarge(int most);

    /** What was compressed, perhaps with a limit. */
    default InputStream decompressed(InputStream in) {
      return in;
    }
  }

  /**
   * Begins with what {@code in} has.
   *
   * @param name what is printed for it
   * @param first what has been read of it
   * @throws InputException when nothing can be read, or when it must be held and is larger than
   *     {@code most}
   */
  static Begun of(
      String name, Content first, InputStream in, Excerpter excerpter, int most, Origin origin)
      throws InputException {
    Content begin = first.more(in, Content.HEAD);
    if (tellsThatItIsLong(begin, in, excerpter)) {
      return streamed(name, begin, "", begin.bytes(), in, most, origin);
    }
    begin = begin.more(in, Math.min(excerpter.least(), most + 1));
    Stored stored = new Stored(name, begin.bytes(), "");
    byte[] head = stored.head();
    if (Magic.archive(head) != null) {
      String damage =
          begin.fault() == null ? "" : origin.partly(begin.bytes().length, begin.fault());
      return streamed(name, begin, damage, head, in, most, origin);
    }
    // To ask what the log is takes as long as to read its first lines.
    boolean mayBeLong =
        begin.bytes().length >= excerpter.least()
            || stored.unpacksTo(excerpter.least())
            || stored.hasLines(excerpter.lines());
    int from = mayBeLong ? excerpter.from(head) : Integer.MAX_VALUE;
    if (from > begin.bytes().length && from < most) {
      begin = begin.more(in, from);
      stored = new Stored(name, begin.bytes(), "");
    }
    boolean more =
        begin.fault() == null && begin.bytes().length >= Math.min(from, excerpter.least());
    boolean isLong =
        from < Integer.MAX_VALUE
            && ((more && begin.bytes().length >= from)
                || stored.unpacksTo(from)
                || stored.hasLines(excerpter.lines()));
    if (isLong) {
      return streamed(name, begin, "", head, in, most, origin);
    }
    Content all = more ? begin.more(in, most + 1) : begin;
    return new Begun(whole(name, all, most, origin), head, null, most, origin);
  }

  /** Whether a file, by its size, is a long log or archive, so that no more must be read of it. */
  private static boolean tellsThatItIsLong(Content begin, InputStream in, Excerpter excerpter) {
    byte[] head = begin.bytes();
    long size = head.length + Content.known(in);
    return begin.fault() == null
        && size >= excerpter.least()
        && Magic.isPlain(head)
        && (Magic.archive(head) != null || size >= excerpter.from(head));
  }

  private static Begun streamed(
      String name,
      Content begin,
      String damage,
      byte[] head,
      InputStream in,
      int most,
      Origin origin) {
    // The stream alone holds what was read, until it has given it away.
    byte[] magic = Arrays.copyOf(begin.bytes(), Content.HEAD);
    return new Begun(new Stored(name, magic, damage), head, begin.before(in), most, origin);
  }

  private static Stored whole(String name, Content content, int most, Origin origin)
      throws InputException {
    if (content.fault() == null) {
      return new Stored(name, bounded(content, most, origin).bytes(), "");
    }
    if (content.bytes().length == 0) {
      throw unreadable(name, content.fault());
    }
    return new Stored(
        name, content.bytes(), origin.partly(content.bytes().length, content.fault()));
  }

  private static Content bounded(Content content, int most, Origin origin) throws InputException {
    if (content.bytes().length > most) {
      throw origin.tooLarge(most);
    }
    return content;
  }

  static InputException unreadable(String name, Exception e) {
    return new InputException(name + ": could not be read: " + Names.reason(e));
  }

  /** Whether it is an archive. */
  boolean isArchive() {
    return Magic.archive(head) != null;
  }

  /**
   * The log that it is.
   *
   * @param path see {@link Source#path()}
   * @param file where it lies; null where that is no regular file
   * @param in where the stream goes on
   * @throws InputException when nothing can be decompressed, it must be held and is too large, or
   *     there is no room for a file of its bytes
   * @throws IOException when it cannot be read
   */
  Source log(String path, Path file, Hashed in, Excerpter excerpter)
      throws InputException, IOException {
    if (stream == null) {
      return stored.log(path, bounded(held(), most, origin), in.hex());
    }
    return excerpter.isByPlace(head)
        ? byPlace(path, file, in, excerpter)
        : excerpt(path, in, excerpter);
  }

  /** All that is stored, decompressed. */
  private Content held() {
    byte[] bytes = stored.bytes();
    if (stored.isPlain()) {
      return new Content(bytes, null);
    }
    try {
      return Content.read(decompressed(new ByteArrayInputStream(bytes)), most + 1);
    } catch (IOException | RuntimeException e) {
      // Decoders throw any RuntimeException on data that no encoder makes.
      return new Content(new byte[0], e);
    }
  }

  private InputStream decompressed(InputStream in) throws IOException {
    return stored.isPlain() ? in : origin.decompressed(Stored.decompressed(in));
  }

  /** A log too long to be held. */
  private Source excerpt(String path, Hashed in, Excerpter excerpter)
      throws InputException, IOException {
    Excerpter.Excerpted taken = excerpter.read(head, decompressed(stream));
    String damage = damage(taken.fault(), taken.bytes());
    return notHeld(path, in, taken.text(), damage, taken.excerpt());
  }

  /** A log that stays a file: its own, or one of its bytes where these are compressed or piped. */
  private Source byPlace(String path, Path file, Hashed in, Excerpter excerpter)
      throws InputException, IOException {
    if (file != null && stored.isPlain()) {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      if (in.isHashing()) {
        Content.pass(in);
      }
      long bytes = Math.max(in.bytes(), channel.size());
      Source.Excerpt excerpt = excerpter.open(channel);
      return new Source(path, stored.compression(), bytes, in.hex(), head, "", excerpt);
    }
    Spool spool = Spool.of(stored.name(), decompressed(stream));
    try {
      String damage = damage(spool.fault(), spool.bytes());
      return notHeld(path, in, head, damage, excerpter.open(spool.file()));
    } catch (InputException e) {
      spool.file().close();
      throw e;
    }
  }

  private String damage(Exception fault, long read) throws InputException {
    if (fault == null) {
      return "";
    }
    return stored.compression() == Source.Compression.NONE
        ? origin.partly(read, fault)
        : stored.damage(fault, read);
  }

  private Source notHeld(
      String path, Hashed in, byte[] content, String damage, Source.Excerpt excerpt) {
    // What stands behind compressed data is of the file, and of its hash.
    Content.pass(in);
    return new Source(path, stored.compression(), in.bytes(), in.hex(), content, damage, excerpt);
  }
}
