package io.sallyport.connect.cli;

import io.sallyport.connect.cli.render.SafeText;
import io.sallyport.connect.cli.server.Answer;
import io.sallyport.connect.cli.server.OwnerServer;
import io.sallyport.connect.cli.server.SqlText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which request is meant: by its id, or by the beginning of one that only one request has. */
final class RequestChoice {
  private static final Pattern WHOLE = Pattern.compile("r-[a-z0-9]{16}|[0-9a-f]{32}");
  private static final int SHOWN = 10;

  private RequestChoice() {}

  /**
   * The id of the request that is meant; a whole id is taken as it is.
   *
   * @throws ProblemException when no request that one may see begins so, or several do
   */
  static String of(OwnerServer session, String typed) {
    if (WHOLE.matcher(typed).matches()) {
      return typed;
    }
    Answer found =
        session.sql(
            "SELECT request FROM sallyport.requests WHERE request LIKE "
                + SqlText.literal(typed + "%"));
    List<String> ids =
        found.rows().stream().map(row -> row.get(0)).filter(id -> id.startsWith(typed)).toList();
    if (ids.isEmpty()) {
      throw new ProblemException("There is no request " + typed + " that you may see");
    }
    if (ids.size() > 1) {
      String some = ids.stream().limit(SHOWN).map(SafeText::line).collect(Collectors.joining(", "));
      throw new ProblemException(
          ids.size()
              + " requests begin with "
              + typed
              + ": "
              + some
              + (ids.size() > SHOWN ? ", ..." : "")
              + ". Type more of the one you mean.");
    }
    return ids.get(0);
  }
}
