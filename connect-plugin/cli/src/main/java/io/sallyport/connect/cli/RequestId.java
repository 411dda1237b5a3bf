package io.sallyport.connect.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The id of a request, as the server gives them. */
final class RequestId implements ITypeConverter<String> {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  @Override
  public String convert(String text) {
    if (!ID.matcher(text).matches()) {
      throw new TypeConversionException("An id is letters, digits, '-' and '_'");
    }
    return text;
  }
}
