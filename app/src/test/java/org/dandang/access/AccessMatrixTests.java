package org.dandang.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.run.PolicyRuns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Nobody sees what is not theirs: every route × verb × role × own, other, parent and recused, and
 * every answer searched for people who must not be in it. The routes stand in {@code
 * access-matrix.txt}; one that has no line there fails here.
 */
@MatrixTest
@Import(AccessMatrixTests.Unheld.class)
@TestPropertySource(properties = "dandang.test.database=matrix")
class AccessMatrixTests {
  private static final String POLICY = "guizhou/front-line-priority";
  private static final Pattern REFERENCE =
      Pattern.compile("&#(?:x([0-9a-fA-F]{1,5})|([0-9]{1,6}));");
  private static final String UNHELD = "X-Unheld";
  private static final boolean LONG = Boolean.getBoolean("dandang.long");

  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired Decisions decisions;
  @Autowired PolicyRuns policies;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping routes;

  private static County county;
  private static long run;
  private static final Map<String, SignedIn> READERS = new LinkedHashMap<>();

  /** Takes the sight away for a request that asks so: the control. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Unheld {
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    Filter seeingEverything() {
      return (asked, answer, chain) -> {
        if (((HttpServletRequest) asked).getHeader(UNHELD) == null) {
          chain.doFilter(asked, answer);
          return;
        }
        try {
          Sights.<@Nullable Void, Exception>doing(
              new org.dandang.platform.storage.Sight.Everything(),
              () -> {
                chain.doFilter(asked, answer);
                return null;
              });
        } catch (IOException | ServletException | RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new ServletException(e);
        }
      };
    }
  }

  @BeforeEach
  void twoCounties() {
    if (county == null) {
      county = new County(jdbc, accounts, assignments);
      county.settle();
      for (String person : List.of("inside", "outside", "parent", "kin", "officer")) {
        long id = Objects.requireNonNull(county.people.get(person));
        jdbc.sql(
                "insert into official.document_content (sha256, bytes, sealed) values (cast(:word"
                    + " as bytea), 1, cast(:word as bytea)) on conflict do nothing")
            .param("word", County.word(person).getBytes(StandardCharsets.UTF_8))
            .update();
        jdbc.sql(
                """
                insert into official.document (official_id, kind, title, file_name, media_type, sha256, recorded_at, recorded_by)
                values (:id, 'other', :word, :word, 'text/plain', cast(:bytes as bytea), now(), 'test')
                """)
            .param("id", id)
            .param("word", County.word(person))
            .param("bytes", County.word(person).getBytes(StandardCharsets.UTF_8))
            .update();
        decisions.keep(policies.pack(POLICY), LocalDate.of(2026, 6, 30), id, null, "test");
      }
      run =
          policies
              .run(POLICY, LocalDate.of(2026, 6, 30), null, "test", Progress.unwatched(), null)
              .id();
      reader("county", county.account("mx-county", "officer", Role.PERSONNEL_OFFICER, "county"));
      reader("all", county.account("mx-all", null, Role.PERSONNEL_OFFICER, null));
      reader("official", county.account("mx-own", "own", null, null));
      reader("head", county.account("mx-head", null, Role.HEAD_OF_UNIT, "bureau"));
      for (Role role : Role.values()) {
        if (role != Role.PERSONNEL_OFFICER && role != Role.OFFICIAL && role != Role.HEAD_OF_UNIT) {
          reader(
              role.word(),
              county.account(
                  "mx-" + role.word(), null, role, role.isAdministrator() ? null : "county"));
        }
      }
    }
  }

  private static void reader(String name, SignedIn account) {
    READERS.put(name, account);
  }

  @Test
  void everyRouteHasALineAndEveryLineARoute() throws IOException {
    Set<String> there = new TreeSet<>();
    routes
        .getHandlerMethods()
        .forEach(
            (info, method) -> {
              for (String pattern : info.getPatternValues()) {
                verbs(info).forEach(verb -> there.add(verb + " " + pattern));
              }
            });
    List<String> lines = MatrixLine.all().stream().map(MatrixLine::route).toList();
    assertThat(lines).doesNotHaveDuplicates();
    Set<String> missing = new TreeSet<>(there);
    lines.forEach(missing::remove);
    Set<String> gone = new TreeSet<>(lines);
    gone.removeAll(there);
    assertThat(missing).as("routes without a line in access-matrix.txt").isEmpty();
    assertThat(gone).as("lines without a route").isEmpty();
  }

  private static Set<String> verbs(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    Set<String> verbs = new TreeSet<>();
    methods.forEach(method -> verbs.add(method.name()));
    return verbs.isEmpty() ? Set.of("GET") : verbs;
  }

  @Test
  void everyDoorOpensToThoseOnlyForWhomItIs() throws Exception {
    List<String> wrong = new ArrayList<>();
    Map<String, @Nullable SignedIn> all = new LinkedHashMap<>(READERS);
    all.put("nobody", null);
    for (MatrixLine line : MatrixLine.all()) {
      String path = line.pattern().replaceAll("\\{[^}]*}|\\*+", "0");
      for (Map.Entry<String, @Nullable SignedIn> one : all.entrySet()) {
        MockHttpServletRequestBuilder asked =
            request(HttpMethod.valueOf(line.verb()), URI.create(path)).with(csrf());
        if (one.getValue() != null) {
          asked.with(user(one.getValue()));
        }
        if (!line.verb().equals("GET")) {
          asked.contentType("application/x-not-understood");
        }
        boolean passed;
        try {
          MockHttpServletResponse answer = mvc.perform(asked).andReturn().getResponse();
          String to = Objects.requireNonNullElse(answer.getRedirectedUrl(), "");
          passed =
              answer.getStatus() != 403 && !(one.getValue() == null && to.endsWith("/sign-in"));
        } catch (ServletException e) {
          passed = true; // past the door
        }
        if (passed != line.door().passes(one.getValue())) {
          wrong.add(one.getKey() + (passed ? " passes " : " is refused ") + line.route());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void pagesAboutAPersonAreAnsweredByWhoThePersonIsToTheReader() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (MatrixLine line : MatrixLine.all()) {
      if (!line.about().isEmpty()) {
        for (String person : county.people.keySet()) {
          int expected =
              switch (person) {
                case "outside", "parent" -> 404;
                case "kin", "officer" -> 403;
                default -> 0;
              };
          int status = statusOf(line, person, "county");
          if (expected != 0 && status != expected && line.door() == MatrixLine.Passing.OFFICERS) {
            wrong.add("county " + line.route() + " of " + person + ": " + status);
          }
          if (line.door() == MatrixLine.Passing.HEADS
              && !List.of("inside", "own", "officer", "kin").contains(person)
              && statusOf(line, person, "head") != 404) {
            wrong.add("head " + line.route() + " of " + person);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    for (String page : List.of("/officials/%d", "/officials/%d/form", "/policies/of/%d")) {
      for (String person : List.of("inside", "own", "managed")) {
        assertThat(status(page.formatted(county.people.get(person)), "county"))
            .as(page + " of " + person)
            .isEqualTo(200);
      }
      assertThat(status(page.formatted(county.people.get("outside")), "all")).isEqualTo(200);
    }
    assertThat(status("/my-unit/" + county.people.get("inside"), "head")).isEqualTo(200);
    assertThat(status("/me", "official")).isEqualTo(200);
  }

  private int statusOf(MatrixLine line, String person, String reader) throws Exception {
    String path =
        line.pattern()
            .replace("{" + line.about() + "}", String.valueOf(county.people.get(person)))
            .replace("{register}", "identity")
            .replaceAll("\\{[^}]*}", "1");
    MockHttpServletRequestBuilder asked =
        request(HttpMethod.valueOf(line.verb()), URI.create(path))
            .with(csrf())
            .with(user(Objects.requireNonNull(READERS.get(reader))));
    if (!line.verb().equals("GET")) {
      asked.contentType("application/x-www-form-urlencoded");
    }
    try {
      return mvc.perform(asked).andReturn().getResponse().getStatus();
    } catch (ServletException e) {
      return 500;
    }
  }

  private int status(String path, String reader) throws Exception {
    return answer(path, reader, false).getStatus();
  }

  @Test
  void noAnswerHoldsAWordOfSomebodyWhoIsNotTheReaders() throws Exception {
    List<String> leaks = new ArrayList<>();
    int answered = 0;
    for (String reader : LONG ? List.copyOf(READERS.keySet()) : SCANNED) {
      for (String path : paths()) {
        answered += leaks(path, reader, false, leaks);
      }
    }
    assertThat(leaks).isEmpty();
    assertThat(answered).as("answers with something in them").isGreaterThan(100);
  }

  private static final List<String> SCANNED =
      List.of("county", "official", "head", "discipline-officer", "security-administrator");

  /** The control: without the sight the same search finds people in lists, files and figures. */
  @Test
  void withTheSightTakenAwayTheSearchFindsThem() throws Exception {
    List<String> leaks = new ArrayList<>();
    for (String path :
        List.of(
            "/officials",
            "/officials/roster.csv",
            "/officials/roster.xlsx",
            "/runs/" + run,
            "/officials?fact=rank")) {
      List<String> found = new ArrayList<>();
      leaks(path, "county", true, found);
      assertThat(found).as(path).isNotEmpty();
      leaks.addAll(found);
    }
    for (long document = 1; document <= 5; document++) {
      leaks("/documents/" + document, "county", true, leaks);
    }
    assertThat(leaks).anyMatch(leak -> leak.contains("outside"));
  }

  /** Every page there is, with every number its variables can have here. */
  private List<String> paths() throws IOException {
    List<String> paths = new ArrayList<>();
    for (MatrixLine line : MatrixLine.all()) {
      if (line.verb().equals("GET")) {
        expand(line.pattern().replace("{place}/{practice}", POLICY), paths);
      }
    }
    paths.addAll(
        List.of(
            "/officials?unit=" + county.units.get("other"),
            "/officials?q=%E9%9B%80",
            "/officials?q=que",
            "/officials?sort=age&falling=true",
            "/officials?c=age:between:40%7C50",
            "/officials?flag=any",
            "/officials?fact=rank",
            "/officials?fact=" + "post-level",
            "/officials/compare?id="
                + county.people.get("outside")
                + "&id="
                + county.people.get("inside"),
            "/officials/compare.xlsx?id="
                + county.people.get("parent")
                + "&id="
                + county.people.get("inside"),
            "/officials/forms/print",
            "/my-unit?q=%E9%9B%80",
            "/units/" + county.units.get("other") + "/structure/officials?scope=subtree",
            "/units/" + county.units.get("city") + "/structure.csv?scope=subtree",
            "/units/" + county.units.get("county") + "/structure/officials?scope=subtree"));
    return paths;
  }

  private static void expand(String pattern, List<String> paths) {
    int open = pattern.indexOf('{');
    if (open < 0) {
      paths.add(pattern);
      return;
    }
    String name = pattern.substring(open + 1, pattern.indexOf('}')).replaceAll(":.*", "");
    List<String> values =
        switch (name) {
          case "register" -> List.of("identity", "family-member");
          case "kind" -> List.of("official");
          case "from" -> List.of("2026-01-01");
          case "row", "line", "file", "name", "place", "practice" -> List.of("1", "6");
          default -> numbers();
        };
    for (String value : values) {
      expand(
          pattern.substring(0, open) + value + pattern.substring(pattern.indexOf('}') + 1), paths);
    }
  }

  private static List<String> numbers() {
    return java.util.stream.LongStream.rangeClosed(1, 7).mapToObj(Long::toString).toList();
  }

  /** Adds what an answer must not hold; 1 where there was an answer with something in it. */
  private int leaks(String path, String reader, boolean unheld, List<String> leaks)
      throws Exception {
    String said;
    try {
      MockHttpServletResponse answer = answer(path, reader, unheld);
      if (answer.getStatus() != 200) {
        return 0;
      }
      said = text(answer.getContentAsByteArray());
    } catch (ServletException e) {
      return 0;
    }
    for (String person : county.people.keySet()) {
      if (!sees(reader, person) && said.contains(County.word(person))) {
        leaks.add(reader + " reads of " + person + " in " + path);
      }
    }
    return said.isEmpty() ? 0 : 1;
  }

  private static boolean sees(String reader, String person) {
    return switch (reader) {
      case "all" -> true;
      case "county" -> List.of("inside", "own", "managed", "officer").contains(person);
      case "official" -> person.equals("own");
      case "head" -> List.of("inside", "own", "officer", "kin").contains(person);
      default -> false;
    };
  }

  private MockHttpServletResponse answer(String path, String reader, boolean unheld)
      throws Exception {
    String with = path.contains("?") ? "&" : "?";
    MockHttpServletRequestBuilder asked =
        request(
                HttpMethod.GET,
                URI.create(path + with + "asOf=2026-06-30&on=2026-06-30&pack=" + POLICY))
            .with(user(Objects.requireNonNull(READERS.get(reader))));
    if (unheld) {
      asked.header(UNHELD, "yes");
    }
    return mvc.perform(asked).andReturn().getResponse();
  }

  /** What is said in an answer, that of the files within a zip, workbook or document too. */
  private static String text(byte[] content) throws IOException {
    if (content.length < 4 || content[0] != 'P' || content[1] != 'K') {
      return unescaped(new String(content, StandardCharsets.UTF_8));
    }
    StringBuilder text = new StringBuilder();
    Path file = Files.createTempFile("answer", ".zip");
    Files.write(file, content);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        text.append(text(zip.getInputStream(entry).readAllBytes()));
      }
    } finally {
      Files.delete(file);
    }
    return text.toString();
  }

  /** Workbooks write what is not ASCII as references. */
  private static String unescaped(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.toString(
                        found.group(1) != null
                            ? Integer.parseInt(found.group(1), 16)
                            : Integer.parseInt(found.group(2)))));
  }
}
