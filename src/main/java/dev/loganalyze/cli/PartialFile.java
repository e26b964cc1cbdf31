package dev.loganalyze.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A file that is not whole yet, beside the one whose place it will take. It is gone when it is
 * closed, and when SIGINT or SIGTERM ends the process.
 */
final class PartialFile implements AutoCloseable {
  private static final Set<PartialFile> OPEN = new HashSet<>();

  /** The process ends: what is there was deleted, and nothing is created any more. */
  private static boolean ending;

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(PartialFile::deleteAll, "partial files"));
    } catch (IllegalStateException e) {
      // First asked for when the process ends already.
      ending = true;
    }
  }

  private final Path path;
  private final Path target;

  private PartialFile(Path path, Path target) {
    this.path = path;
    this.target = target;
  }

  /** An empty file of a name of its own in the folder of {@code target}. */
  static PartialFile beside(Path target) throws IOException {
    // Not createTempFile, whose files nobody else may read.
    String name = ".loganalyze-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    return create(target.resolveSibling(name), target);
  }

  /**
   * The file {@code target.lock}, as git has them: who creates it may change {@code target}.
   *
   * @throws java.nio.file.FileAlreadyExistsException when another process does
   */
  static PartialFile lock(Path target) throws IOException {
    return create(target.resolveSibling(target.getFileName() + ".lock"), target);
  }

  private static PartialFile create(Path path, Path target) throws IOException {
    PartialFile file = new PartialFile(path, target);
    synchronized (OPEN) {
      waitForTheEnd();
      Files.createFile(path);
      OPEN.add(file);
    }
    boolean posix = Files.getFileStore(path).supportsFileAttributeView("posix");
    if (posix && Files.exists(target)) {
      Files.setPosixFilePermissions(path, Files.getPosixFilePermissions(target));
    }
    return file;
  }

  /** What is written here is in the file when it is closed. */
  OutputStream out() throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.WRITE));
  }

  /** Takes the place of the target. */
  void replace() throws IOException {
    synchronized (OPEN) {
      waitForTheEnd();
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
      OPEN.remove(this);
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      if (OPEN.remove(this)) {
        delete();
      }
    }
  }

  /** Deletes all that are not whole; to be called when the process ends. */
  static void deleteAll() {
    synchronized (OPEN) {
      ending = true;
      OPEN.forEach(PartialFile::delete);
      OPEN.clear();
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What was to be in it is lost either way, and that is said.
    }
  }

  private static void waitForTheEnd() {
    while (ending) {
      LockSupport.park();
    }
  }
}
