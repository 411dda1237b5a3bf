package io.sallyport.dp.sampling;

/** Gives the words it was given, for paths that random words reach once in 2^50 draws. */
public final class ScriptedEntropy extends EntropySource {
  private final long[] script;
  private int at;

  public ScriptedEntropy(long... script) {
    this.script = script.clone();
  }

  @Override
  long[] refill() {
    if (at == script.length) {
      throw new IllegalStateException("the script has no more words");
    }
    return new long[] {script[at++]};
  }

  /** How many words were drawn. */
  public int drawn() {
    return at;
  }
}
