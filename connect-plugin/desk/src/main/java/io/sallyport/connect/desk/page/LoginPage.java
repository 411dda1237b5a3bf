package io.sallyport.connect.desk.page;

import java.util.Optional;

/** Where people say who they are. */
public final class LoginPage {

  private LoginPage() {}

  /**
   * The page.
   *
   * @param message what happened before, in words of ours
   * @param next where to go afterwards, a path of the desk
   */
  public static String of(Optional<String> message, String next) {
    return Layout.page(
        "Log in",
        page -> {
          page.open("section", "class", "card login");
          page.say("h1", "The owners' desk");
          message.ifPresent(text -> page.say("p", text, "class", "note", "role", "alert"));
          page.open("form", "method", "post", "action", "/login");
          page.empty("input", "type", "hidden", "name", "next", "value", next);
          page.say("label", "Your token", "for", "token");
          page.empty(
              "input",
              "id",
              "token",
              "name",
              "token",
              "type",
              "password",
              "autocomplete",
              "current-password",
              "required",
              "",
              "autofocus",
              "");
          page.say(
              "p",
              "The same token as that of your Spark client or of the program sallyport. For owners"
                  + " and reviewers only.",
              "class",
              "hint");
          page.say("button", "Log in", "type", "submit");
          page.close().close();
        });
  }
}
