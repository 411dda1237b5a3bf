package io.sallyport.policy.request;

import io.sallyport.policy.store.StoredText;
import java.util.Locale;

/** What the desk says when it does not do something, and the texts that it takes from people. */
final class Refusals {
  static final int MAX_TEXT = 4_000;

  private static final int MAX_ID = 32;

  private Refusals() {}

  static DeskException unknown(String id) {
    String shown = id.length() <= MAX_ID && id.matches("[0-9a-z-]+") ? id : "of this id";
    return new DeskException(
        DeskException.Kind.UNKNOWN, "there is no request " + shown, "Give the id of a request");
  }

  static DeskException notOpen(ApprovalRequest request) {
    String state = request.state().name().toLowerCase(Locale.ROOT);
    return new DeskException(
        DeskException.Kind.NOT_OPEN,
        "request %s is %s".formatted(request.id(), state),
        "Only pending and returned requests can change; ask the question again to file a new one");
  }

  static DeskException changed(ApprovalRequest request) {
    return new DeskException(
        DeskException.Kind.CHANGED,
        "request %s changed since it was read: its reason, its terms or its result"
            .formatted(request.id()),
        "Read it again, then decide");
  }

  static DeskException ownRequest(ApprovalRequest request) {
    return new DeskException(
        DeskException.Kind.OWN_REQUEST,
        "nobody decides on their own request " + request.id(),
        "Somebody else who may decide has to");
  }

  static DeskException notDecider(ApprovalRequest request) {
    return new DeskException(
        DeskException.Kind.NOT_ENTITLED,
        "you may not decide on request " + request.id(),
        "The owner and the reviewers of its frames decide");
  }

  static DeskException notRequester(ApprovalRequest request) {
    return new DeskException(
        DeskException.Kind.NOT_ENTITLED,
        "request " + request.id() + " is not yours",
        "Who filed it can withdraw or justify it");
  }

  static DeskException alreadyVoted(ApprovalRequest request) {
    return new DeskException(
        DeskException.Kind.ALREADY_VOTED,
        "you have already agreed to request " + request.id(),
        "Others have to agree as well; until then you can reject it or give it back");
  }

  static DeskException tooManyOpen(String principal, int limit) {
    return new DeskException(
        DeskException.Kind.LIMIT,
        "%s has %d open requests, and may have no more".formatted(principal, limit),
        "Wait for a decision, or withdraw a request");
  }

  static DeskException resultIsGone(ApprovalRequest request) {
    return new DeskException(
        DeskException.Kind.INVALID,
        "the result of request " + request.id() + " is gone",
        "Reject the request; its question can be asked again");
  }

  /** A person's words that must be there. */
  static String requireWords(String what, String words) {
    if (words.isBlank()) {
      throw new DeskException(
          DeskException.Kind.INVALID, "the " + what + " is missing", "Say it in some words");
    }
    return requireText(what, words);
  }

  /** A person's words, or none. */
  static String requireText(String what, String words) {
    if (words.length() > MAX_TEXT) {
      throw new DeskException(
          DeskException.Kind.INVALID,
          "the " + what + " is too long",
          "Say it in at most " + MAX_TEXT + " characters");
    }
    requireStorable(what, words);
    return words.strip();
  }

  static void requireStorable(String what, String text) {
    if (!StoredText.isStorable(text)) {
      throw new DeskException(
          DeskException.Kind.INVALID,
          "the " + what + " has characters that no text can hold",
          "Leave out NUL characters and halves of surrogate pairs");
    }
  }
}
