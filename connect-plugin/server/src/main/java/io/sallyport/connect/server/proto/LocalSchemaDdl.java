package io.sallyport.connect.server.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A schema in DDL: {@code name type [NOT NULL], ...}, names plain or in backticks, no comments. */
final class LocalSchemaDdl {

  private static final int LONGEST = 64 << 10;

  private static final Pattern COLUMN =
      Pattern.compile(
          "\\s*(?:`(?<quoted>(?:[^`]|``){1,256})`|(?<plain>[A-Za-z_][A-Za-z0-9_]{0,255}))"
              + "(?:\\s*:\\s*|\\s+)"
              + "(?<type>[A-Za-z_]{1,16}(?:\\s*\\([0-9, ]{1,8}\\))?)"
              + "(?<required>\\s+NOT\\s+NULL)?\\s*(?<end>,|\\z)",
          Pattern.CASE_INSENSITIVE);

  private LocalSchemaDdl() {}

  static LocalSchema parse(String text) {
    if (text.length() > LONGEST) {
      throw LocalSchema.invalid("it is too long");
    }
    List<LocalColumn> columns = new ArrayList<>();
    Matcher column = COLUMN.matcher(text);
    boolean more = true;
    while (more) {
      if (!column.lookingAt() || columns.size() == Bounds.LIST) {
        throw LocalSchema.invalid("it is no list of columns");
      }
      columns.add(column(column));
      more = ",".equals(column.group("end"));
      column.region(column.end(), text.length());
    }
    return new LocalSchema(columns);
  }

  private static LocalColumn column(Matcher column) {
    SimpleType type =
        SimpleType.of(column.group("type"))
            .orElseThrow(() -> LocalSchema.invalid("a column's type is not simple"));
    String quoted = column.group("quoted");
    String name = quoted == null ? column.group("plain") : quoted.replace("``", "`");
    return new LocalColumn(name, type, column.group("required") == null);
  }
}
