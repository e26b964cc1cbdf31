package dev.loganalyze.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loganalyze.cli.Guests;
import dev.loganalyze.report.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packages that the profile {@code release} makes, on a clean Debian that has Java and neither
 * Maven nor a compiler. Wants root, for chroot.
 */
class PackageIT {
  private static final Path BUILT = Path.of("target").toAbsolutePath();
  private static final String LOG = "14-fstab-missing-uuid-emergency.log";
  private static final String AS_NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups ";

  @TempDir Path folder;

  private Path debian;

  record Result(int status, String out) {}

  private Result run(String... command) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), String.join(" ", command));
    return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
  }

  /** Runs {@code command} inside, where /proc is as on any machine; output and errors together. */
  private Result inside(String command) throws Exception {
    return run(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount -t proc proc \"$0/proc\" && exec chroot \"$0\" env -i HOME=/nonexistent"
            + " PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 bash -c \"$1\"",
        debian.toString(),
        command);
  }

  private String ok(String command) throws Exception {
    Result result = inside(command);
    assertEquals(0, result.status(), command + "\n" + result.out());
    return result.out();
  }

  @BeforeEach
  void aCleanMachine() throws Exception {
    debian = Guests.debian();
    ok("dpkg --purge loganalyze 2>/dev/null; find /tmp -mindepth 1 -delete");
    ok("! command -v mvn && ! command -v javac");
    Path tmp = debian.resolve("tmp");
    Files.copy(BUILT.resolve("loganalyze.deb"), tmp.resolve("loganalyze.deb"));
    Files.copy(BUILT.resolve("loganalyze.tar.gz"), tmp.resolve("loganalyze.tar.gz"));
    Files.copy(Path.of("sample-logs", LOG), tmp.resolve(LOG));
  }

  @AfterEach
  void leftAsItWas() throws Exception {
    ok("dpkg --purge loganalyze 2>/dev/null; find /tmp -mindepth 1 -delete");
  }

  /** What the checkout says of the log. */
  private String expected() throws Exception {
    return run("sh", "-c", "cd sample-logs && COLUMNS= LC_ALL=C.UTF-8 ../loganalyze " + LOG).out();
  }

  private List<Path> archives(String below) throws IOException {
    return files(debian.resolve(below)).stream().filter(f -> f.endsWith("java.jsa")).toList();
  }

  @Test
  void theDebianPackageIsInstalledWorksAndIsRemoved() throws Exception {
    String before = ok("find / -xdev -path /proc -prune -o -path /tmp -prune -o -print | sort");
    String installed = ok("dpkg --install /tmp/loganalyze.deb");
    assertFalse(installed.contains("warning"), installed);
    assertEquals("", ok("dpkg --verify loganalyze"));

    Result analysed = inside("cd /tmp && " + AS_NOBODY + "loganalyze " + LOG);
    assertEquals(expected(), analysed.out());
    assertEquals(1, analysed.status());

    assertTrue(
        ok("MANPAGER=cat man loganalyze-history-add").contains("loganalyze history add"), "man");
    assertEquals(
        "timing\n",
        ok(
            ". /usr/share/bash-completion/bash_completion; __load_completion loganalyze;"
                + " COMP_WORDS=(loganalyze tim); COMP_CWORD=1; _complete_loganalyze;"
                + " echo \"${COMPREPLY[@]}\""));
    assertEquals(
        "_loganalyze\n",
        ok("zsh -fc 'autoload -Uz compinit; compinit -D; print $_comps[loganalyze]'"));
    String licences = ok("cat /usr/share/doc/loganalyze/copyright");
    assertTrue(licences.contains("/usr/share/common-licenses/Apache-2.0"), licences);
    assertTrue(licences.contains("The ANTLR Project"), licences);
    assertTrue(
        ok("zcat /usr/share/doc/loganalyze/changelog.gz")
            .startsWith("loganalyze (" + ok("dpkg-query -W -f '${Version}' loganalyze") + ") "));

    for (String end : List.of("remove", "purge")) {
      String removed = ok("dpkg --" + end + " loganalyze");
      assertFalse(removed.contains("warning"), removed);
    }
    String after = ok("find / -xdev -path /proc -prune -o -path /tmp -prune -o -print | sort");
    assertEquals(owned(before), owned(after));
  }

  /** Without what dpkg and man-db keep of every package that was ever there. */
  private static String owned(String files) {
    return files
        .lines()
        .filter(file -> !file.matches("/var/(lib/dpkg|cache/man|log)/.*"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void itsArchiveOfClassesIsMadeForTheJavaThatIsThereAndAgainForAnother() throws Exception {
    ok("dpkg --install /tmp/loganalyze.deb");
    List<Path> archive = archives("var/cache/loganalyze");
    assertEquals(1, archive.size());
    assertTrue(Files.size(archive.get(0)) > 1_000_000);
    String java = ok("readlink -f /usr/bin/java").strip();
    assertTrue(archive.get(0).endsWith("var/cache/loganalyze" + java + ".jsa"), archive.toString());
    // Nobody's runs take it as it is.
    Object made = Files.getAttribute(archive.get(0), "unix:ctime");
    ok(AS_NOBODY + "env HOME=/tmp loganalyze --version");
    assertEquals(made, Files.getAttribute(archive.get(0), "unix:ctime"));
    assertEquals(List.of(), archives("tmp"));

    ok("dpkg-trigger --by-package=java /usr/lib/jvm && dpkg --configure --pending");
    assertNotEquals(made, Files.getAttribute(archive.get(0), "unix:ctime"));

    // A java that nobody told the package of: the user's own cache.
    ok("touch " + java);
    ok(AS_NOBODY + "env HOME=/tmp loganalyze --version");
    assertEquals(1, archives("tmp/.cache/loganalyze").size());
  }

  @Test
  void lintianFindsNothingWrong() throws Exception {
    // The newest classes of zstd-jni, which older javas never load, are newer than lintian.
    Result lint =
        run(
            "lintian",
            "--allow-root",
            "--fail-on=error,warning",
            "--suppress-tags=unknown-java-class-version",
            BUILT.resolve("loganalyze.deb").toString());
    assertEquals(0, lint.status(), lint.out());
  }

  @Test
  void theTarballRunsWhereItIsUnpacked() throws Exception {
    ok("cd /tmp && " + AS_NOBODY + "tar xf loganalyze.tar.gz");
    String home = ok("echo /tmp/loganalyze-*/").strip();
    for (int run = 0; run < 2; run++) {
      Result analysed = inside("cd /tmp && " + AS_NOBODY + home + "loganalyze " + LOG);
      assertEquals(expected(), analysed.out());
      assertEquals(1, analysed.status());
      assertEquals(1, archives(home.substring(1) + "cache").size());
    }
    for (String file :
        List.of(
            "LICENSE",
            "THIRD-PARTY",
            "INSTALL.md",
            "CHANGELOG.md",
            "loganalyze.cdx.json",
            "share/man/man1/loganalyze.1.gz",
            "share/bash-completion/completions/loganalyze",
            "share/zsh/site-functions/_loganalyze")) {
      assertTrue(Files.size(debian.resolve(home.substring(1) + file)) > 100, file);
    }
    assertTrue(
        ok("MANPATH=" + home + "share/man MANPAGER=cat man loganalyze").contains("SYNOPSIS"),
        "man");
  }

  @Test
  void theContainerIsBuiltAndRunsAsNobody() throws Exception {
    String buildah =
        "buildah --storage-driver vfs --root " + folder + "/images --runroot " + folder + "/run ";
    Path logs = Files.createDirectory(folder.resolve("logs"));
    Files.copy(Path.of("sample-logs", LOG), logs.resolve(LOG));
    String script =
        """
        base=$(B from scratch)
        tar -C "$0" -cf "$1.tar" .
        B add --quiet "$base" "$1.tar" / >/dev/null
        B commit --quiet "$base" localhost/base >/dev/null
        B bud --isolation chroot --build-arg BASE=localhost/base \
          -f src/packaging/Containerfile -t loganalyze target >/dev/null 2>&1
        made=$(B from --pull-never localhost/loganalyze)
        B run --isolation chroot -v "$1:/logs:ro" "$made" -- sh -c '! command -v mvn && id -u >&2'
        B run --isolation chroot -v "$1:/logs:ro" "$made" -- loganalyze "$2" 2>/dev/null
        """;
    Result run =
        run(
            "bash",
            "-euc",
            "B() { " + buildah + "\"$@\"; }\n" + script,
            debian.toString(),
            logs.toString(),
            LOG);
    assertEquals("65534\n" + expected(), run.out());
    assertEquals(1, run.status());
  }

  @Test
  void theNixExpressionBuildsATreeThatRuns() throws Exception {
    Result built =
        run(
            "sh",
            "-c",
            "NIX_STORE_DIR=$0/store NIX_STATE_DIR=$0/var NIX_LOG_DIR=$0/log nix-build"
                + " --no-out-link --option sandbox false --option substitute false --option build-users-group ''"
                + " --arg tarball \"$1\" \"$2\" 2>/dev/null",
            folder.toString(),
            BUILT.resolve("loganalyze.tar.gz").toString(),
            "src/test/packaging/stand-in.nix");
    assertEquals(0, built.status(), built.out());
    Path tree = Path.of(built.out().strip());
    assertTrue(tree.toString().endsWith("-loganalyze-" + Tool.VERSION), tree.toString());
    List<Path> before = files(tree);
    Result version =
        run("sh", "-c", "XDG_CACHE_HOME=$0 $1/bin/loganalyze --version", folder + "/c", tree + "");
    assertEquals("loganalyze " + Tool.VERSION + "\n", version.out());
    assertEquals(before, files(tree));
    assertTrue(files(folder.resolve("c")).stream().anyMatch(f -> f.endsWith("java.jsa")));
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.sorted().toList();
    }
  }

  @Test
  void theBillOfMaterialsNamesWhatTheLicencesNameAndNothingThatChanges() throws Exception {
    JsonNode bill = new ObjectMapper().readTree(BUILT.resolve("loganalyze.cdx.json").toFile());
    assertEquals("CycloneDX", bill.required("bomFormat").asText());
    assertFalse(bill.has("serialNumber"));
    assertFalse(bill.required("metadata").has("timestamp"));
    Set<String> components = new TreeSet<>();
    for (JsonNode one : bill.required("components")) {
      assertTrue(one.required("licenses").size() > 0, one.toString());
      assertTrue(one.required("purl").asText().contains("@" + one.required("version").asText()));
      components.add(one.required("group").asText() + ":" + one.required("name").asText());
    }
    assertEquals(
        Pattern.compile("(?m)^  ([\\w.-]+:[\\w.-]+)$")
            .matcher(Files.readString(Path.of("src/main/resources/META-INF/THIRD-PARTY")))
            .results()
            .map(line -> line.group(1))
            .collect(Collectors.toCollection(TreeSet::new)),
        components);
  }
}
