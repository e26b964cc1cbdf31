package dev.loganalyze.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {
  @TempDir Path folder;

  /** The arguments that {@code sh} makes of {@code words}, a line each. */
  private String arguments(String words) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor(), said);
    return said;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/sda; touch pwned",
        "$(touch pwned)",
        "a' ; touch pwned ; 'b",
        "''",
        "a|touch pwned",
        "a&touch pwned&",
        "a>pwned",
        "<pwned",
        "* ? [a-z] {a,b}",
        "~ ~root",
        "$HOME ${HOME} $((1+1))",
        "!! !x",
        "#comment",
        "\"; touch pwned; \"",
        "dev-disk-by\\x2duuid-1.device",
        "\\",
        "é\u00a0漢",
        "-.mount",
        "a=b",
      })
  void aShellTakesItForThatOneWord(String text) throws Exception {
    assertEquals(text + "\n", arguments(ShellWords.quoted(text)));
    assertFalse(Files.exists(folder.resolve("pwned")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Hmallory@evil", "--root=/", "`touch pwned`", "a\n-x\n; touch pwned", "-"})
  void whatQuotesDoNotHelpAgainstIsWrittenOut(String text) throws Exception {
    String said = arguments(ShellWords.quoted(text));
    assertEquals(1, said.lines().count());
    assertFalse(said.startsWith("-") || said.contains("`"), said);
    assertFalse(Files.exists(folder.resolve("pwned")));
  }

  @Test
  void plainNamesStayAsTheyAre() {
    for (String name : new String[] {"getty@tty1.service", "/dev/vda1", "a_b-c:d,e%f+g", ""}) {
      assertEquals(name, ShellWords.quoted(name));
    }
  }
}
