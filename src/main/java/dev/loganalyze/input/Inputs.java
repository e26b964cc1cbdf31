package dev.loganalyze.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From what the user named to the bytes of logs. */
public final class Inputs {
  private static final Pattern INSIDE = Pattern.compile("(.+?)!/(.+)", Pattern.DOTALL);

  private Inputs() {}

  /**
   * A log that was found and not yet read.
   *
   * @param name what is printed for it
   * @param path where it lies; null for standard input
   * @param named whether the user named it, and not only a folder or glob that it is in
   * @param member of an archive the log or folder that is meant, as it is printed behind {@code
   *     !/}; empty for all of it
   */
  public record Located(String name, Path path, boolean named, String member) {
    /** All that lies there. */
    public Located(String name, Path path, boolean named) {
      this(name, path, named, "");
    }
  }

  /**
   * What the arguments named.
   *
   * @param inputs in the order of the arguments, those of a folder or glob by name; each once
   * @param failures arguments that named nothing readable, and folders that could not be read
   */
  public record Listing(List<Located> inputs, List<InputException> failures) {}

  /**
   * Finds the logs that {@code arguments} name: files (also pipes and devices) as they are, folders
   * with all regular files below them that look like logs, globs (also quoted ones), and {@code -}
   * for standard input; {@code ARCHIVE!/MEMBER} for what lies in an archive. Links in folders are
   * not followed.
   */
  public static Listing list(List<String> arguments) {
    Map<String, Located> inputs = new LinkedHashMap<>();
    List<InputException> failures = new ArrayList<>();
    for (String argument : arguments) {
      try {
        for (Located located : locate(argument, failures)) {
          inputs.putIfAbsent(located.name() + "!/" + located.member(), located);
        }
      } catch (InputException e) {
        failures.add(e);
      } catch (IOException | UncheckedIOException e) {
        failures.add(Begun.unreadable(Names.shown(argument), e));
      }
    }
    return new Listing(List.copyOf(inputs.values()), List.copyOf(failures));
  }

  private static List<Located> locate(String argument, List<InputException> failures)
      throws InputException, IOException {
    if (argument.equals("-")) {
      return List.of(new Located("-", null, true));
    }
    if (argument.isEmpty()) {
      // To Java it is the working directory; to a script it is a variable that was not set.
      throw new InputException("'': no file has an empty name");
    }
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      throw new InputException(
          Names.shown(argument)
              + ": no file can have this name in this locale; LC_ALL=C.UTF-8 takes every name in"
              + " UTF-8");
    }
    if (Files.isDirectory(path)) {
      return below(path, null, failures, Names.shown(argument) + ": no log files in this folder");
    }
    if (Files.exists(path)) {
      if (isEndless(path)) {
        throw new InputException(Names.shown(argument) + ": this device never ends; name a log");
      }
      return List.of(new Located(argument, path, true));
    }
    Matcher inside = INSIDE.matcher(argument);
    if (inside.matches() && Files.isRegularFile(Path.of(inside.group(1)))) {
      Path archive = Path.of(inside.group(1));
      return List.of(new Located(inside.group(1), archive, true, inside.group(2)));
    }
    if (argument.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
      return glob(argument, failures);
    }
    throw new InputException(Names.shown(argument) + ": no such file");
  }

  /** Linux's zero, full, random and urandom; drivers/char/mem.c. */
  private static boolean isEndless(Path path) throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class).isOther()
        || !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    int device = ((Number) Files.getAttribute(path, "unix:rdev")).intValue();
    return device == 0x105 || (device >= 0x107 && device <= 0x109);
  }

  /** The folder before the first wildcard is walked, and each file below it compared. */
  private static List<Located> glob(String pattern, List<InputException> failures)
      throws InputException, IOException {
    int wild = 0;
    while ("*?[{".indexOf(pattern.charAt(wild)) < 0) {
      wild++;
    }
    int slash = pattern.lastIndexOf('/', wild);
    Path start = Path.of(slash < 0 ? "." : slash == 0 ? "/" : pattern.substring(0, slash));
    if (!Files.isDirectory(start)) {
      throw new InputException(
          Names.shown(pattern) + ": no such folder as " + Names.shown(start.toString()));
    }
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          Names.shown(pattern) + ": not a glob: " + e.getMessage().lines().findFirst().orElse(""));
    }
    return below(start, matcher, failures, Names.shown(pattern) + ": matches no log file");
  }

  /**
   * The logs below {@code folder}.
   *
   * @param matcher what their names must be; null for all that looks like a log
   * @param failures is given what could not be read
   * @param none the sentence for when there is neither
   */
  private static List<Located> below(
      Path folder, PathMatcher matcher, List<InputException> failures, String none)
      throws InputException, IOException {
    List<Path> files = new ArrayList<>();
    List<Path> links = new ArrayList<>();
    int before = failures.size();
    // The folder itself may be a link.
    Path start = folder.toRealPath();
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // Opening a pipe waits for a writer, and a device may never end.
            if (attributes.isRegularFile()) {
              Path below = start.relativize(file);
              Path path = named(file);
              if (matcher == null ? looksLikeLog(below, file) : matcher.matches(path)) {
                files.add(path);
              }
            } else if (attributes.isSymbolicLink()
                && (matcher == null || matcher.matches(named(file)))) {
              links.add(named(file));
            }
            return FileVisitResult.CONTINUE;
          }

          /** As the user would name it. */
          private Path named(Path real) {
            Path below = start.relativize(real);
            boolean here = folder.toString().equals(".") && !below.toString().isEmpty();
            return here ? below : folder.resolve(below);
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            failures.add(Begun.unreadable(Names.shown(named(file).toString()), e));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e) {
            if (e != null) {
              failures.add(Begun.unreadable(Names.shown(named(visited).toString()), e));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    if (files.isEmpty() && failures.size() == before) {
      throw new InputException(
          none
              + (links.isEmpty()
                  ? ""
                  : "; links below a folder are not followed, as "
                      + Names.shown(Collections.min(links).toString())
                      + ": name the file"));
    }
    return files.stream()
        .sorted(Comparator.comparing(Path::toString))
        .map(file -> new Located(file.toString(), file, false))
        .toList();
  }

  private static boolean looksLikeLog(Path below, Path file) {
    String path = below.toString();
    if (!Candidates.byName(path)) {
      return false;
    }
    // Two: a decoder that is given what it cannot read throws before it can be closed.
    try (InputStream stored = Files.newInputStream(file);
        InputStream in = Stored.decompressed(stored)) {
      return Candidates.byHead(path, in.readNBytes(Content.HEAD));
    } catch (IOException | RuntimeException e) {
      // Reading it will say what is wrong.
      return true;
    }
  }

  // ---- reading ----------------------------------------------------------------------------------

  /** Opens the bytes of an input, wherever they lie. */
  public interface Opener {
    /** A stream at their start, which the caller closes. */
    InputStream open() throws IOException;
  }

  /**
   * The first bytes of an input, decompressed; null when it is an archive.
   *
   * @param most so many, or fewer when there are no more
   * @throws InputException when nothing can be read
   */
  public static byte[] head(Located located, int most) throws InputException {
    try (InputStream in = Files.newInputStream(located.path())) {
      byte[] head = Content.read(Stored.decompressed(in), most).bytes();
      return Magic.archive(head) == null ? head : null;
    } catch (IOException | RuntimeException e) {
      // Decoders throw any RuntimeException on data that no encoder makes.
      throw Begun.unreadable(Names.shown(located.name()), e);
    }
  }

  /**
   * Reads an input whole: the log that it is, or the logs of the archive that it is. Nothing that
   * is larger than a quarter of the heap (at most 1 GiB) is read.
   */
  public static Contents open(Located located) {
    return open(located, Excerpter.NONE);
  }

  /**
   * Reads an input as {@link #open(Located)}, but for a log that is so long that {@code excerpter}
   * takes it, of any size.
   */
  public static Contents open(Located located, Excerpter excerpter) {
    return open(located, excerpter, true);
  }

  /**
   * As {@link #open(Located, Excerpter)}.
   *
   * @param hashes whether the source has its {@link Source#sha256}
   */
  public static Contents open(Located located, Excerpter excerpter, boolean hashes) {
    return open(
        located,
        excerpter,
        hashes,
        () -> located.path() == null ? StandardInput.open() : Files.newInputStream(located.path()));
  }

  /** As {@link #open(Located, Excerpter)}, of bytes that {@code opener} has. */
  public static Contents open(Located located, Excerpter excerpter, Opener opener) {
    return open(located, excerpter, true, opener);
  }

  private static Contents open(
      Located located, Excerpter excerpter, boolean hashes, Opener opener) {
    String name = Names.shown(located.name());
    try (Hashed in = new Hashed(opener.open(), hashes)) {
      return read(located, name, in, excerpter);
    } catch (InputException e) {
      return new Contents(name, false, List.of(), List.of(e));
    } catch (IOException e) {
      return new Contents(name, false, List.of(), List.of(Begun.unreadable(name, e)));
    }
  }

  /** An input that lies in no archive. */
  record File(String name) implements Begun.Origin {
    @Override
    public String partly(long bytes, Exception fault) {
      return name + ": only its first " + bytes + " bytes could be read: " + Names.reason(fault);
    }

    @Override
    public InputException tooLarge(int most) {
      return new InputException(
          name
              + ": larger than "
              + (most >> 20)
              + " MiB, the most that is read; cut it, or give Java more memory with"
              + " LOGANALYZE_JAVA_OPTS=-Xmx4g");
    }
  }

  private static Contents read(Located located, String name, Hashed in, Excerpter excerpter)
      throws InputException, IOException {
    Content none = new Content(new byte[0], null);
    Begun begun = Begun.of(name, none, in, excerpter, Content.MOST, new File(name));
    Path path = located.path();
    Path file = path != null && Files.isRegularFile(path) ? path : null;
    String member = located.member();
    if (!begun.isArchive()) {
      if (!member.isEmpty()) {
        throw new InputException(
            name + ": no archive, so there is no " + Names.shown(member) + " in it");
      }
      Source log = begun.log(located.name(), file, in, excerpter);
      return new Contents(name, false, List.of(log), List.of());
    }
    Contents contents = Archives.read(begun, file, in, excerpter, member);
    if (located.named() && contents.logs().isEmpty() && contents.failures().isEmpty()) {
      throw new InputException(
          name
              + (member.isEmpty()
                  ? ": no log files in this archive"
                  : ": no log " + Names.shown(member) + " in this archive"));
    }
    return contents;
  }
}
