package org.dandang.official.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** An index of officials in a folder of its own, open for searching and for changes. */
final class SearchIndex implements AutoCloseable {
  /** Changes when the fields do. */
  private static final String FORM = "3";

  private final Path folder;
  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  /**
   * What an index holds.
   *
   * @param asOf day of the facts
   * @param seen what the database's transactions had done when it was read, as {@code pg_snapshot}
   */
  record State(LocalDate asOf, String seen) {}

  /** A question put to the index. */
  interface Question<T> {
    T ask(IndexSearcher searcher) throws IOException;
  }

  private SearchIndex(Path folder) throws IOException {
    this.folder = folder;
    this.directory = FSDirectory.open(folder);
    this.writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig()
                .setIndexSort(SearchQuery.BY_NAME)
                .setRAMBufferSizeMB(32)
                .setCommitOnClose(false));
    this.searchers = new SearcherManager(writer, null);
  }

  /** An empty one. */
  static SearchIndex create(Path root) throws IOException {
    return new SearchIndex(Files.createDirectories(root.resolve(UUID.randomUUID().toString())));
  }

  /** One that was finished under the same definitions; what was left by half is removed. */
  static Optional<Opened> existing(Path root, String definitions) throws IOException {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(root)) {
      folders = all.toList();
    }
    Optional<Opened> found = Optional.empty();
    for (Path folder : folders) {
      State state = found.isPresent() ? null : finished(folder, definitions);
      if (state == null) {
        delete(folder);
      } else {
        found = Optional.of(new Opened(new SearchIndex(folder), state));
      }
    }
    return found;
  }

  /** An index with what it holds. */
  record Opened(SearchIndex index, State state) {}

  private static @Nullable State finished(Path folder, String definitions) {
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      Map<String, String> said = reader.getIndexCommit().getUserData();
      return (FORM + definitions).equals(said.get("definitions"))
          ? new State(
              LocalDate.parse(Objects.requireNonNull(said.get("asOf"))),
              Objects.requireNonNull(said.get("seen")))
          : null;
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  void add(Document document) {
    try {
      writer.addDocument(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void replace(long official, Document document) {
    try {
      writer.updateDocument(term(official), document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove(long official) {
    try {
      writer.deleteDocuments(term(official));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Term term(long official) {
    return new Term(SearchDocument.ID, Long.toString(official));
  }

  /** Lays everything into one part, which is searched fastest. */
  void pack() throws IOException {
    writer.forceMerge(1);
  }

  /** Writes it down so that another start finds it. */
  void keep(State state, String definitions) throws IOException {
    Map<String, String> said = new HashMap<>();
    said.put("definitions", FORM + definitions);
    said.put("asOf", state.asOf().toString());
    said.put("seen", state.seen());
    writer.setLiveCommitData(said.entrySet());
    writer.commit();
    show();
  }

  /** Lets searches see what was changed. */
  void show() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  <T> T search(Question<T> question) {
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

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.close();
    directory.close();
  }

  /** Closes it and removes its files. */
  void discard() throws IOException {
    close();
    delete(folder);
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
