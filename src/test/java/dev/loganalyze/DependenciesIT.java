package dev.loganalyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;
import org.junit.jupiter.api.Test;

/**
 * What the build resolves, as the dependency plugin has written it down, against the licences that
 * go along with it ({@code META-INF/THIRD-PARTY}) and against the security faults that were stated
 * of it ({@code advisories.yaml}).
 */
class DependenciesIT {
  /** {@code group:artifact:jar:version:scope}, perhaps with a classifier. */
  private static final Pattern RESOLVED =
      Pattern.compile("(?m)^ +([^:\\s]+:[^:\\s]+):[^:\\s]+(?::[^:\\s]+)?:([^:\\s]+):(\\w+)\\b");

  private static final Pattern LICENSED = Pattern.compile("(?m)^  ([\\w.-]+:[\\w.-]+)$");

  record Library(String name, String version, String scope) {
    boolean isBundled() {
      return scope.equals("compile") || scope.equals("runtime");
    }
  }

  record Advisory(String id, String name, VersionRange affected, LocalDate published) {
    static Advisory of(JsonNode said) {
      try {
        return new Advisory(
            said.required("id").asText(),
            said.required("package").asText(),
            VersionRange.createFromVersionSpec(said.required("affected").asText()),
            LocalDate.parse(said.required("published").asText()));
      } catch (InvalidVersionSpecificationException e) {
        throw new IllegalArgumentException(said.toString(), e);
      }
    }

    boolean concerns(Library library) {
      return name.equals(library.name())
          && affected.containsVersion(new DefaultArtifactVersion(library.version()));
    }
  }

  private static List<Library> resolved() throws IOException {
    Matcher lines = RESOLVED.matcher(Files.readString(Path.of("target/dependencies.txt")));
    return lines
        .results()
        .map(line -> new Library(line.group(1), line.group(2), line.group(3)))
        .toList();
  }

  private static Set<String> bundled() throws IOException {
    return resolved().stream()
        .filter(Library::isBundled)
        .map(Library::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode statements() throws IOException {
    return new YAMLMapper().readTree(Path.of("src/test/resources/advisories.yaml").toFile());
  }

  private static List<Advisory> advisories() throws IOException {
    List<Advisory> all = new ArrayList<>();
    statements().required("advisories").forEach(said -> all.add(Advisory.of(said)));
    return all;
  }

  /** The ids of what was stated of {@code libraries}. */
  private static List<String> known(List<Library> libraries) throws IOException {
    return advisories().stream()
        .filter(advisory -> libraries.stream().anyMatch(advisory::concerns))
        .map(advisory -> advisory.id() + " of " + advisory.name())
        .toList();
  }

  private static String inJar(String name) throws IOException {
    try (ZipFile jar = new ZipFile(System.getProperty("loganalyze.jar"));
        InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void nothingThatIsResolvedHasAKnownFault() throws IOException {
    assertTrue(resolved().stream().anyMatch(l -> l.scope().equals("test")));
    assertEquals(List.of(), known(resolved()));
  }

  @Test
  void aVersionWithAKnownFaultIsFound() throws IOException {
    List<Library> planted =
        resolved().stream()
            .map(l -> l.name().equals("org.yaml:snakeyaml") ? version(l, "1.33") : l)
            .map(l -> l.name().endsWith(":commons-compress") ? version(l, "1.25.0") : l)
            .map(l -> l.name().endsWith(":zstd-jni") ? version(l, "1.3.7-3") : l)
            .toList();
    assertEquals(
        List.of(
            "CVE-2022-1471 of org.yaml:snakeyaml",
            "CVE-2024-25710 of org.apache.commons:commons-compress",
            "CVE-2024-26308 of org.apache.commons:commons-compress",
            "CVE-2019-11922 of com.github.luben:zstd-jni"),
        known(planted));
    Library mended = new Library("com.fasterxml.jackson.core:jackson-databind", "2.13.4.2", "test");
    assertEquals(
        List.of("CVE-2023-35116 of com.fasterxml.jackson.core:jackson-databind"),
        known(List.of(mended)));
    assertTrue(
        known(List.of(version(mended, "2.13.4.1")))
            .contains("CVE-2022-42003 of com.fasterxml.jackson.core:jackson-databind"));
  }

  private static Library version(Library library, String version) {
    return new Library(library.name(), version, library.scope());
  }

  @Test
  void everythingBundledWasLookedUpAndNothingIsNewerThanTheList() throws IOException {
    LocalDate until = LocalDate.parse(statements().required("until").asText());
    Set<String> clean = new TreeSet<>();
    statements().required("none").forEach(name -> clean.add(name.asText()));
    Set<String> lookedUp = new TreeSet<>(clean);
    for (Advisory advisory : advisories()) {
      assertTrue(advisory.id().matches("CVE-\\d{4}-\\d{4,}"), advisory.id());
      assertFalse(advisory.affected().getRestrictions().isEmpty(), advisory.id());
      assertFalse(advisory.published().isAfter(until), advisory.id());
      assertFalse(clean.contains(advisory.name()), advisory.name() + " has faults");
      lookedUp.add(advisory.name());
    }
    Set<String> missing = bundled();
    missing.removeAll(lookedUp);
    assertEquals(Set.of(), missing, "advisories.yaml says nothing of these");
  }

  @Test
  void everythingBundledStandsWithItsLicence() throws IOException {
    Set<String> licensed =
        LICENSED
            .matcher(inJar("META-INF/THIRD-PARTY"))
            .results()
            .map(line -> line.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(bundled(), licensed);
  }

  @Test
  void theJarCarriesTheTextsOfTheLicencesAndTheNotices() throws IOException {
    assertEquals(Files.readString(Path.of("LICENSE")), inJar("META-INF/LICENSE"));
    String others = inJar("META-INF/THIRD-PARTY");
    for (String text :
        List.of(
            "The ANTLR Project",
            "The Go Authors",
            "Luben Karavelov",
            "Meta Platforms",
            "XZ for Java authors",
            "Neither the name of the copyright holder",
            "2. Redistributions in binary form must reproduce",
            "with or without fee is",
            "Permission is hereby granted, free of charge, to any person obtaining a copy",
            "unless such copies or derivative works are solely in the form")) {
      assertTrue(others.contains(text), text);
    }
    String notices = inJar("META-INF/NOTICE");
    for (String notice :
        List.of(
            "Commons Compress", "Commons Codec", "Commons IO", "Commons Lang", "Jackson JSON")) {
      assertTrue(notices.contains(notice), notice);
    }
  }
}
