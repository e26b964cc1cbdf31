package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  private static Field field(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    return new Field("MESSAGE", bytes, 0, bytes.length);
  }

  private static String plain(String value) {
    return PlainText.of(field(value)).text();
  }

  @Test
  void coloursLinksAndTabsGo() {
    assertEquals("red and 8        blanks", plain("\33[1;31mred\33[0m and 8\tblanks"));
    assertEquals("a link", plain("a \33]8;;http://x\7link"));
  }

  @Test
  void otherSequencesStay() {
    for (String odd :
        new String[] {"\33[2J", "\33", "\33[", "\33[1", "\33]8", "\33x", "\33[\33[K"}) {
      assertEquals(odd, plain(odd));
    }
    assertEquals("\33[x", plain("\33[\33[1mx"));
  }

  @Test
  void textIsUtf8WithoutControlsAndNonCharacters() {
    assertTrue(Printable.isText(field("a\tb\n\303\244\342\202\254\360\237\230\200")));
    assertFalse(Printable.isLine(field("a\nb")));
    for (String odd :
        new String[] {
          "\0",
          "\33",
          "\177",
          "\302\205",
          "\300\200",
          "\355\240\200",
          "\357\277\277",
          "\303",
          "\360\200\200\200",
          "\370\210\200\200\200",
          "\200",
          "\303x",
          "\357\267\220"
        }) {
      assertFalse(Printable.isText(field(odd)), odd);
    }
  }

  @Test
  void sizesAreToldInPowersOf1024() {
    assertEquals("1023B", Text.size(1023));
    assertEquals("1.0K", Text.size(1024));
    assertEquals("5.9K", Text.size(6143));
    assertEquals("1.5M", Text.size(3 << 19));
  }
}
