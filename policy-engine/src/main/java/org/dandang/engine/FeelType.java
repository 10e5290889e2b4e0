package org.dandang.engine;

/** The FEEL type of an input or outcome, as far as the compiler tells them apart. */
public enum FeelType {
  NUMBER,
  STRING,
  BOOLEAN,
  DATE,
  OTHER
}
