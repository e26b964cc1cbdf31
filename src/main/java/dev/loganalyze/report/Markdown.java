package dev.loganalyze.report;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;

/**
 * Tells FreeMarker how text is escaped in Markdown, so that every {@code ${…}} of a {@code .md.ftl}
 * template is. After CommonMark 0.31 section 2.4 and the tables and mentions of GitHub's flavour.
 */
final class Markdown extends CommonMarkupOutputFormat<Markdown.Text> {
  static final Markdown FORMAT = new Markdown();

  /**
   * A zero-width blank, which keeps a page from calling somebody, from linking an issue, and from
   * making a link of what only looks like one: the autolinks of GitHub's flavour need no markup.
   */
  private static final String BREAK = "&#8203;";

  private Markdown() {}

  /** A piece of Markdown, escaped or to be escaped. */
  static final class Text extends CommonTemplateMarkupOutputModel<Text> {
    private Text(String plain, String markup) {
      super(plain, markup);
    }

    @Override
    public Markdown getOutputFormat() {
      return FORMAT;
    }
  }

  @Override
  public String getName() {
    return "Markdown";
  }

  @Override
  public String getMimeType() {
    return "text/markdown";
  }

  @Override
  public void output(String text, Writer out) throws IOException {
    out.write(escapePlainText(text));
  }

  @Override
  public String escapePlainText(String text) {
    StringBuilder markdown = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '`', '*', '_', '[', ']', '|', '~', '!', '$' -> markdown.append('\\').append(c);
        case '#' -> {
          // Before digits it refers to an issue, escaped or not.
          boolean digit = i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
          markdown.append(digit ? "\\#" + BREAK : "\\#");
        }
        case ':' -> markdown.append(text.startsWith("://", i) ? ":" + BREAK : ":");
        case '.' -> {
          boolean address = text.regionMatches(true, Math.max(0, i - 3), "www", 0, 3) && i >= 3;
          markdown.append(address ? BREAK + "." : ".");
        }
        case '<' -> markdown.append("&lt;");
        case '>' -> markdown.append("&gt;");
        case '&' -> markdown.append("&amp;");
        case '@' -> {
          // A mention begins after anything but a word character; getty@tty1.service is none, and
          // who copies it wants it as it is, though some pages make an address of mail of it.
          boolean word = i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
          markdown.append(word ? "@" : "@" + BREAK);
        }
        default -> markdown.append(c);
      }
    }
    return markdown.toString();
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String builtIn) {
    return false;
  }

  @Override
  protected Text newTemplateMarkupOutputModel(String plain, String markup) {
    return new Text(plain, markup);
  }
}
