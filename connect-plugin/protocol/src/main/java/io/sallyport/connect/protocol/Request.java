package io.sallyport.connect.protocol;

import com.google.protobuf.ByteString;

/**
 * One request of our client. Closed: a new request does not compile until every {@link Cases} knows
 * it. The constructors throw {@link IllegalArgumentException} for what is longer than {@link
 * Bounds} says, or is no id or name at all; the texts of these exceptions never quote the value.
 */
public sealed interface Request {

  /** What to do with each kind of request. */
  <R> R accept(Cases<R> cases);

  /**
   * Runs a plan and keeps its result as an artifact.
   *
   * @param relation a serialized {@code spark.connect.Relation}
   * @param justification why, in the analyst's words; may be empty
   */
  record Collect(ByteString relation, String justification) implements Request {
    /** Checks the bounds. */
    public Collect {
      Bounds.requireRelation(relation);
      Bounds.requireJustification(justification);
    }

    /** The same of bytes, for whoever has another protobuf library. */
    public static Collect of(byte[] relation, String justification) {
      return new Collect(ByteString.copyFrom(relation), justification);
    }

    /** The relation's bytes. */
    public byte[] relationBytes() {
      return relation.toByteArray();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.collect(this);
    }
  }

  /**
   * Asks for the rows of an artifact.
   *
   * @param artifactId names the artifact
   * @param justification why, in the analyst's words; may be empty
   */
  record Fetch(String artifactId, String justification) implements Request {
    /** Checks the bounds. */
    public Fetch {
      Bounds.requireArtifactId(artifactId);
      Bounds.requireJustification(justification);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.fetch(this);
    }
  }

  /**
   * Asks for the rows of an artifact as one Arrow IPC stream.
   *
   * @param artifactId names the artifact
   * @param justification why, in the analyst's words; may be empty
   */
  record FetchArrow(String artifactId, String justification) implements Request {
    /** Checks the bounds. */
    public FetchArrow {
      Bounds.requireArtifactId(artifactId);
      Bounds.requireJustification(justification);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.fetchArrow(this);
    }
  }

  /**
   * Asks what would become of a plan.
   *
   * @param relation a serialized {@code spark.connect.Relation}
   */
  record ExplainPrivacy(ByteString relation) implements Request {
    /** Checks the bounds. */
    public ExplainPrivacy {
      Bounds.requireRelation(relation);
    }

    /** The same of bytes, for whoever has another protobuf library. */
    public static ExplainPrivacy of(byte[] relation) {
      return new ExplainPrivacy(ByteString.copyFrom(relation));
    }

    /** The relation's bytes. */
    public byte[] relationBytes() {
      return relation.toByteArray();
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.explainPrivacy(this);
    }
  }

  /**
   * Gives an artifact a name, under which it stays.
   *
   * @param artifactId names the artifact
   * @param name what it is to be called
   */
  record Save(String artifactId, String name) implements Request {
    /** Checks the bounds. */
    public Save {
      Bounds.requireArtifactId(artifactId);
      Bounds.requireName(name);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.save(this);
    }
  }

  /**
   * Ends an artifact.
   *
   * @param artifactId names the artifact
   */
  record Delete(String artifactId) implements Request {
    /** Checks the bounds. */
    public Delete {
      Bounds.requireArtifactId(artifactId);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.delete(this);
    }
  }

  /** Asks what the analyst may compute on. */
  record ListFrames() implements Request {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.listFrames(this);
    }
  }

  /**
   * Asks how a request for approval stands.
   *
   * @param requestId names the request for approval
   */
  record RequestStatus(String requestId) implements Request {
    /** Checks the bounds. */
    public RequestStatus {
      Bounds.requireRequestId(requestId);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.requestStatus(this);
    }
  }

  /**
   * Takes a request for approval back.
   *
   * @param requestId names the request for approval
   */
  record Withdraw(String requestId) implements Request {
    /** Checks the bounds. */
    public Withdraw {
      Bounds.requireRequestId(requestId);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.withdraw(this);
    }
  }

  /**
   * Says more about a request for approval.
   *
   * @param requestId names the request for approval
   * @param justification why, in the analyst's words; not blank
   */
  record Justify(String requestId, String justification) implements Request {
    /** Checks the bounds. */
    public Justify {
      Bounds.requireRequestId(requestId);
      Bounds.requireSaid(justification);
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.justify(this);
    }
  }

  /**
   * One answer for each kind of request.
   *
   * @param <R> what the answers are
   */
  interface Cases<R> {
    /** For {@link Collect}. */
    R collect(Collect request);

    /** For {@link Fetch}. */
    R fetch(Fetch request);

    /** For {@link FetchArrow}. */
    R fetchArrow(FetchArrow request);

    /** For {@link ExplainPrivacy}. */
    R explainPrivacy(ExplainPrivacy request);

    /** For {@link Save}. */
    R save(Save request);

    /** For {@link Delete}. */
    R delete(Delete request);

    /** For {@link ListFrames}. */
    R listFrames(ListFrames request);

    /** For {@link RequestStatus}. */
    R requestStatus(RequestStatus request);

    /** For {@link Withdraw}. */
    R withdraw(Withdraw request);

    /** For {@link Justify}. */
    R justify(Justify request);
  }
}
