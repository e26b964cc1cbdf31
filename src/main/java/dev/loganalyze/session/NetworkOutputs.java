package dev.loganalyze.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.session.Exchange.Said;
import dev.loganalyze.session.Fact.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What {@code ip} (iproute2) and {@code networkctl} print of interfaces and addresses. */
final class NetworkOutputs {
  /** {@code 2: lan: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP …}. */
  private static final Pattern LINK =
      Pattern.compile("^\\d+: ([^:@\\s]+)(?:@[^:\\s]+)?: <([A-Z0-9_,-]*)>(?:.* state ([A-Z]+))?");

  /** {@code 2: lan inet 10.0.2.15/24 …}: -o. */
  private static final Pattern ONE_LINE =
      Pattern.compile("^\\d+: (\\S+)\\s+(inet6?) (\\S+)(?:.* scope (\\S+))?");

  /** {@code inet 10.0.2.15/24 brd 10.0.2.255 scope global dynamic lan}. */
  private static final Pattern INDENTED =
      Pattern.compile("^\\s+(inet6?) (\\S+)(?:.* scope (\\S+))?");

  /** {@code lan UP 10.0.2.15/24 fe80::1/64}, {@code lan UP 52:54:00:… <BROADCAST,UP>}: -br. */
  private static final Pattern BRIEF =
      Pattern.compile("^([^:@\\s]+)(?:@\\S+)?\\s+(UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT)\\b(.*)$");

  private static final Pattern ROUTE =
      Pattern.compile("^(default|[0-9a-f.:]+(?:/\\d+)?)(?: via (\\S+))?.*? dev (\\S+)");

  /** {@code ● 2: lan}. */
  private static final Pattern HEAD = Pattern.compile("^[●*○] \\d+: (\\S+)");

  private static final Pattern STATE = Pattern.compile("^\\s*State: (\\S+) \\(([^)]*)\\)");
  private static final Pattern ADDRESS = Pattern.compile("^\\s*Address: ([0-9a-f.:]+)(?: .*)?$");
  private static final Pattern FURTHER =
      Pattern.compile("^\\s{4,}([0-9a-f]+[.:][0-9a-f.:]+)(?: .*)?$");

  /** {@code 2 lan ether routable configured}. */
  private static final Pattern ROW =
      Pattern.compile("^\\s*\\d+ (\\S+)\\s+\\S+\\s+([a-z-]+)\\s+([a-z-]+)\\s*$");

  private static final Set<String> VERBS_OF_ADDRESSES = Set.of("a", "ad", "add", "addr", "address");
  private static final Set<String> VERBS_OF_LINKS = Set.of("l", "li", "lin", "link");
  private static final Set<String> VERBS_OF_ROUTES = Set.of("r", "ro", "rou", "rout", "route");

  private static final Set<String> SHOWS = Set.of("show", "list", "ls", "sh", "s", "l", "lst");

  /** Words behind these that name no interface. */
  private static final Set<String> FILTERS = Set.of("up", "permanent", "dynamic", "primary");

  private static final Pattern REFUSED =
      Pattern.compile("does not exist|Cannot find device|is unknown|not found|^Usage: ");

  private NetworkOutputs() {}

  static void ip(Reading reading) {
    String verb = reading.command().verb();
    boolean addresses = VERBS_OF_ADDRESSES.contains(verb);
    if (VERBS_OF_ROUTES.contains(verb)) {
      routes(reading);
    } else if (addresses || VERBS_OF_LINKS.contains(verb)) {
      String asked = asked(reading.command());
      if (reading.command().has("-j", "-json", "--json") || isJson(reading)) {
        json(reading, asked);
      } else {
        text(reading, asked);
      }
      boolean refused =
          reading.answer().stream().anyMatch(said -> REFUSED.matcher(said.text()).find());
      if (addresses && !asked.isEmpty() && !refused) {
        none(reading, asked);
      }
    }
  }

  private static boolean isJson(Reading reading) {
    return !reading.answer().isEmpty() && reading.answer().get(0).text().startsWith("[{");
  }

  /** The interface that the command names, as {@code dev lan} or {@code show lan}; or empty. */
  private static String asked(Command command) {
    List<String> words = command.operands();
    int dev = words.indexOf("dev");
    if (words.isEmpty() || !SHOWS.contains(words.get(0))) {
      return "";
    }
    if (dev >= 0) {
      return dev + 1 < words.size() ? words.get(dev + 1) : "";
    }
    return words.size() == 2 && !FILTERS.contains(words.get(1)) ? words.get(1) : "";
  }

  private static void text(Reading reading, String asked) {
    String device = "";
    for (Said said : reading.answer()) {
      Matcher link = LINK.matcher(said.text());
      Matcher one = ONE_LINE.matcher(said.text());
      Matcher indented = INDENTED.matcher(said.text());
      Matcher brief = BRIEF.matcher(said.text());
      if (link.find()) {
        device = link.group(1);
        link(reading, said, device, link.group(3), carrier(link.group(2)), asked);
      } else if (one.find()) {
        address(reading, said, one.group(1), one.group(2), one.group(3), one.group(4));
      } else if (indented.find() && !device.isEmpty()) {
        address(reading, said, device, indented.group(1), indented.group(2), indented.group(3));
      } else if (brief.find()) {
        brief(reading, said, brief, asked);
      }
    }
  }

  private static void brief(Reading reading, Said said, Matcher brief, String asked) {
    String rest = brief.group(3);
    int flags = rest.indexOf('<');
    String carrier = flags < 0 ? "" : carrier(rest.substring(flags + 1));
    link(reading, said, brief.group(1), brief.group(2), carrier, asked);
    if (flags < 0) {
      for (String word : rest.strip().split(" +", 64)) {
        if (word.indexOf('/') > 0) {
          boolean local = word.startsWith("fe80:");
          String family = word.indexOf(':') < 0 ? "inet" : "inet6";
          address(reading, said, brief.group(1), family, word, local ? "link" : "");
        }
      }
    }
  }

  private static String carrier(String flags) {
    return flags.contains("NO-CARRIER") ? "no" : flags.contains("LOWER_UP") ? "yes" : "";
  }

  private static void link(
      Reading reading, Said said, String device, String state, String carrier, String asked) {
    reading.add(
        Kind.LINK,
        said,
        "device",
        device,
        "state",
        state == null ? "" : state.toLowerCase(Locale.ROOT),
        "carrier",
        carrier,
        "setup",
        "",
        "asked",
        device.equals(asked) ? "yes" : "no");
  }

  private static void address(
      Reading reading, Said said, String device, String family, String address, String scope) {
    reading.add(
        Kind.ADDRESS, said, "device", device, "family", family, "address", address, "scope", scope);
  }

  /** The asked interface has no address but link-local ones. */
  private static void none(Reading reading, String asked) {
    boolean has =
        reading.facts().stream()
            .anyMatch(
                f ->
                    f.kind() == Kind.ADDRESS
                        && f.subject().equals(asked)
                        && !f.field("scope").equals("link"));
    boolean quiet = reading.alone() || !reading.answer().isEmpty();
    if (!has && quiet) {
      String family =
          reading.command().has("-4") ? "inet" : reading.command().has("-6") ? "inet6" : "";
      reading.addUnsaid(
          Kind.ADDRESS, "device", asked, "family", family, "address", "", "scope", "");
    }
  }

  private static void json(Reading reading, String asked) {
    for (JsonNode link : reading.answer().isEmpty() ? List.<JsonNode>of() : reading.json()) {
      String device = link.path("ifname").asText();
      if (device.isEmpty()) {
        continue;
      }
      Said said = reading.lineWith(device);
      StringBuilder flags = new StringBuilder();
      link.path("flags").forEach(flag -> flags.append(flag.asText()).append(','));
      link(
          reading, said, device, link.path("operstate").asText(), carrier(flags.toString()), asked);
      for (JsonNode address : link.path("addr_info")) {
        String local = address.path("local").asText();
        address(
            reading,
            local.isEmpty() ? said : reading.lineWith(local),
            device,
            address.path("family").asText(),
            local + "/" + address.path("prefixlen").asText(),
            address.path("scope").asText());
      }
    }
  }

  private static void routes(Reading reading) {
    if (isJson(reading)) {
      for (JsonNode route : reading.json()) {
        route(
            reading,
            reading.lineWith(route.path("dst").asText()),
            route.path("dst").asText(),
            route.path("gateway").asText(),
            route.path("dev").asText());
      }
      return;
    }
    for (Said said : reading.answer()) {
      Matcher route = ROUTE.matcher(said.text());
      if (route.find()) {
        route(reading, said, route.group(1), route.group(2), route.group(3));
      }
    }
  }

  private static void route(
      Reading reading, Said said, String destination, String via, String device) {
    reading.add(Kind.ROUTE, said, "destination", destination, "via", via, "device", device);
  }

  static void networkctl(Reading reading) {
    String device = "";
    boolean further = false;
    for (Said said : reading.answer()) {
      Matcher head = HEAD.matcher(said.text());
      Matcher state = STATE.matcher(said.text());
      Matcher address = (further ? FURTHER : ADDRESS).matcher(said.text());
      Matcher row = ROW.matcher(said.text());
      further = !device.isEmpty() && address.find();
      if (head.find()) {
        device = head.group(1);
      } else if (further) {
        String text = address.group(1);
        String family = text.indexOf(':') < 0 ? "inet" : "inet6";
        address(reading, said, device, family, text, text.startsWith("fe80:") ? "link" : "");
      } else if (state.find() && !device.isEmpty()) {
        networkd(reading, said, device, state.group(1), state.group(2), "yes");
      } else if (row.find()) {
        networkd(reading, said, row.group(1), row.group(2), row.group(3), "no");
      }
    }
  }

  private static void networkd(
      Reading reading, Said said, String device, String state, String setup, String asked) {
    String carrier =
        switch (state) {
          case "no-carrier" -> "no";
          case "carrier", "degraded", "routable", "enslaved" -> "yes";
          default -> "";
        };
    reading.add(
        Kind.LINK, said, "device", device, "state", state, "carrier", carrier, "setup", setup,
        "asked", asked);
  }
}
