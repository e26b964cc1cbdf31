package dev.loganalyze.resource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PackedTest {
  @Test
  void whatWasWrittenIsReadInTheSameOrder() {
    Packed.Writer out = new Packed.Writer();
    out.number(Long.MIN_VALUE);
    out.integer(-2);
    out.bytes(new byte[] {1, -1});
    out.integers(new int[] {3, Integer.MAX_VALUE});
    out.word(TimeUnit.DAYS);
    out.word(null);
    Packed.Writer more = new Packed.Writer();
    more.text("more");
    out.append(more);

    Packed.Reader in = new Packed.Reader(out.written());
    assertEquals(Long.MIN_VALUE, in.number());
    assertEquals(-2, in.integer());
    assertArrayEquals(new byte[] {1, -1}, in.bytes());
    assertArrayEquals(new int[] {3, Integer.MAX_VALUE}, in.integers());
    assertEquals(TimeUnit.DAYS, in.word(TimeUnit.values()));
    assertNull(in.word(TimeUnit.values()));
    assertEquals("more", in.text());
  }

  @Test
  void aNumberTakesAsManyBytesAsItNeeds() {
    int[] numbers = {0, 63, -64, 64, -65, 8191, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE};
    int[] bytes = {1, 1, 1, 2, 2, 2, 3, 5, 5};
    for (int i = 0; i < numbers.length; i++) {
      Packed.Writer out = new Packed.Writer();
      out.integer(numbers[i]);
      out.integer(7);
      assertEquals(bytes[i] + 1, out.written().length);
      Packed.Reader in = new Packed.Reader(out.written());
      assertEquals(numbers[i], in.integer());
      assertEquals(7, in.integer());
    }
  }

  @Test
  void everyTextIsTheSameAgain() {
    List<String> texts = Arrays.asList("", "plain", "ÿ é", "● … 漢 😀", null);
    Packed.Writer out = new Packed.Writer();
    out.list(texts, Packed.Writer::text);
    assertEquals(texts, new Packed.Reader(out.written()).list(Packed.Reader::text));
  }

  @Test
  void whatIsReadLaterIsReadOnceAndHoldsNobodyUp() {
    Packed.Writer out = new Packed.Writer();
    out.later(List.of(4, 5), Packed.Writer::integer);
    out.text("behind it");
    List<Integer> read = new ArrayList<>();
    Packed.Reader in = new Packed.Reader(out.written());
    List<Integer> later =
        in.later(
            from -> {
              read.add(from.integer());
              return read.get(read.size() - 1);
            });
    assertEquals("behind it", in.text());
    assertEquals(List.of(), read);
    assertEquals(List.of(4, 5), later);
    assertEquals(2, later.size());
    assertEquals(List.of(4, 5), read);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> Packed.Reader.of("no/such.packed"));
    assertEquals("no/such.packed is missing from the program", e.getMessage());
  }
}
