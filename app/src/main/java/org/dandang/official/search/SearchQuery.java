package org.dandang.official.search;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.SortedSetSelector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.dandang.platform.storage.Sight;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.FactType;

/** Puts a filter into the index's own question. */
final class SearchQuery {
  /** How the index itself is ordered, so that the first of a list are found first. */
  static final Sort BY_NAME =
      new Sort(
          new SortField(SearchDocument.ORDER, SortField.Type.STRING),
          new SortField(SearchDocument.NUMBER, SortField.Type.LONG));

  private SearchQuery() {}

  static Query of(OfficialFilter filter, LocalDate today) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    if (!filter.q().isBlank()) {
      all.add(named(filter.q().strip().toLowerCase(Locale.ROOT)), Occur.FILTER);
    }
    if (filter.unit() != null) {
      must(all, SearchDocument.WITHIN, filter.unit().toString());
    }
    if (!filter.unknownUnit().isEmpty()) {
      return MatchNoDocsQuery.INSTANCE;
    }
    must(all, SearchDocument.RANK, filter.rank());
    must(all, SearchDocument.LEVEL, filter.level());
    must(all, SearchDocument.STATUS, filter.status());
    must(all, SearchDocument.SEX, filter.sex());
    must(all, SearchDocument.FRONT_LINE, filter.frontLine().equals("now") ? "true" : "");
    if (filter.flag().equals("any")) {
      all.add(new PrefixQuery(new Term(SearchDocument.FLAG, "")), Occur.FILTER);
    } else {
      must(all, SearchDocument.FLAG, filter.flag());
    }
    if (!filter.age().isEmpty()) {
      String[] band = filter.age().split("-");
      all.add(
          LongField.newRangeQuery(
              SearchDocument.BORN,
              today.minusYears(Long.parseLong(band[1]) + 1).toEpochDay() + 1,
              today.minusYears(Long.parseLong(band[0])).toEpochDay()),
          Occur.FILTER);
    }
    conditions(all, filter);
    BooleanQuery query = all.build();
    return query.clauses().isEmpty() ? MatchAllDocsQuery.INSTANCE : query;
  }

  /** Holds a question to those the reader sees. */
  static Query within(Sight sight, Query asked) {
    return switch (sight) {
      case Sight.Everything everything -> asked;
      case Sight.Nothing nothing -> MatchNoDocsQuery.INSTANCE;
      case Sight.Part part -> part.ofAll() ? asked : within(part, asked);
    };
  }

  private static Query within(Sight.Part part, Query asked) {
    BooleanQuery.Builder both = new BooleanQuery.Builder().add(asked, Occur.FILTER);
    Set<Long> units = part.units();
    if (units != null) {
      Set<Long> persons = new HashSet<>(part.granted());
      if (part.own() != null) {
        persons.add(part.own());
      }
      both.add(
          new BooleanQuery.Builder()
              .add(oneOf(SearchDocument.SEEN_FROM, units), Occur.SHOULD)
              .add(oneOf(SearchDocument.ID, persons), Occur.SHOULD)
              .build(),
          Occur.FILTER);
    }
    if (!part.hidden().isEmpty()) {
      both.add(oneOf(SearchDocument.ID, part.hidden()), Occur.MUST_NOT);
    }
    return both.build();
  }

  private static Query oneOf(String field, Set<Long> numbers) {
    return new TermInSetQuery(
        field, numbers.stream().map(number -> new BytesRef(number.toString())).toList());
  }

  private static void must(BooleanQuery.Builder all, String field, String value) {
    if (!value.isBlank()) {
      all.add(new TermQuery(new Term(field, value)), Occur.FILTER);
    }
  }

  /**
   * Every word is part of the name, or all of it begins the pinyin or the initials, or is the key.
   */
  private static Query named(String text) {
    BooleanQuery.Builder name = new BooleanQuery.Builder();
    for (String word : text.split("[\\s\\u3000]+")) {
      name.add(part(word), Occur.FILTER);
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    any.add(name.build(), Occur.SHOULD);
    String reading = text.replaceAll("[\\s'’]+", "");
    if (reading.length() <= SearchDocument.BEGINNINGS) {
      any.add(new TermQuery(new Term(SearchDocument.BEGINNING, reading)), Occur.SHOULD);
    } else {
      any.add(new PrefixQuery(new Term(SearchDocument.PINYIN, reading)), Occur.SHOULD);
      any.add(new PrefixQuery(new Term(SearchDocument.INITIALS, reading)), Occur.SHOULD);
    }
    any.add(new TermQuery(new Term(SearchDocument.KEY, text)), Occur.SHOULD);
    return any.build();
  }

  private static Query part(String word) {
    int[] characters = word.codePoints().toArray();
    if (characters.length == 1) {
      return new TermQuery(new Term(SearchDocument.CHARACTER, word));
    }
    PhraseQuery.Builder phrase = new PhraseQuery.Builder();
    for (int i = 0; i + 1 < characters.length; i++) {
      phrase.add(new Term(SearchDocument.PAIRS, new String(characters, i, 2)));
    }
    return phrase.build();
  }

  private static void conditions(BooleanQuery.Builder all, OfficialFilter filter) {
    if (filter.anyOf() && filter.conditions().size() > 1) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      filter.conditions().forEach(condition -> any.add(of(condition), Occur.SHOULD));
      all.add(any.build(), Occur.FILTER);
    } else {
      filter.conditions().forEach(condition -> all.add(of(condition), Occur.FILTER));
    }
  }

  private static Query of(Condition condition) {
    Fact fact = condition.fact();
    String field = SearchDocument.field(fact);
    return switch (condition.operator()) {
      case MISSING -> new TermQuery(new Term(SearchDocument.MISSING, fact.id()));
      case KNOWN -> new FieldExistsQuery(field);
      case AT_LEAST ->
          LongField.newRangeQuery(
              field, condition.number(condition.values().getFirst()), Long.MAX_VALUE);
      case AT_MOST ->
          LongField.newRangeQuery(
              field, Long.MIN_VALUE, condition.number(condition.values().getFirst()));
      case BETWEEN ->
          LongField.newRangeQuery(
              field,
              condition.number(condition.values().getFirst()),
              condition.number(condition.values().getLast()));
      case IS -> isNumber(fact) ? isNumber(condition) : isOneOf(condition);
      case IS_NOT ->
          new BooleanQuery.Builder()
              .add(new FieldExistsQuery(field), Occur.FILTER)
              .add(isOneOf(condition), Occur.MUST_NOT)
              .build();
    };
  }

  private static boolean isNumber(Fact fact) {
    return fact.type().kind() != FactType.Kind.STRING
        && fact.type().kind() != FactType.Kind.BOOLEAN;
  }

  private static Query isNumber(Condition condition) {
    return LongField.newSetQuery(
        SearchDocument.field(condition.fact()),
        condition.values().stream().mapToLong(condition::number).toArray());
  }

  private static Query isOneOf(Condition condition) {
    return KeywordField.newSetQuery(
        SearchDocument.field(condition.fact()),
        condition.values().stream().map(BytesRef::new).toList());
  }

  static Sort order(OfficialFilter filter, FactCatalogue catalogue) {
    boolean falling = filter.falling();
    SortField first =
        switch (filter.sort()) {
          case "name" -> new SortField(SearchDocument.ORDER, SortField.Type.STRING, falling);
          case "born" -> number(SearchDocument.BORN, falling);
          case "work" -> number(SearchDocument.WORK, falling);
          default -> of(catalogue.get(filter.sort()), falling);
        };
    return filter.sort().equals("name") && !falling
        ? BY_NAME
        : new Sort(first, BY_NAME.getSort()[0], BY_NAME.getSort()[1]);
  }

  private static SortField of(Fact fact, boolean falling) {
    if (isNumber(fact)) {
      return number(SearchDocument.field(fact), falling);
    }
    SortField words =
        KeywordField.newSortField(
            SearchDocument.field(fact), falling, SortedSetSelector.Type.MIN, SortField.STRING_LAST);
    return words;
  }

  /** Who has no value comes last, either way. */
  private static SortField number(String field, boolean falling) {
    return LongField.newSortField(
        field, falling, SortedNumericSelector.Type.MIN, falling ? Long.MIN_VALUE : Long.MAX_VALUE);
  }
}
