package dev.loganalyze.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Pieces of work, and what comes of them. */
public final class Work {
  private Work() {}

  /** Makes threads of that name that keep no program from ending. */
  public static ThreadFactory daemons(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * What came of {@code work}; waits until it is done.
   *
   * @throws InterruptedException when this thread is interrupted before
   * @throws RuntimeException what the work threw, as it is; so are errors
   */
  public static <T> T result(Future<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException fault
          ? fault
          : new IllegalStateException(e.getCause());
    }
  }

  /**
   * Begins {@code piece} in another thread, and comes back at once.
   *
   * @param name of the other thread
   * @param jobs how many threads work at most; with 1 or less, the piece is done when somebody asks
   * @return waits until it is done, and tells what came of it; throws {@link IllegalStateException}
   *     when the thread that asks is interrupted while it waits
   */
  public static <T> Supplier<T> begun(String name, int jobs, Supplier<T> piece) {
    FutureTask<T> task = new FutureTask<>(piece::get);
    if (jobs > 1) {
      daemons(name).newThread(task).start();
    }
    return () -> {
      if (jobs <= 1) {
        task.run();
      }
      return done(task);
    };
  }

  /**
   * Does all {@code pieces}, none of which needs another, in this thread and others.
   *
   * @param name of the other threads
   * @param jobs how many threads work at most, this one included; less than 1 is 1
   * @return what came of them, in their order
   * @throws IllegalStateException when this thread is interrupted
   */
  public static <T> List<T> all(String name, int jobs, List<Supplier<T>> pieces) {
    if (jobs <= 1 || pieces.size() == 1) {
      return pieces.stream().map(Supplier::get).toList();
    }
    List<FutureTask<T>> tasks = new ArrayList<>();
    pieces.forEach(piece -> tasks.add(new FutureTask<>(piece::get)));
    AtomicInteger next = new AtomicInteger();
    Runnable works =
        () -> {
          for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
            tasks.get(i).run();
          }
        };
    for (int i = 1; i < Math.min(jobs, tasks.size()); i++) {
      daemons(name).newThread(works).start();
    }
    works.run();
    List<T> results = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      results.add(done(task));
    }
    return results;
  }

  private static <T> T done(Future<T> task) {
    try {
      return result(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
