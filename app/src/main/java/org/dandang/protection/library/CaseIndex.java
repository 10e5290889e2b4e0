package org.dandang.protection.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Published cases, searched by words and by likeness. Likeness counts what the rules look at first:
 * the same situation, the same answers; words in common come after, rare ones more than usual ones.
 */
public final class CaseIndex implements AutoCloseable {
  private static final int MOST_WORDS = 24;
  private static final int WORDS_SHOWN = 6;
  private static final int LONGEST_RUN = 16;
  private static final float SITUATION = 6f;
  private static final float ANSWER = 0.5f;

  private final IndexWriter writer;
  private final SearcherManager searchers;

  /** An empty one, in memory. */
  public CaseIndex() {
    try {
      writer = new IndexWriter(new ByteBuffersDirectory(), new IndexWriterConfig());
      searchers = new SearcherManager(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A case that is like a matter, with why.
   *
   * @param situation whether it is of the same situation
   * @param answers fields answered alike besides
   * @param words what both say around words that are rare, the longest first
   */
  public record Like(long id, boolean situation, List<String> answers, List<String> words) {}

  /** Puts cases in, or in the place of what they were; they are found after {@link #show}. */
  public void put(Collection<TypicalCase> cases) {
    try {
      for (TypicalCase one : cases) {
        Document document = new Document();
        String id = Long.toString(one.id());
        document.add(new StringField("id", id, Field.Store.YES));
        document.add(new TextField("text", new Pairs(one.title() + "\n" + one.text())));
        document.add(new StoredField("words", one.title() + "\n" + one.text()));
        if (one.situation() != null) {
          document.add(new StringField("situation", one.situation(), Field.Store.YES));
        }
        document.add(new StringField("outcome", one.outcome(), Field.Store.NO));
        one.answers()
            .forEach(
                (field, value) ->
                    document.add(new StringField("answer", field + "=" + value, Field.Store.YES)));
        writer.updateDocument(new Term("id", id), document);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a case out. */
  public void remove(long id) {
    try {
      writer.deleteDocuments(new Term("id", Long.toString(id)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets searches see what was changed. */
  public void show() {
    try {
      searchers.maybeRefreshBlocking();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Question<T> {
    T ask(IndexSearcher searcher) throws IOException;
  }

  private <T> T ask(Question<T> question) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return question.ask(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers of cases that have every word of a text, the best first. */
  public List<Long> find(String text, int most) {
    List<String> terms = Pairs.of(text);
    if (terms.isEmpty()) {
      return List.of();
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    terms.stream()
        .distinct()
        .limit(64)
        .forEach(term -> all.add(new TermQuery(new Term("text", term)), Occur.MUST));
    return ask(
        searcher -> {
          List<Long> found = new ArrayList<>();
          for (ScoreDoc hit : searcher.search(all.build(), most).scoreDocs) {
            found.add(
                Long.valueOf(searcher.storedFields().document(hit.doc, Set.of("id")).get("id")));
          }
          return found;
        });
  }

  /** The cases most like a matter. */
  public List<Like> like(
      @Nullable String situation, Map<String, String> answers, String text, int most) {
    return ask(
        searcher -> {
          List<String> words = telling(searcher.getIndexReader(), text);
          BooleanQuery.Builder any = new BooleanQuery.Builder();
          if (situation != null) {
            any.add(same("situation", situation, SITUATION), Occur.SHOULD);
          }
          answers.forEach(
              (field, value) -> any.add(same("answer", field + "=" + value, ANSWER), Occur.SHOULD));
          words.forEach(word -> any.add(new TermQuery(new Term("text", word)), Occur.SHOULD));
          List<Like> likes = new ArrayList<>();
          for (ScoreDoc hit : searcher.search(any.build(), most).scoreDocs) {
            likes.add(
                why(searcher.storedFields().document(hit.doc), situation, answers, words, text));
          }
          return likes;
        });
  }

  private static Query same(String field, String value, float weight) {
    return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(field, value))), weight);
  }

  private static Like why(
      Document document,
      @Nullable String situation,
      Map<String, String> answers,
      List<String> words,
      String text) {
    Set<String> said = Set.of(document.getValues("answer"));
    return new Like(
        Long.parseLong(document.get("id")),
        situation != null && situation.equals(document.get("situation")),
        answers.entrySet().stream()
            .filter(one -> said.contains(one.getKey() + "=" + one.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList(),
        common(text, document.get("words"), words));
  }

  /** What two texts both say around words that tell cases apart, the longest first. */
  private static List<String> common(String text, String other, List<String> words) {
    Set<String> runs = new LinkedHashSet<>();
    for (String word : words) {
      for (int at = text.indexOf(word);
          at >= 0 && runs.size() < 4 * WORDS_SHOWN;
          at = text.indexOf(word, at + word.length())) {
        if (other.contains(word)) {
          runs.add(widened(text, at, at + word.length(), other));
        }
      }
    }
    List<String> longest = new ArrayList<>();
    runs.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .filter(run -> longest.stream().noneMatch(kept -> kept.contains(run)))
        .forEach(longest::add);
    return longest.stream().limit(WORDS_SHOWN).toList();
  }

  /** A part of a text with what stands around it as long as the other text says the same. */
  private static String widened(String text, int from, int until, String other) {
    int begin = from;
    int end = until;
    while (end < text.length()
        && end - begin < LONGEST_RUN
        && Character.isLetterOrDigit(text.charAt(end))
        && other.contains(text.substring(begin, end + 1))) {
      end++;
    }
    while (begin > 0
        && end - begin < LONGEST_RUN
        && Character.isLetterOrDigit(text.charAt(begin - 1))
        && other.contains(text.substring(begin - 1, end))) {
      begin--;
    }
    return text.substring(begin, end);
  }

  /**
   * The words of a text that tell cases apart: rare in the library, but there; the rarest first.
   */
  private static List<String> telling(IndexReader reader, String text) throws IOException {
    Map<String, Integer> rarity = new HashMap<>();
    int all = Math.max(1, reader.numDocs());
    for (String word : new LinkedHashSet<>(Pairs.of(text))) {
      int cases = reader.docFreq(new Term("text", word));
      if (cases > 0 && (all < 20 || cases <= all / 4)) {
        rarity.put(word, cases);
      }
    }
    return rarity.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, Integer>>comparingInt(Map.Entry::getValue)
                .thenComparing(Map.Entry::getKey))
        .limit(MOST_WORDS)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.close();
  }
}
