package org.dandang.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The benchmark's table as a programmer would write it for speed alone: a loop over primitive
 * columns, without explanation, dates or a way to change it. What is missing is below zero.
 */
final class HandWritten {
  static final int RULES = 13;

  private final byte[] serving;
  private final byte[] grade;
  private final short[] monthsAtLevel;
  private final short[] frontLineMonths;
  private final byte[] onFrontLine;
  private final byte[] hardship;
  private final byte[] age;
  private final byte[] awards;

  HandWritten(int rows) {
    serving = new byte[rows];
    grade = new byte[rows];
    monthsAtLevel = new short[rows];
    frontLineMonths = new short[rows];
    onFrontLine = new byte[rows];
    hardship = new byte[rows];
    age = new byte[rows];
    awards = new byte[rows];
  }

  /** Values in the order of the table's inputs; the grade as its place among the grades. */
  void set(int row, int[] values) {
    serving[row] = (byte) values[0];
    grade[row] = (byte) values[1];
    monthsAtLevel[row] = (short) values[2];
    frontLineMonths[row] = (short) values[3];
    onFrontLine[row] = (byte) values[4];
    hardship[row] = (byte) values[5];
    age[row] = (byte) values[6];
    awards[row] = (byte) values[7];
  }

  /** How many rows each rule decides, by rule from 1. */
  long[] count(int threads) throws InterruptedException, ExecutionException {
    long[] counts = new long[RULES + 1];
    int share = (serving.length + threads - 1) / threads;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<long[]>> parts = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int from = t * share;
        int to = Math.min(serving.length, from + share);
        parts.add(executor.submit(() -> count(from, to)));
      }
      for (Future<long[]> part : parts) {
        long[] some = part.get();
        for (int r = 0; r <= RULES; r++) {
          counts[r] += some[r];
        }
      }
    }
    return counts;
  }

  private long[] count(int from, int to) {
    long[] counts = new long[RULES + 1];
    for (int i = from; i < to; i++) {
      counts[rule(i)]++;
    }
    return counts;
  }

  private int rule(int i) {
    if (serving[i] == 0) {
      return 1;
    }
    if (serving[i] < 0) {
      return 2;
    }
    if (grade[i] < 0) {
      return 3;
    }
    if (grade[i] >= 2 && grade[i] <= 3) {
      return 4;
    }
    if (monthsAtLevel[i] < 0) {
      return 5;
    }
    if (monthsAtLevel[i] < 24) {
      return 6;
    }
    if (age[i] > 57) {
      return 7;
    }
    if (frontLineMonths[i] >= 24 && onFrontLine[i] == 1 && hardship[i] >= 3) {
      return 8;
    }
    if (grade[i] == 0 && frontLineMonths[i] >= 60) {
      return 9;
    }
    if (frontLineMonths[i] >= 60 && age[i] >= 0 && age[i] < 45 && awards[i] >= 2) {
      return 10;
    }
    if (frontLineMonths[i] >= 60) {
      return 11;
    }
    if (frontLineMonths[i] >= 24 && onFrontLine[i] == 1) {
      return 12;
    }
    return 13;
  }
}
