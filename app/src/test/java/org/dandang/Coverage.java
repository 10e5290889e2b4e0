package org.dandang;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.SessionInfoStore;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.runtime.IRuntime;
import org.jacoco.core.runtime.LoggerRuntime;
import org.jacoco.core.runtime.RuntimeData;

/**
 * Which lines and branches of some classes a piece of a test reaches. The piece runs in a loader of
 * its own, in which these classes count what is reached; no agent is needed.
 */
final class Coverage {
  private final List<String> readers;

  /**
   * @param readers the classes whose coverage is asked for; those within them belong to them
   */
  Coverage(Class<?>... readers) {
    this.readers = Arrays.stream(readers).map(Class::getName).toList();
  }

  /** Shares from 0 to 1. */
  record Reached(double lines, double branches) {}

  /**
   * Runs a static method with one number and looks at what it reached.
   *
   * @param test whose method it is
   */
  Reached by(String test, String method, int number) throws Exception {
    IRuntime runtime = new LoggerRuntime();
    RuntimeData data = new RuntimeData();
    runtime.startup(data);
    try {
      Counting loader = new Counting(runtime);
      Method piece = loader.loadClass(test).getDeclaredMethod(method, int.class);
      piece.setAccessible(true);
      piece.invoke(null, number);
      ExecutionDataStore reached = new ExecutionDataStore();
      data.collect(reached, new SessionInfoStore(), false);
      CoverageBuilder found = new CoverageBuilder();
      Analyzer analyzer = new Analyzer(reached, found);
      for (String reader : readers) {
        loader.loadClass(reader);
      }
      for (Map.Entry<String, byte[]> one : loader.counted.entrySet()) {
        analyzer.analyzeClass(one.getValue(), one.getKey());
      }
      return of(found);
    } finally {
      runtime.shutdown();
    }
  }

  private static Reached of(CoverageBuilder found) {
    double lines = 0;
    double linesReached = 0;
    double branches = 0;
    double branchesReached = 0;
    for (IClassCoverage one : found.getClasses()) {
      lines += one.getLineCounter().getTotalCount();
      linesReached += one.getLineCounter().getCoveredCount();
      branches += one.getBranchCounter().getTotalCount();
      branchesReached += one.getBranchCounter().getCoveredCount();
    }
    if (lines == 0 || branches == 0) {
      throw new IllegalStateException("nothing was counted");
    }
    return new Reached(linesReached / lines, branchesReached / branches);
  }

  /** Our own classes are loaded anew; what they need is as elsewhere. */
  private final class Counting extends ClassLoader {
    private final Instrumenter instrumenter;
    private final Map<String, byte[]> counted = new LinkedHashMap<>();

    Counting(IRuntime runtime) {
      super(Coverage.class.getClassLoader());
      this.instrumenter = new Instrumenter(runtime);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.dandang.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : defined(name);
      }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (stream == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = stream.readAllBytes();
        if (readers.stream().anyMatch(r -> name.equals(r) || name.startsWith(r + "$"))) {
          counted.put(name, bytes);
          bytes = instrumenter.instrument(bytes, name);
        }
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
