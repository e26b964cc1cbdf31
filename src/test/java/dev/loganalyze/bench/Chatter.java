package dev.loganalyze.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What a machine that is up says, without end: the scenes of {@code chatter.txt}, with words,
 * numbers and times of their own.
 */
final class Chatter {
  private static final Path SCENES = Path.of("src/test/resources/bench/chatter.txt");

  private static final String[] WORDS =
      ("account basket batch billing broker cache cart catalog checkout client cluster cursor"
              + " delivery digest event export feed gateway index invoice item journal label ledger"
              + " mailer market media metric order parcel partner payment picker planner price"
              + " profile queue quota rating refund region report restock review route sample"
              + " scanner schedule search session shard shipment shelf snapshot stock store stream"
              + " supplier tariff tenant ticket token tracker transfer upload vendor voucher worker")
          .split(" ");
  private static final String[] USERS = "root admin deploy alice bob carol dave backup".split(" ");
  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter CLF =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss +0000", Locale.ROOT);

  /** A line of a scene: {@code parts} with the words of a message, at odd places placeholders. */
  private record Line(String ident, int pid, String[] parts, String[] unit, List<String> fields) {}

  private record Scene(int weight, List<Line> lines) {}

  private final List<Scene> scenes;
  private final int weights;
  private final Random random;
  private final Map<String, String> drawn = new HashMap<>();
  private final Deque<Message> said = new ArrayDeque<>();
  private int pid = 1000;
  private int session;

  Chatter(Random random) throws IOException {
    this.random = random;
    scenes = scenes();
    weights = scenes.stream().mapToInt(Scene::weight).sum();
  }

  private static List<Scene> scenes() throws IOException {
    List<Scene> scenes = new ArrayList<>();
    for (String line : Files.readAllLines(SCENES, UTF_8)) {
      if (line.matches("\\d+")) {
        scenes.add(new Scene(Integer.parseInt(line), new ArrayList<>()));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        scenes.get(scenes.size() - 1).lines().add(line(line));
      }
    }
    return scenes;
  }

  private static Line line(String line) {
    String[] words = line.split(" ", 4);
    String ident = words[2].replaceAll("\\[.*", "");
    String pid = words[2].replaceAll(".*\\[|\\]", "");
    List<String> fields = new ArrayList<>();
    fields.add("PRIORITY=" + words[0]);
    fields.add("SYSLOG_IDENTIFIER=" + ident);
    fields.add("_MACHINE_ID=358ca2b74d2a4d44bde29822585e4f66");
    fields.add("_HOSTNAME=debvm");
    fields.add("_RUNTIME_SCOPE=system");
    fields.add("SYSLOG_FACILITY=" + (words[1].equals("-") ? 0 : 3));
    fields.add("_TRANSPORT=" + (words[1].equals("-") ? "kernel" : "syslog"));
    if (!words[1].equals("-")) {
      fields.add("_UID=0");
      fields.add("_GID=0");
      fields.add("_COMM=" + ident);
      fields.add("_EXE=/usr/sbin/" + ident);
      fields.add("_CMDLINE=/usr/sbin/" + ident + " --config /etc/" + ident + ".conf");
      fields.add("_CAP_EFFECTIVE=1ffffffffff");
      fields.add("_SELINUX_CONTEXT=unconfined\n");
      fields.add("_SYSTEMD_SLICE=system.slice");
      fields.add("_SYSTEMD_INVOCATION_ID=5f4f0d4a1c0c4a6c8f2b9f8f6c9d5a1e");
    }
    int process = pid.matches("\\d+") ? Integer.parseInt(pid) : pid.equals("*") ? -1 : 0;
    return new Line(
        ident.replaceAll("[{}]", ""),
        process,
        words[3].split("[{}]", -1),
        words[1].split("[{}]", -1),
        List.copyOf(fields));
  }

  /** What is said next, after {@code realtime} and {@code monotonic} (microseconds). */
  Message next(long realtime, long monotonic) {
    boolean between = said.isEmpty();
    if (between) {
      play(realtime);
    }
    // Scenes come every 700 ms, their lines follow each other closely.
    long gap =
        between ? (long) (-700_000 * Math.log(1 - random.nextDouble())) : random.nextInt(9000);
    return said.remove().at(realtime + 1 + gap, monotonic + 1 + gap);
  }

  private void play(long realtime) {
    int dice = random.nextInt(weights);
    int i = 0;
    while (dice >= scenes.get(i).weight()) {
      dice -= scenes.get(i++).weight();
    }
    drawn.clear();
    pid = pid > 4_000_000 ? 1000 : pid + 1 + random.nextInt(20);
    for (Line line : scenes.get(i).lines()) {
      int process = line.pid() < 0 ? pid : line.pid();
      List<String> fields = line.fields();
      if (line.unit().length > 1 || !line.unit()[0].equals("-")) {
        fields = new ArrayList<>(fields);
        fields.add("_SYSTEMD_UNIT=" + filled(line.unit(), realtime));
        fields.add("_PID=" + process);
      }
      String text = filled(line.parts(), realtime);
      said.add(new Message(0, 0, line.ident(), process, text, fields));
    }
  }

  private String filled(String[] parts, long realtime) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.length; i++) {
      text.append(i % 2 == 0 ? parts[i] : drawn.computeIfAbsent(parts[i], p -> draw(p, realtime)));
    }
    return text.toString();
  }

  private String draw(String name, long realtime) {
    int end = name.length();
    while (Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    return switch (name.substring(0, end)) {
      case "user" -> USERS[random.nextInt(USERS.length)];
      case "uid" -> "100" + random.nextInt(9);
      case "word" -> WORDS[random.nextInt(WORDS.length)];
      case "method" -> METHODS[random.nextInt(METHODS.length)];
      case "ip" -> "10." + random.nextInt(256) + "." + random.nextInt(256) + ".7";
      case "mac" -> "52:54:00:" + (10 + random.nextInt(90)) + ":34:56:52:55:0a:00:02:02:08:00";
      case "port" -> "" + (1024 + random.nextInt(64_000));
      case "session" -> "" + ++session;
      case "pid" -> "" + pid;
      case "small" -> "" + (1 + random.nextInt(9));
      case "number" -> "" + random.nextInt(10_000);
      case "count" -> "" + random.nextInt(100_000_000);
      case "percent" -> "" + random.nextInt(100);
      case "millis" -> "" + (int) (20 * Math.exp(random.nextGaussian()));
      case "seconds" -> random.nextInt(30) + "." + (100 + random.nextInt(900));
      case "hex" -> hex();
      case "vendor", "product" -> hex().substring(4);
      case "uuid" -> hex() + "-0c1d-4e2f-a1b2-" + hex() + "93aa";
      case "key" -> hex() + "Kq" + hex() + "x/" + hex() + "Vb+" + hex() + "mZ8wQ0";
      case "wall" -> realtime / 1_000_000 + "." + (1000 + realtime / 100 % 9000);
      case "iso" -> ISO.format(time(realtime));
      case "clf" -> CLF.format(time(realtime));
      default -> throw new IllegalArgumentException("chatter.txt: {" + name + "} is not known");
    };
  }

  private String hex() {
    String hex = Integer.toHexString(random.nextInt());
    return "00000000".substring(hex.length()) + hex;
  }

  private static LocalDateTime time(long micros) {
    return LocalDateTime.ofEpochSecond(
        micros / 1_000_000, (int) (micros % 1_000_000) * 1000, ZoneOffset.UTC);
  }
}
