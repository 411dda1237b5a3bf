package io.sallyport.policy.notify;

/** What a webhook is told. */
interface Told {

  /** One JSON object, in ASCII. */
  String json();

  /** What it is about, for the server's log. */
  String about();
}
