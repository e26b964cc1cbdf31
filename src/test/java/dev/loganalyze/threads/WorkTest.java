package dev.loganalyze.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void whatCameOfItIsInTheOrderOfThePieces(int jobs) {
    List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
    List<Supplier<Integer>> pieces =
        numbers.stream().<Supplier<Integer>>map(number -> () -> number).toList();
    assertEquals(numbers, Work.all("work", jobs, pieces));
    assertEquals(List.of(), Work.all("work", jobs, List.of()));
  }

  /** Each piece waits until another thread has begun with the other. */
  @Test
  void piecesAreDoneAtOnce() {
    CountDownLatch begun = new CountDownLatch(2);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Supplier<Boolean> piece =
        () -> {
          threads.add(Thread.currentThread().getName());
          begun.countDown();
          try {
            begun.await();
          } catch (InterruptedException e) {
            return false;
          }
          return Thread.currentThread().isDaemon()
              == Thread.currentThread().getName().equals("work");
        };
    assertEquals(List.of(true, true), Work.all("work", 2, List.of(piece, piece)));
    assertTrue(threads.remove("work") && threads.size() == 1, threads.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatWasBegunIsDoneOnceByAnotherThreadIfThereMayBeOne(int jobs) {
    Supplier<Thread> begun = Work.begun("work", jobs, Thread::currentThread);
    assertEquals(jobs == 1, begun.get().equals(Thread.currentThread()));
    assertSame(begun.get(), begun.get());
    RuntimeException fault = new IllegalArgumentException("x");
    Supplier<Integer> fails =
        Work.begun(
            "work",
            jobs,
            () -> {
              throw fault;
            });
    assertSame(fault, assertThrows(RuntimeException.class, fails::get));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatAPieceThrowsIsThrown(int jobs) {
    RuntimeException fault = new IllegalArgumentException("x");
    Supplier<Integer> fails =
        () -> {
          throw fault;
        };
    RuntimeException thrown =
        assertThrows(
            RuntimeException.class, () -> Work.all("work", jobs, List.of(() -> 1, fails, () -> 2)));
    assertSame(fault, thrown);
    Supplier<Integer> lacks =
        () -> {
          throw new OutOfMemoryError("y");
        };
    assertThrows(
        OutOfMemoryError.class, () -> Work.all("work", jobs, List.of(() -> 1, lacks, () -> 2)));
  }
}
