package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final Set<String> LOADING =
      Set.of("src", "srcset", "data", "action", "formaction", "poster", "background", "style");

  @Test
  void thePageLoadsNothing() throws IOException {
    Document page = page();
    assertTrue(page.select("link, img, iframe, object, embed, form, base").isEmpty());
    assertEquals(1, page.select("script").size());
    for (Element element : page.getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        String name = attribute.getKey();
        assertFalse(name.startsWith("on") || LOADING.contains(name), () -> element.outerHtml());
        if (name.equals("href")) {
          String to = attribute.getValue();
          assertTrue(to.startsWith("#") || to.startsWith("https://"), to);
        }
      }
    }
    assertFalse(page.select("style").first().data().contains("url("));
  }

  @Test
  void thePolicyAllowsItsOwnStyleAndScriptAndNothingElse() throws Exception {
    Document page = page();
    byte[] style = page.select("style").first().data().getBytes(StandardCharsets.UTF_8);
    byte[] script = page.select("script").first().data().getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "default-src 'none'; style-src 'sha256-"
            + sha256(style)
            + "'; script-src 'sha256-"
            + sha256(script)
            + "'; base-uri 'none'; form-action 'none'",
        page.select("meta[http-equiv=Content-Security-Policy]").attr("content"));
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void aHostileTitleIsShownAsItIs() throws IOException {
    Document page = Jsoup.parse(ReportTest.text(Format.HTML, List.of(Runs.hostile())));
    assertEquals(
        "\u2717 error " + Printable.text(Runs.HOSTILE),
        page.select(".cause h3").first().wholeText());
  }

  @Test
  void everyTagIsClosedAndEveryLinkLeadsSomewhere() throws IOException {
    Parser parser = Parser.htmlParser().setTrackErrors(100);
    Document page = parser.parseInput(html(), "");
    assertEquals(List.of(), parser.getErrors());
    Set<String> ids = new HashSet<>();
    for (Element element : page.select("[id]")) {
      assertTrue(ids.add(element.id()), element.id());
    }
    for (Element link : page.select("a[href^=#]")) {
      assertTrue(ids.contains(link.attr("href").substring(1)), link.outerHtml());
    }
  }

  private static String html() throws IOException {
    return ReportTest.text(Format.HTML, ReportTest.all());
  }

  private static Document page() throws IOException {
    return Jsoup.parse(html());
  }
}
