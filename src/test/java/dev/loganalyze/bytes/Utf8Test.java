package dev.loganalyze.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void countsTheBytesThatAreNoText() {
    byte[] text = "Zähler 日本 😀 abcdefgh".getBytes(StandardCharsets.UTF_8);
    assertEquals(0, Utf8.damaged(text, 0, text.length));
    byte[] latin = "Zähler".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(1, Utf8.damaged(latin, 0, latin.length));
    byte[] replaced = "a\ufffd\ufffdb".getBytes(StandardCharsets.UTF_8);
    assertEquals(6, Utf8.damaged(replaced, 0, replaced.length));
  }

  @Test
  void countsWhatJavasDecoderRefuses() {
    Random random = new Random(3);
    byte[] values = {
      'a',
      '\n',
      (byte) 0x80,
      (byte) 0xbf,
      (byte) 0x9f,
      (byte) 0xa0,
      (byte) 0x8f,
      (byte) 0x90,
      (byte) 0xc1,
      (byte) 0xc2,
      (byte) 0xe0,
      (byte) 0xed,
      (byte) 0xee,
      (byte) 0xf0,
      (byte) 0xf4,
      (byte) 0xf5
    };
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      for (int b = 0; b < bytes.length; b++) {
        bytes[b] = values[random.nextInt(values.length)];
      }
      assertEquals(refused(bytes), Utf8.damaged(bytes, 0, bytes.length));
    }
  }

  private static int refused(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    int refused = 0;
    CoderResult result = decoder.decode(in, out, true);
    while (result.isMalformed()) {
      refused += result.length();
      in.position(in.position() + result.length());
      result = decoder.decode(in, out, true);
    }
    return refused;
  }
}
