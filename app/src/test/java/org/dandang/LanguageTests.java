package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word of a page is in the message files, in each language. */
class LanguageTests {
  private static final Path MAIN = Path.of("src", "main");
  private static final List<String> LANGUAGES = List.of("zh_CN", "zh_Hant", "en");
  private static final Pattern WORD =
      Pattern.compile("\\bword(?:Or)?\\(\\s*\"([^\"]+)\"\\s*([,)+])");
  private static final Pattern ENTRY =
      Pattern.compile("new NavigationEntry\\(\\s*\\d+,\\s*\"([^\"]+)\"");
  private static final Pattern NAMED = Pattern.compile("(?m)^-- (subject|type|unit): ([\\w-]+)$");
  private static final Pattern LEDGER_ENTRY =
      Pattern.compile(
          "[lL]edger\\s*\\.append(?:About)?\\(\\s*[\\w.]+(?:\\(\\))?,\\s*\"([a-z-]+)\",(?:\\s*\"([a-z-]+)\",)?");
  private static final Pattern TRADITIONAL_TITLE =
      Pattern.compile("zh-Hant[\"']?: *(\"[^\"]*\"|[^,}\\n]*)");
  private static final Set<String> SIMPLIFIED_IN_BIG5 = Set.of("异", "扰");
  private static final Pattern READ =
      Pattern.compile("\\b(?:title|alt|placeholder|aria-label|aria-description)=\"([^\"$]*)\"");

  @Test
  void everyFamilyHasTheSameKeysInEachLanguage() throws IOException {
    Map<String, Map<String, Set<String>>> families = families();
    assertThat(families).containsKeys("platform", "insight");
    families.forEach(
        (family, languages) -> {
          assertThat(languages.keySet()).as(family).containsAll(LANGUAGES);
          Set<String> keys = languages.get("zh_CN");
          languages.forEach(
              (language, same) -> assertThat(same).as(family + "_" + language).isEqualTo(keys));
        });
  }

  /**
   * Big5 has no simplified characters but a few rare ones; these were found where they must not be.
   */
  @Test
  void whatIsInTraditionalCharactersHasNoSimplifiedOnes() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : files(MAIN.resolve(Path.of("resources", "messages")), "_zh_Hant.properties")) {
      read(file).forEach((key, text) -> traditional(file + " " + key, (String) text, wrong));
    }
    for (Path file : files(Path.of("..", "packs"), "messages.zh-Hant.properties")) {
      read(file).forEach((key, text) -> traditional(file + " " + key, (String) text, wrong));
    }
    for (Path file : files(Path.of("..", "packs"), ".yaml")) {
      Matcher titles = TRADITIONAL_TITLE.matcher(Files.readString(file));
      while (titles.find()) {
        traditional(file.toString(), titles.group(1), wrong);
      }
    }
    assertThat(wrong).isEmpty();
    traditional("the control", "管辖范围", wrong);
    assertThat(wrong).hasSize(1);
  }

  private static void traditional(String where, String text, List<String> wrong) {
    CharsetEncoder big5 = Charset.forName("Big5").newEncoder();
    String simplified =
        text.codePoints()
            .filter(Character::isIdeographic)
            .mapToObj(Character::toString)
            .filter(one -> !big5.canEncode(one) || SIMPLIFIED_IN_BIG5.contains(one))
            .distinct()
            .collect(Collectors.joining());
    if (!simplified.isEmpty()) {
      wrong.add(where + ": " + simplified);
    }
  }

  @Test
  void whatTheLedgerNamesHasWords() throws IOException {
    Set<String> keys = new HashSet<>();
    families().values().forEach(languages -> languages.values().forEach(keys::addAll));
    Set<String> wordless = new TreeSet<>();
    int found = 0;
    for (Path file : files(MAIN.resolve("java"), ".java")) {
      Matcher entry = LEDGER_ENTRY.matcher(Files.readString(file));
      while (entry.find()) {
        found++;
        wordless.add("ledger.action." + entry.group(1));
        if (entry.group(2) != null) {
          wordless.add("ledger.kind." + entry.group(2));
        }
      }
    }
    assertThat(found).isGreaterThan(80);
    wordless.removeAll(keys);
    assertThat(wordless).isEmpty();
  }

  @Test
  void everyFamilyIsKnownToTheApplicationAndNoKeyIsInTwo() throws IOException {
    Properties settings = read(MAIN.resolve(Path.of("resources", "application.properties")));
    Set<String> seen = new HashSet<>();
    families()
        .forEach(
            (family, languages) -> {
              assertThat(settings.getProperty("spring.messages.basename").split(","))
                  .contains("messages/" + family);
              for (String key : languages.getOrDefault("zh_CN", Set.of())) {
                assertThat(seen.add(key)).as(key + " is in another family too").isTrue();
              }
            });
  }

  @Test
  void everyWordThatIsUsedExists() throws IOException {
    Set<String> keys = new TreeSet<>();
    families().values().forEach(languages -> languages.values().forEach(keys::addAll));
    List<String> missing = new ArrayList<>();
    for (Path file : files(MAIN, ".jte", ".java")) {
      String text = Files.readString(file);
      for (Pattern pattern : List.of(WORD, ENTRY)) {
        Matcher use = pattern.matcher(text);
        while (use.find()) {
          String key = use.group(1);
          boolean whole = pattern == ENTRY || !use.group(2).equals("+");
          boolean there =
              whole ? keys.contains(key) : keys.stream().anyMatch(k -> k.startsWith(key));
          if (!there && !use.group().contains("wordOr")) {
            missing.add(file.getFileName() + ": " + key);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everySubjectTypeAndUnitOfAFactHasItsWord() throws IOException {
    Set<String> keys = new TreeSet<>();
    families().values().forEach(languages -> languages.values().forEach(keys::addAll));
    List<String> missing = new ArrayList<>();
    for (Path fact : files(MAIN.resolve(Path.of("resources", "facts")), ".sql")) {
      Matcher named = NAMED.matcher(Files.readString(fact));
      while (named.find()) {
        String key = named.group(1) + "." + named.group(2);
        if (!keys.contains(key)) {
          missing.add(fact.getFileName() + ": " + key);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void noTemplateHasWordsOfItsOwn() throws IOException {
    List<String> own = new ArrayList<>();
    for (Path file : files(MAIN.resolve("jte"), ".jte")) {
      Template template = new Template(Files.readString(file));
      for (String text : template.texts()) {
        if (text.replaceAll("&#?\\w+;|\\b(xlsx|csv|docx|lrmx)\\b", "")
            .chars()
            .anyMatch(Character::isLetter)) {
          own.add(file + ": " + text.strip());
        }
      }
    }
    assertThat(own).isEmpty();
  }

  @Test
  void wordsOfATemplateAreFound() {
    assertThat(
            new Template(
                    """
                    @import a.B
                    @param B page
                    @template.shell(page = page, title = page.word("a"), content = @`
                    <a title="Read me" href="/x?${page.path() > 1 ? "}" : "b"}">${page.word("c")} own</a>
                    @if(a(b) > 1)<b>–</b>@else<%-- remark --%>@endif
                    `)
                    """)
                .texts().stream().map(String::strip).filter(text -> !text.isEmpty()))
        .containsExactly("Read me", "own", "–");
  }

  /** Reads only as much of a template as is needed to find what is neither code nor tag. */
  private static final class Template {
    private final String source;
    private final List<String> texts = new ArrayList<>();
    private StringBuilder text = new StringBuilder();
    private int at;

    Template(String source) {
      this.source = source;
      content(false);
      end();
    }

    List<String> texts() {
      return texts;
    }

    private void content(boolean within) {
      while (at < source.length()) {
        if (within && source.charAt(at) == '`') {
          at++;
          end();
          return;
        }
        if (!code()) {
          if (source.charAt(at) == '<') {
            end();
            tag();
          } else {
            text.append(source.charAt(at++));
          }
        }
      }
    }

    /** Passes over code, if there is some here. */
    private boolean code() {
      if (here("<%--")) {
        at = after("--%>");
      } else if (here("${") || here("$unsafe{") || here("!{")) {
        balanced('{', '}');
      } else if (here("@import") || here("@param")) {
        at = after("\n");
      } else if (here("@if(") || here("@elseif(") || here("@for(") || here("@template.")) {
        balanced('(', ')');
      } else if (here("@else") || here("@endif") || here("@endfor")) {
        at = Math.min(source.length(), at + 1);
        while (at < source.length() && Character.isLetter(source.charAt(at))) {
          at++;
        }
      } else {
        return false;
      }
      return true;
    }

    private void balanced(char open, char close) {
      at = source.indexOf(open, at);
      int depth = 0;
      while (at < source.length()) {
        char c = source.charAt(at);
        if (here("@`")) {
          end();
          at += 2;
          content(true);
          continue;
        }
        at++;
        if (c == '"') {
          while (source.charAt(at) != '"') {
            at += source.charAt(at) == '\\' ? 2 : 1;
          }
          at++;
        } else if (c == open) {
          depth++;
        } else if (c == close && --depth == 0) {
          return;
        }
      }
    }

    private void tag() {
      StringBuilder tag = new StringBuilder();
      while (at < source.length() && source.charAt(at) != '>') {
        int from = at;
        if (code()) {
          tag.append('$').append(source, from, from);
        } else {
          tag.append(source.charAt(at++));
        }
      }
      at++;
      Matcher read = READ.matcher(tag);
      while (read.find()) {
        texts.add(read.group(1));
      }
    }

    private boolean here(String start) {
      return source.startsWith(start, at);
    }

    private int after(String end) {
      int found = source.indexOf(end, at);
      return found < 0 ? source.length() : found + end.length();
    }

    private void end() {
      texts.add(text.toString());
      text = new StringBuilder();
    }
  }

  /** Keys by family and language. */
  private static Map<String, Map<String, Set<String>>> families() throws IOException {
    Map<String, Map<String, Set<String>>> families = new TreeMap<>();
    for (Path file : files(MAIN.resolve(Path.of("resources", "messages")), ".properties")) {
      String name = file.getFileName().toString().replace(".properties", "");
      int cut = name.indexOf('_');
      families
          .computeIfAbsent(cut < 0 ? name : name.substring(0, cut), family -> new TreeMap<>())
          .put(cut < 0 ? "" : name.substring(cut + 1), read(file).stringPropertyNames());
    }
    // A file without a language is only what stands in for a missing one.
    families.values().forEach(languages -> languages.values().removeIf(Set::isEmpty));
    return families;
  }

  private static Properties read(Path file) throws IOException {
    Properties words = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      words.load(reader);
    }
    return words;
  }

  private static List<Path> files(Path folder, String... ends) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> Stream.of(ends).anyMatch(file.toString()::endsWith)).toList();
    }
  }
}
