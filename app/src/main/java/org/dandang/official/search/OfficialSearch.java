package org.dandang.official.search;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.dandang.official.register.IdentityNumber;
import org.dandang.platform.sealing.Sealing;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds officials by name, number and published facts, as the registers are now. */
@Component
public class OfficialSearch {
  private static final int AT_ONCE = 5_000;
  private static final int MOST_CHOICES = 400;

  private final SearchUpkeep upkeep;
  private final Facts facts;
  private final Sealing sealing;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final ZoneId zone;

  OfficialSearch(
      SearchUpkeep upkeep,
      Facts facts,
      Sealing sealing,
      JdbcClient jdbc,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.upkeep = upkeep;
    this.facts = facts;
    this.sealing = sealing;
    this.jdbc = jdbc;
    this.clock = clock;
    this.zone = zone;
  }

  /** Receives the officials of a list, in its order. */
  public interface Each {
    void official(Found.Official official) throws IOException;
  }

  /** The facts that can be asked for and shown, in the order of their ids. */
  public List<Fact> published() {
    return upkeep.published();
  }

  /** The officials of a page, with how many there are in all. */
  public Found find(OfficialFilter filter, int offset, int most) {
    SearchUpkeep.Ready ready = upkeep.ready();
    if (ready.index() == null) {
      return new Found(0, List.of(), ready.asOf(), ready.renewing());
    }
    Query query = query(filter);
    Sort sort = SearchQuery.order(filter, facts.catalogue());
    SearchDocument form = new SearchDocument(published());
    boolean withFacts =
        !filter.conditions().isEmpty() || facts.catalogue().find(filter.sort()).isPresent();
    return ready
        .index()
        .search(
            searcher -> {
              int count = searcher.count(query);
              int last = Math.min(count, offset + most);
              List<Found.Official> page = new ArrayList<>();
              if (offset < last) {
                IndexReader reader = searcher.getIndexReader();
                for (int number : numbers(searcher, query, sort, offset, last)) {
                  page.add(
                      withFacts
                          ? form.found(reader, number)
                          : new Found.Official(SearchDocument.line(reader, number), Map.of()));
                }
              }
              return new Found(count, page, ready.asOf(), ready.renewing());
            });
  }

  /** Every official of a list with all facts; memory does not grow with their number. */
  public long each(OfficialFilter filter, Each each) {
    SearchIndex index = upkeep.complete();
    Query query = query(filter);
    Sort sort = SearchQuery.order(filter, facts.catalogue());
    SearchDocument form = new SearchDocument(published());
    return index.search(
        searcher -> {
          IndexReader reader = searcher.getIndexReader();
          long done = 0;
          FieldDoc last = null;
          while (true) {
            TopDocs found = first(searcher, query, sort, last, AT_ONCE);
            for (ScoreDoc one : found.scoreDocs) {
              each.official(form.found(reader, one.doc));
              done++;
            }
            if (found.scoreDocs.length < AT_ONCE) {
              return done;
            }
            last = (FieldDoc) found.scoreDocs[found.scoreDocs.length - 1];
          }
        });
  }

  /**
   * The officials of a list, in its order.
   *
   * @param chosen only these of them; empty for all
   */
  public List<Long> ids(OfficialFilter filter, List<Long> chosen) {
    Set<Long> wanted = Set.copyOf(chosen);
    List<Long> ids = new ArrayList<>();
    each(
        filter,
        official -> {
          long id = official.line().id();
          if (wanted.isEmpty() || wanted.contains(id)) {
            ids.add(id);
          }
        });
    return ids;
  }

  /** How many serve today in each unit or within it; nobody while the first index is made. */
  public Map<Long, Long> inUnits(List<Long> units) {
    SearchIndex index = upkeep.ready().index();
    if (index == null) {
      return Map.of();
    }
    Sight sight = Sights.now();
    return index.search(
        searcher -> {
          Map<Long, Long> counts = new HashMap<>();
          for (Long unit : units) {
            Term within = new Term(SearchDocument.WITHIN, unit.toString());
            counts.put(
                unit, (long) searcher.count(SearchQuery.within(sight, new TermQuery(within))));
          }
          return counts;
        });
  }

  /** How many a list has. */
  public long count(OfficialFilter filter) {
    return upkeep.complete().search(searcher -> (long) searcher.count(query(filter)));
  }

  /** The documents from one place of a list up to another. */
  private static int[] numbers(IndexSearcher searcher, Query query, Sort sort, int from, int to)
      throws IOException {
    List<LeafReaderContext> parts = searcher.getIndexReader().leaves();
    if (sort.equals(SearchQuery.BY_NAME) && parts.size() == 1) {
      return asTheyStand(searcher, query, parts.getFirst(), from, to);
    }
    return Arrays.stream(first(searcher, query, sort, null, to).scoreDocs)
        .skip(from)
        .mapToInt(found -> found.doc)
        .toArray();
  }

  /** An index in one part stands in the order of names: nothing is left to be put in order. */
  private static int[] asTheyStand(
      IndexSearcher searcher, Query query, LeafReaderContext part, int from, int to)
      throws IOException {
    Scorer fitting =
        searcher
            .createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1)
            .scorer(part);
    if (fitting == null) {
      return new int[0];
    }
    Bits kept = part.reader().getLiveDocs();
    DocIdSetIterator each = fitting.iterator();
    int[] found = new int[to - from];
    int place = 0;
    while (place < to) {
      int number = each.nextDoc();
      if (number == DocIdSetIterator.NO_MORE_DOCS) {
        return Arrays.copyOf(found, Math.max(0, place - from));
      }
      if (kept == null || kept.get(number)) {
        if (place >= from) {
          found[place - from] = number;
        }
        place++;
      }
    }
    return found;
  }

  private static TopDocs first(
      IndexSearcher searcher, Query query, Sort sort, @Nullable FieldDoc after, int most)
      throws IOException {
    return searcher.search(query, new TopFieldCollectorManager(sort, most, after, 1));
  }

  private Query query(OfficialFilter filter) {
    Optional<IdentityNumber> number = IdentityNumber.of(filter.q());
    LocalDate today = LocalDate.now(clock.withZone(zone));
    if (number.isEmpty()) {
      return SearchQuery.within(Sights.now(), SearchQuery.of(filter, today));
    }
    List<BytesRef> holders =
        jdbc
            .sql("select official_id::text from official.current_identity where number_index = ?")
            .param(sealing.seal().index(number.get().digits()))
            .query(String.class)
            .list()
            .stream()
            .map(BytesRef::new)
            .toList();
    return SearchQuery.within(Sights.now(), new TermInSetQuery(SearchDocument.ID, holders));
  }

  /** Ranks that are held, those of most people first. */
  public List<String> ranks() {
    return words(SearchDocument.RANK);
  }

  /** Levels of the posts held today. */
  public List<String> levels() {
    return words(SearchDocument.LEVEL).stream().sorted().toList();
  }

  /** What a fact's text can be: what the fact says, or what there is, the most frequent first. */
  public List<String> values(Fact fact) {
    return fact.values().isEmpty() ? words(SearchDocument.field(fact)) : fact.values();
  }

  /** What there is at the moment; the list beside it has just seen to it that it is up to date. */
  private List<String> words(String field) {
    SearchIndex index = upkeep.held();
    if (index == null) {
      return List.of();
    }
    Sight sight = Sights.now();
    Map<String, Integer> frequent =
        index.search(
            searcher -> {
              Map<String, Integer> counts = new HashMap<>();
              for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                Terms terms = leaf.reader().terms(field);
                if (terms != null) {
                  TermsEnum each = terms.iterator();
                  for (BytesRef word = each.next(); word != null; word = each.next()) {
                    counts.merge(word.utf8ToString(), each.docFreq(), Integer::sum);
                  }
                }
              }
              return sight.ofAll() ? counts : seen(searcher, field, counts, sight);
            });
    return frequent.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_CHOICES)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Of the words there are, those of people the reader sees, with how many of them. */
  private static Map<String, Integer> seen(
      IndexSearcher searcher, String field, Map<String, Integer> words, Sight sight)
      throws IOException {
    Map<String, Integer> seen = new HashMap<>();
    for (String word : words.keySet()) {
      int people = searcher.count(SearchQuery.within(sight, new TermQuery(new Term(field, word))));
      if (people > 0) {
        seen.put(word, people);
      }
    }
    return seen;
  }
}
