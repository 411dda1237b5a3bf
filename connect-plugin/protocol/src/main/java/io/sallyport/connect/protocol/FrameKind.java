package io.sallyport.connect.protocol;

/** What can be computed on. The names are those in answers. */
public enum FrameKind {
  /** A frame that an owner governs. */
  FRAME,
  /** An artifact that the analyst saved. */
  SAVED
}
