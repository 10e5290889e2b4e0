package org.dandang.official.search;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.util.BytesRef;
import org.dandang.official.register.PartialDate;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactType;
import org.jspecify.annotations.Nullable;

/**
 * One official in the index: fields that are searched, and the line as it is shown.
 *
 * <p>Numbers of facts are whole numbers there, decimals times a power of ten, dates the days since
 * 1970.
 */
final class SearchDocument {
  static final String ID = "id";
  static final String ORDER = "order";
  static final String NUMBER = "number";
  static final String CHARACTER = "character";
  static final String PAIRS = "pairs";
  static final String BEGINNING = "beginning";
  static final String PINYIN = "pinyin";
  static final String INITIALS = "initials";
  static final String KEY = "key";
  static final String SEX = "sex";
  static final String STATUS = "status";
  static final String RANK = "rank";
  static final String LEVEL = "level";
  static final String FLAG = "flag";
  static final String WITHIN = "within";
  static final String SEEN_FROM = "seen-from";
  static final String FRONT_LINE = "front-line";
  static final String BORN = "born";
  static final String WORK = "work";
  static final String MISSING = "missing";

  /** Beginnings of pinyin and initials up to this length are looked up as they stand. */
  static final int BEGINNINGS = 6;

  private static final String LINE = "line";
  private static final String FACTS = "facts";
  private static final char BETWEEN = '\u001f';

  private final List<Fact> facts;

  SearchDocument(List<Fact> facts) {
    this.facts = facts;
  }

  static String field(Fact fact) {
    return "fact." + fact.id();
  }

  Document of(SearchRow row) {
    Document document = new Document();
    OfficialLine line = row.line();
    document.add(new StringField(ID, Long.toString(line.id()), Field.Store.NO));
    document.add(new NumericDocValuesField(NUMBER, line.id()));
    document.add(
        new SortedDocValuesField(
            ORDER, new BytesRef(row.pinyin() == null ? "\uffff" : row.pinyin())));
    name(document, row);
    document.add(new StringField(KEY, line.key().toLowerCase(Locale.ROOT), Field.Store.NO));
    document.add(new StringField(SEX, Integer.toString(line.sex()), Field.Store.NO));
    document.add(new StringField(STATUS, line.status(), Field.Store.NO));
    if (line.rank() != null) {
      document.add(new StringField(RANK, line.rank(), Field.Store.NO));
    }
    row.levels().forEach(level -> document.add(new StringField(LEVEL, level, Field.Store.NO)));
    Set.copyOf(row.flags())
        .forEach(flag -> document.add(new StringField(FLAG, flag, Field.Store.NO)));
    row.within()
        .forEach(unit -> document.add(new StringField(WITHIN, unit.toString(), Field.Store.NO)));
    row.seenFrom()
        .forEach(unit -> document.add(new StringField(SEEN_FROM, unit.toString(), Field.Store.NO)));
    document.add(new StringField(FRONT_LINE, Boolean.toString(row.onFrontLine()), Field.Store.NO));
    day(document, BORN, line.born());
    day(document, WORK, line.beganWork());
    facts(document, row.facts());
    document.add(new BinaryDocValuesField(LINE, new BytesRef(joined(line))));
    return document;
  }

  private static void day(Document document, String field, @Nullable PartialDate day) {
    if (day != null) {
      document.add(new LongField(field, day.first().toEpochDay(), Field.Store.NO));
    }
  }

  private static void name(Document document, SearchRow row) {
    if (row.name() != null) {
      String name = row.name().toLowerCase(Locale.ROOT);
      Set<String> characters = new HashSet<>();
      name.codePoints().forEach(c -> characters.add(Character.toString(c)));
      characters.forEach(c -> document.add(new StringField(CHARACTER, c, Field.Store.NO)));
      document.add(new TextField(PAIRS, new Pairs(name)));
    }
    Set<String> beginnings = new HashSet<>();
    for (String reading : new String[] {row.pinyin(), row.initials()}) {
      if (reading != null) {
        for (int length = 1; length <= Math.min(BEGINNINGS, reading.length()); length++) {
          beginnings.add(reading.substring(0, length));
        }
      }
    }
    beginnings.forEach(text -> document.add(new StringField(BEGINNING, text, Field.Store.NO)));
    if (row.pinyin() != null) {
      document.add(new StringField(PINYIN, row.pinyin(), Field.Store.NO));
    }
    if (row.initials() != null) {
      document.add(new StringField(INITIALS, row.initials(), Field.Store.NO));
    }
  }

  private void facts(Document document, Map<String, @Nullable Object> values) {
    StringBuilder shown = new StringBuilder();
    for (Fact fact : facts) {
      Object value = values.get(fact.id());
      if (value == null) {
        document.add(new StringField(MISSING, fact.id(), Field.Store.NO));
      } else if (fact.type().kind() == FactType.Kind.STRING
          || fact.type().kind() == FactType.Kind.BOOLEAN) {
        document.add(new KeywordField(field(fact), value.toString(), Field.Store.NO));
      } else {
        document.add(new LongField(field(fact), number(fact, value), Field.Store.NO));
      }
      shown.append(value == null ? "" : clean(value.toString())).append(BETWEEN);
    }
    document.add(new BinaryDocValuesField(FACTS, new BytesRef(shown)));
  }

  /**
   * A number or date as the index has it.
   *
   * @param value {@link BigDecimal} or {@link LocalDate}
   */
  static long number(Fact fact, Object value) {
    return value instanceof LocalDate day
        ? day.toEpochDay()
        : ((BigDecimal) value).movePointRight(fact.type().scale()).longValue();
  }

  private static String joined(OfficialLine line) {
    return String.join(
        String.valueOf(BETWEEN),
        Long.toString(line.id()),
        clean(line.label()),
        clean(line.key()),
        Integer.toString(line.sex()),
        text(line.born()),
        text(line.beganWork()),
        line.status(),
        text(line.unit()),
        text(line.post()),
        text(line.rank()),
        Integer.toString(line.flags()));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : clean(value.toString());
  }

  private static String clean(String text) {
    return text.replace(BETWEEN, ' ');
  }

  /** The line as it was when the official was indexed. */
  static OfficialLine line(IndexReader reader, int number) throws IOException {
    return line(text(reader, LINE, number));
  }

  /**
   * What is shown is kept beside the postings, not packed: any line is at hand without its
   * neighbours.
   */
  private static String text(IndexReader reader, String field, int number) throws IOException {
    List<LeafReaderContext> leaves = reader.leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(number, leaves));
    BinaryDocValues values = DocValues.getBinary(leaf.reader(), field);
    if (!values.advanceExact(number - leaf.docBase)) {
      throw new IllegalStateException("document " + number + " without " + field);
    }
    return values.binaryValue().utf8ToString();
  }

  private static OfficialLine line(String joined) {
    String[] parts = joined.split(String.valueOf(BETWEEN), -1);
    return new OfficialLine(
        Long.parseLong(parts[0]),
        parts[1],
        parts[2],
        Integer.parseInt(parts[3]),
        date(parts[4]),
        date(parts[5]),
        parts[6],
        given(parts[7]),
        given(parts[8]),
        given(parts[9]),
        Integer.parseInt(parts[10]));
  }

  /** The line with the values of all facts. */
  Found.Official found(IndexReader reader, int number) throws IOException {
    String[] shown = text(reader, FACTS, number).split(String.valueOf(BETWEEN), -1);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < facts.size(); i++) {
      values.put(facts.get(i).id(), value(facts.get(i), shown[i]));
    }
    return new Found.Official(line(reader, number), values);
  }

  private static @Nullable Object value(Fact fact, String text) {
    if (text.isEmpty()) {
      return null;
    }
    return switch (fact.type().kind()) {
      case INTEGER, DECIMAL -> new BigDecimal(text);
      case DATE -> LocalDate.parse(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case STRING -> text;
    };
  }

  private static @Nullable PartialDate date(String text) {
    return PartialDate.read(text).orElse(null);
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
