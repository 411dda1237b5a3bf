package io.sallyport.policy.principal;

/** What a person is to the frames: the one who sets the terms, or the one who asks. */
public enum Role {
  OWNER,
  ANALYST
}
