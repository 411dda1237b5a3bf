package io.sallyport.connect.cli.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The owner's secret, from a file that nobody else can read. Never printed. */
public final class Token {
  private static final Pattern TEXT = Pattern.compile("[!-:<-~]{8,4096}");

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  /**
   * Reads a token.
   *
   * @throws ServerException when the file cannot be read, others can read it, or it holds no token
   */
  public static Token read(Path file) {
    try {
      requirePrivate(file);
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      if (!TEXT.matcher(text).matches()) {
        throw new ServerException("The file " + file + " does not hold one token");
      }
      return new Token(text);
    } catch (IOException e) {
      throw new ServerException("The token file " + file + " cannot be read", e);
    }
  }

  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "Token[***]";
  }

  private static void requirePrivate(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return; // a filesystem without modes
    }
    Set<PosixFilePermission> others = view.readAttributes().permissions();
    others.retainAll(EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ));
    if (!others.isEmpty()) {
      throw new ServerException(
          "Others can read the token file " + file + "; make it private: chmod 600 " + file);
    }
  }
}
