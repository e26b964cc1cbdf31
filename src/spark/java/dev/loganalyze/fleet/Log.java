package dev.loganalyze.fleet;

import dev.loganalyze.input.Candidates;
import dev.loganalyze.input.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A file that was found and not yet read: a log, or an archive of logs.
 *
 * @param name what is printed for it: the path as it was given, or below the folder that was given
 * @param uri where it lies
 * @param bytes its size
 * @param origin how it was found
 */
record Log(String name, String uri, long bytes, Origin origin) implements Serializable {
  /** How a file was found. */
  enum Origin {
    /** It was given. */
    NAMED,
    /** It fits a glob. */
    GLOB,
    /** It lies in a folder, and may be no log. */
    FOLDER
  }

  /** A task has so many files and bytes at most; one file may have more bytes. */
  private static final int MOST_FILES = 500;

  private static final long MOST_BYTES = 64L << 20;

  /**
   * The files that {@code paths} name, in the order of their names, each once: files, globs as
   * Hadoop has them, and all in folders and below them that may be a log by its name.
   *
   * @throws InputException when one of {@code paths} names nothing, or cannot be listed
   */
  static List<Log> find(List<String> paths, Configuration hadoop) throws InputException {
    Map<String, Log> logs = new TreeMap<>();
    for (String path : paths) {
      List<Log> found = new ArrayList<>();
      try {
        find(path, hadoop, found);
      } catch (IOException | IllegalArgumentException e) {
        throw new InputException(path + ": could not be listed: " + e.getMessage());
      }
      if (found.isEmpty()) {
        throw new InputException(path + ": names no log file");
      }
      found.forEach(log -> logs.putIfAbsent(log.name(), log));
    }
    return List.copyOf(logs.values());
  }

  private static void find(String given, Configuration hadoop, List<Log> found) throws IOException {
    Path path = new Path(given);
    FileSystem files = path.getFileSystem(hadoop);
    if (files.exists(path)) {
      FileStatus status = files.getFileStatus(path);
      if (status.isFile()) {
        found.add(of(given, status, Origin.NAMED));
      } else {
        below(status.getPath(), new Names(given, files), files, found);
      }
      return;
    }
    FileStatus[] matches = files.globStatus(path);
    Names names = new Names(beforeWildcards(given), files);
    for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
      if (match.isFile()) {
        found.add(of(names.of(match.getPath()), match, Origin.GLOB));
      } else {
        below(match.getPath(), names, files, found);
      }
    }
  }

  private static void below(Path folder, Names names, FileSystem files, List<Log> found)
      throws IOException {
    String start = folder.toUri().getPath();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
    while (all.hasNext()) {
      FileStatus file = all.next();
      if (Candidates.byName(file.getPath().toUri().getPath().substring(start.length()))) {
        found.add(of(names.of(file.getPath()), file, Origin.FOLDER));
      }
    }
  }

  private static Log of(String name, FileStatus file, Origin origin) {
    return new Log(name, file.getPath().toString(), file.getLen(), origin);
  }

  /** The folder before the first wildcard. */
  private static String beforeWildcards(String glob) {
    int wild = 0;
    while (wild < glob.length() && "*?[{\\".indexOf(glob.charAt(wild)) < 0) {
      wild++;
    }
    return glob.substring(0, glob.lastIndexOf('/', wild) + 1);
  }

  /** Names of files as the user would write them, who wrote {@code given} for a folder. */
  private static final class Names {
    private final String given;
    private final String start;

    Names(String given, FileSystem files) {
      this.given =
          given.equals(".") || given.isEmpty() || given.endsWith("/") ? given : given + "/";
      this.start = files.makeQualified(new Path(given.isEmpty() ? "." : given)).toUri().getPath();
    }

    String of(Path file) {
      String below = file.toUri().getPath().substring(start.length()).replaceFirst("^/", "");
      return given.equals(".") ? below : given + below;
    }
  }

  /**
   * Files that are analysed together, in their order. Where they are cut depends on nothing but
   * them, so that the same logs make the same tables on every cluster.
   */
  static List<List<Log>> tasks(List<Log> logs) {
    List<List<Log>> tasks = new ArrayList<>();
    List<Log> task = new ArrayList<>();
    long bytes = 0;
    for (Log log : logs) {
      boolean full = task.size() == MOST_FILES || bytes + log.bytes() > MOST_BYTES;
      if (full && !task.isEmpty()) {
        tasks.add(task);
        task = new ArrayList<>();
        bytes = 0;
      }
      task.add(log);
      bytes += log.bytes();
    }
    tasks.add(task);
    return tasks;
  }
}
