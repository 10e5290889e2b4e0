package org.dandang.platform.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree over leaves as they come, in memory that grows with the logarithm of their number.
 * Its shape is that of RFC 9162: a left subtree is always full.
 */
final class MerkleTree {
  private final LedgerHash hash;
  private final List<Subtree> full = new ArrayList<>();
  private long leaves;

  private record Subtree(long size, byte[] root) {}

  MerkleTree(LedgerHash hash) {
    this.hash = hash;
  }

  void add(byte[] leaf) {
    Subtree last = new Subtree(1, leaf);
    while (!full.isEmpty() && full.getLast().size() == last.size()) {
      Subtree left = full.removeLast();
      last = new Subtree(left.size() + last.size(), hash.node(left.root(), last.root()));
    }
    full.add(last);
    leaves++;
  }

  long leaves() {
    return leaves;
  }

  /**
   * @throws IllegalStateException when there is no leaf
   */
  byte[] root() {
    if (full.isEmpty()) {
      throw new IllegalStateException("a tree without leaves");
    }
    byte[] root = full.getLast().root();
    for (int i = full.size() - 2; i >= 0; i--) {
      root = hash.node(full.get(i).root(), root);
    }
    return root;
  }

  /** The neighbours on the way from a leaf to the root, the nearest first. */
  static List<byte[]> path(LedgerHash hash, List<byte[]> leaves, int index) {
    List<byte[]> path = new ArrayList<>();
    collect(hash, leaves, index, path);
    return path;
  }

  private static void collect(LedgerHash hash, List<byte[]> leaves, int index, List<byte[]> path) {
    if (leaves.size() == 1) {
      return;
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    if (index < split) {
      collect(hash, left, index, path);
      path.add(rootOf(hash, right));
    } else {
      collect(hash, right, index - split, path);
      path.add(rootOf(hash, left));
    }
  }

  private static byte[] rootOf(LedgerHash hash, List<byte[]> leaves) {
    MerkleTree tree = new MerkleTree(hash);
    leaves.forEach(tree::add);
    return tree.root();
  }

  /**
   * The root that a leaf and its path give.
   *
   * @throws IllegalArgumentException when the path is too short or too long for the tree
   */
  static byte[] rootFrom(LedgerHash hash, byte[] leaf, long index, long leaves, List<byte[]> path) {
    if (index < 0 || index >= leaves) {
      throw new IllegalArgumentException("no such leaf");
    }
    List<Boolean> sides = new ArrayList<>(); // from the root: whether the leaf is on the right
    long at = index;
    long size = leaves;
    while (size > 1) {
      long split = Long.highestOneBit(size - 1);
      boolean right = at >= split;
      sides.add(right);
      at = right ? at - split : at;
      size = right ? size - split : split;
    }
    if (sides.size() != path.size()) {
      throw new IllegalArgumentException("a path of another length");
    }
    byte[] root = leaf;
    for (int i = 0; i < path.size(); i++) {
      byte[] neighbour = path.get(i);
      root =
          sides.get(sides.size() - 1 - i) ? hash.node(neighbour, root) : hash.node(root, neighbour);
    }
    return root;
  }
}
