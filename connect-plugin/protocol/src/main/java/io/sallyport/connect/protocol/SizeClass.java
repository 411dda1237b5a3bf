package io.sallyport.connect.protocol;

/** How many rows a released artifact has, roughly. The names are those in answers. */
public enum SizeClass {
  /** At most a hundred. */
  UP_TO_100,
  /** At most ten thousand, and more than a hundred. */
  UP_TO_10000,
  /** More than ten thousand. */
  LARGER,
  /** Not told: before a release, a count would tell about data. */
  UNKNOWN
}
