package dev.loganalyze.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** From what the user named to the bytes of logs. */
public final class Inputs {
  /** Names in a folder that are beside logs and are none themselves. */
  private static final Set<String> NOT_LOGS =
      Set.of(".yaml", ".yml", ".md", ".json", ".jsonl", ".tsv", ".html", ".sarif", ".svg");

  /** So many bytes of a file in a folder decide whether it is text. */
  private static final int HEAD = 8192;

  private static final long MAX_CONTENT = 1L << 30;

  private Inputs() {}

  /**
   * A log that was found and not yet read.
   *
   * @param name what is printed for it
   * @param path where it lies; null for standard input
   * @param inFolder whether it was found in a folder or by a glob
   */
  public record Located(String name, Path path, boolean inFolder) {
    /** A log that the user named. */
    public Located(String name, Path path) {
      this(name, path, false);
    }
  }

  /**
   * What the arguments named.
   *
   * @param inputs in the order of the arguments, those of a folder or glob by name; each once
   * @param failures arguments that named nothing readable
   */
  public record Listing(List<Located> inputs, List<InputException> failures) {}

  /**
   * Finds the logs that {@code arguments} name: files as they are, folders with all below them that
   * look like text, globs (also quoted ones), and {@code -} for standard input.
   */
  public static Listing list(List<String> arguments) {
    Map<String, Located> inputs = new LinkedHashMap<>();
    List<InputException> failures = new ArrayList<>();
    for (String argument : arguments) {
      try {
        for (Located located : locate(argument)) {
          inputs.putIfAbsent(located.name(), located);
        }
      } catch (InputException e) {
        failures.add(e);
      } catch (IOException | UncheckedIOException e) {
        failures.add(new InputException(shown(argument) + ": could not be read: " + reason(e)));
      }
    }
    return new Listing(List.copyOf(inputs.values()), List.copyOf(failures));
  }

  private static List<Located> locate(String argument) throws InputException, IOException {
    if (argument.equals("-")) {
      return List.of(new Located("-", null));
    }
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      throw new InputException(shown(argument) + ": no file can have this name");
    }
    if (Files.isDirectory(path)) {
      List<Located> found = below(path, null);
      if (found.isEmpty()) {
        throw new InputException(shown(argument) + ": no log files in this folder");
      }
      return found;
    }
    if (Files.exists(path)) {
      return List.of(new Located(argument, path));
    }
    if (argument.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
      return glob(argument);
    }
    throw new InputException(shown(argument) + ": no such file");
  }

  /** The folder before the first wildcard is walked, and each file below it compared. */
  private static List<Located> glob(String pattern) throws InputException, IOException {
    int wild = 0;
    while ("*?[{".indexOf(pattern.charAt(wild)) < 0) {
      wild++;
    }
    int slash = pattern.lastIndexOf('/', wild);
    Path start = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
    if (!Files.isDirectory(start)) {
      throw new InputException(shown(pattern) + ": no such folder as " + shown(start.toString()));
    }
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          shown(pattern) + ": not a glob: " + e.getMessage().lines().findFirst().orElse(""));
    }
    List<Located> found = below(start, matcher);
    if (found.isEmpty()) {
      throw new InputException(shown(pattern) + ": matches no log file");
    }
    return found;
  }

  private static List<Located> below(Path folder, PathMatcher matcher) throws IOException {
    List<Located> found = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> files =
          paths
              .filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
              .map(p -> folder.toString().equals(".") ? p.normalize() : p)
              .filter(p -> matcher == null ? looksLikeLog(folder, p) : matcher.matches(p))
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      for (Path file : files) {
        found.add(new Located(file.toString(), file, true));
      }
    }
    return found;
  }

  private static boolean looksLikeLog(Path folder, Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    if (dot >= 0 && NOT_LOGS.contains(name.substring(dot))) {
      return false;
    }
    for (Path part :
        folder.relativize(
            file.isAbsolute() == folder.isAbsolute() ? file : file.toAbsolutePath())) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    try (InputStream in = decompressed(new BufferedInputStream(Files.newInputStream(file)))) {
      byte[] head = in.readNBytes(HEAD);
      int strange = 0;
      for (byte b : head) {
        boolean control = (b >= 0 && b < 0x20) || b == 0x7f;
        strange += control && "\r\n\t\b\u001b\u0007\u000e\u000f".indexOf(b) < 0 ? 1 : 0;
      }
      // Line noise at power-on is part of a console log; a binary has far more of it.
      return strange * 10 <= head.length;
    } catch (IOException e) {
      // Reading it will say what is wrong.
      return true;
    }
  }

  // ---- reading ----------------------------------------------------------------------------------

  /**
   * Reads a log whole.
   *
   * @throws InputException when nothing of it can be read, or it is larger than a quarter of the
   *     heap (at most 1 GiB)
   */
  public static Source open(Located located) throws InputException {
    String name = shown(located.name());
    byte[] stored;
    try (InputStream in =
        located.path() == null ? System.in : Files.newInputStream(located.path())) {
      stored = bounded(in, name).bytes();
    } catch (IOException e) {
      throw new InputException(name + ": could not be read: " + reason(e));
    }
    Source.Compression compression = compression(stored);
    byte[] content = stored;
    String damage = "";
    if (compression != Source.Compression.NONE) {
      Content read = decompress(stored, compression, name);
      content = read.bytes();
      damage = read.damage();
    }
    return new Source(located.name(), compression, stored.length, sha256(stored), content, damage);
  }

  private record Content(byte[] bytes, String damage) {}

  private static Content decompress(byte[] stored, Source.Compression compression, String name)
      throws InputException {
    String kind = compression.name().toLowerCase(java.util.Locale.ROOT);
    Content content;
    try (InputStream in = decompressed(new ByteArrayInputStream(stored))) {
      content = bounded(in, name);
    } catch (IOException e) {
      throw nothing(name, kind);
    }
    if (content.damage().isEmpty()) {
      return content;
    }
    if (content.bytes().length == 0) {
      throw nothing(name, kind);
    }
    return new Content(
        content.bytes(),
        name
            + ": its "
            + kind
            + " data is cut off or damaged; only the first "
            + content.bytes().length
            + " bytes of the log were analysed");
  }

  private static InputException nothing(String name, String kind) {
    return new InputException(
        name + ": nothing could be read of its " + kind + " data; copy it again");
  }

  /** Reads to the end; what came before a fault is kept, with the fault in {@code damage}. */
  private static Content bounded(InputStream in, String name) throws InputException {
    long limit = Math.min(MAX_CONTENT, Runtime.getRuntime().maxMemory() / 4);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[1 << 16];
    try {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        out.write(chunk, 0, n);
        if (out.size() > limit) {
          throw new InputException(
              name
                  + ": larger than "
                  + (limit >> 20)
                  + " MiB, the most that is read; cut it, or give Java more memory with"
                  + " LOGANALYZE_JAVA_OPTS=-Xmx4g");
        }
      }
      return new Content(out.toByteArray(), "");
    } catch (IOException e) {
      return new Content(out.toByteArray(), reason(e));
    }
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    in.mark(8);
    byte[] magic = in.readNBytes(8);
    in.reset();
    return switch (compression(magic)) {
      case NONE -> in;
      // Not commons-compress's, which keeps back what it has read before a fault.
      case GZIP -> new GZIPInputStream(in, 1 << 13);
      case XZ ->
          XZCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(1 << 16)
              .get();
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case ZSTD -> new ZstdCompressorInputStream(in);
    };
  }

  private static Source.Compression compression(byte[] bytes) {
    if (begins(bytes, 0x1f, 0x8b, 0x08)) {
      return Source.Compression.GZIP;
    }
    if (begins(bytes, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return Source.Compression.XZ;
    }
    if (begins(bytes, 'B', 'Z', 'h')
        && bytes.length > 4
        && (bytes[4] == 0x31 || bytes[4] == 0x17)) {
      return Source.Compression.BZIP2;
    }
    return begins(bytes, 0x28, 0xb5, 0x2f, 0xfd)
        ? Source.Compression.ZSTD
        : Source.Compression.NONE;
  }

  private static boolean begins(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  // ---- words ------------------------------------------------------------------------------------

  /** {@code name} as it may be printed: control characters, which a file name can hold, escaped. */
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        shown.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    if (cause instanceof java.nio.file.AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof java.nio.file.FileSystemLoopException) {
      return "its links go in a circle";
    }
    return shown(String.valueOf(cause.getMessage()));
  }
}
