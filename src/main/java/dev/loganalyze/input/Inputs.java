package dev.loganalyze.input;

import java.io.BufferedInputStream;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From what the user named to the bytes of logs. */
public final class Inputs {
  private Inputs() {}

  /**
   * A log that was found and not yet read.
   *
   * @param name what is printed for it
   * @param path where it lies; null for standard input
   * @param named whether the user named it, and not only a folder or glob that it is in
   */
  public record Located(String name, Path path, boolean named) {}

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
   * for standard input. Links in folders are not followed.
   */
  public static Listing list(List<String> arguments) {
    Map<String, Located> inputs = new LinkedHashMap<>();
    List<InputException> failures = new ArrayList<>();
    for (String argument : arguments) {
      try {
        for (Located located : locate(argument, failures)) {
          inputs.putIfAbsent(located.name(), located);
        }
      } catch (InputException e) {
        failures.add(e);
      } catch (IOException | UncheckedIOException e) {
        failures.add(unreadable(Names.shown(argument), e));
      }
    }
    return new Listing(List.copyOf(inputs.values()), List.copyOf(failures));
  }

  private static List<Located> locate(String argument, List<InputException> failures)
      throws InputException, IOException {
    if (argument.equals("-")) {
      return List.of(new Located("-", null, true));
    }
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      throw new InputException(Names.shown(argument) + ": no file can have this name");
    }
    if (Files.isDirectory(path)) {
      int before = failures.size();
      List<Located> found = below(path, null, failures);
      if (found.isEmpty() && failures.size() == before) {
        throw new InputException(Names.shown(argument) + ": no log files in this folder");
      }
      return found;
    }
    if (Files.exists(path)) {
      return List.of(new Located(argument, path, true));
    }
    if (argument.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0)) {
      return glob(argument, failures);
    }
    throw new InputException(Names.shown(argument) + ": no such file");
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
    int before = failures.size();
    List<Located> found = below(start, matcher, failures);
    if (found.isEmpty() && failures.size() == before) {
      throw new InputException(Names.shown(pattern) + ": matches no log file");
    }
    return found;
  }

  private static List<Located> below(
      Path folder, PathMatcher matcher, List<InputException> failures) throws IOException {
    List<Path> files = new ArrayList<>();
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
              Path path = folder.toString().equals(".") ? below : folder.resolve(below);
              if (matcher == null ? looksLikeLog(below, file) : matcher.matches(path)) {
                files.add(path);
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            failures.add(unreadable(Names.shown(file.toString()), e));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e) {
            if (e != null) {
              failures.add(unreadable(Names.shown(visited.toString()), e));
            }
            return FileVisitResult.CONTINUE;
          }
        });
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
    try (InputStream in =
        Stored.decompressed(new BufferedInputStream(Files.newInputStream(file)))) {
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
   * Reads an input whole: the log that it is, or the logs of the archive that it is. Nothing that
   * is larger than a quarter of the heap (at most 1 GiB) is read.
   */
  public static Contents open(Located located) {
    return open(
        located, () -> located.path() == null ? System.in : Files.newInputStream(located.path()));
  }

  /** As {@link #open(Located)}, of bytes that {@code opener} has. */
  public static Contents open(Located located, Opener opener) {
    String name = Names.shown(located.name());
    try {
      Stored stored = stored(opener, name);
      if (Magic.archive(stored.head()) == null) {
        return new Contents(name, false, List.of(log(located, stored)), List.of());
      }
      Contents contents = Archives.read(stored);
      if (located.named() && contents.logs().isEmpty() && contents.failures().isEmpty()) {
        throw new InputException(name + ": no log files in this archive");
      }
      return contents;
    } catch (InputException e) {
      return new Contents(name, false, List.of(), List.of(e));
    }
  }

  private static Stored stored(Opener opener, String name) throws InputException {
    Content content;
    try (InputStream in = opener.open()) {
      content = Content.read(in, Content.MOST + 1);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    if (content.fault() == null) {
      return new Stored(name, bounded(content, name).bytes(), "");
    }
    if (content.bytes().length == 0) {
      throw unreadable(name, content.fault());
    }
    return new Stored(
        name,
        content.bytes(),
        name
            + ": only its first "
            + content.bytes().length
            + " bytes could be read: "
            + Names.reason(content.fault()));
  }

  private static Source log(Located located, Stored stored) throws InputException {
    Content content = bounded(stored.decompressed(Content.MOST + 1), stored.name());
    return stored.log(located.name(), content);
  }

  private static Content bounded(Content content, String name) throws InputException {
    if (content.bytes().length <= Content.MOST) {
      return content;
    }
    throw new InputException(
        name
            + ": larger than "
            + (Content.MOST >> 20)
            + " MiB, the most that is read; cut it, or give Java more memory with"
            + " LOGANALYZE_JAVA_OPTS=-Xmx4g");
  }

  private static InputException unreadable(String name, Exception e) {
    return new InputException(name + ": could not be read: " + Names.reason(e));
  }
}
