package dev.loganalyze.fleet;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;

/**
 * The files of this machine in bad times: {@value #UNREADABLE} cannot be read; the first task that
 * opens {@value #FATAL} dies; the first that opens {@value #KILLED} is killed while it waits for
 * its data.
 */
public final class UnreliableFiles extends LocalFileSystem {
  static final String UNREADABLE = "unreadable.log";
  static final String FATAL = "fatal.log";
  static final String KILLED = "killed.log";

  /** How Spark's log shows the two deaths. */
  static final String DEATH = "the disk controller hangs";

  static final String KILLING = "somebody pressed kill";

  private static final Set<Path> OPENED = ConcurrentHashMap.newKeySet();

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    switch (file.getName()) {
      case UNREADABLE -> throw new IOException("Input/output error");
      case FATAL -> {
        if (OPENED.add(file)) {
          throw new IllegalStateException(DEATH);
        }
      }
      case KILLED -> {
        if (OPENED.add(file)) {
          waitToBeKilled();
        }
      }
      default -> {}
    }
    return super.open(file, bufferSize);
  }

  private static void waitToBeKilled() throws IOException {
    long task = TaskContext.get().taskAttemptId();
    SparkContext.getOrCreate().killTaskAttempt(task, true, KILLING);
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      // As Hadoop's clients of networks do.
      throw new InterruptedIOException("interrupted while it waited for data");
    }
  }
}
