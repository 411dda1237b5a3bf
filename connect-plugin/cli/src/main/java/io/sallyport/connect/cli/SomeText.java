package io.sallyport.connect.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Text that says something. */
final class SomeText implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("it must not be blank");
    }
    return text.strip();
  }
}
