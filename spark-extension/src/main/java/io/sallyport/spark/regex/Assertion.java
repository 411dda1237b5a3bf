package io.sallyport.spark.regex;

/** What may be asked of a place between characters. */
enum Assertion {
  START {
    @Override
    boolean holds(Text text, int place) {
      return place == 0;
    }
  },
  START_OF_LINE {
    @Override
    boolean holds(Text text, int place) {
      boolean inside = text.at(place) == '\n' && text.at(place - 1) == '\r';
      boolean after = place == 0 || (Text.endsLine(text.at(place - 1)) && !inside);
      return after && place < text.length();
    }
  },
  END {
    @Override
    boolean holds(Text text, int place) {
      return place == text.length();
    }
  },
  /** At the end, or before the end of line that ends the text. */
  END_OF_TEXT {
    @Override
    boolean holds(Text text, int place) {
      int left = text.length() - place;
      boolean last = left == 1 && END_OF_LINE.holds(text, place);
      return left == 0 || last || (left == 2 && text.at(place) == '\r' && isNewline(text, place));
    }

    private static boolean isNewline(Text text, int place) {
      return text.at(place + 1) == '\n';
    }
  },
  END_OF_LINE {
    @Override
    boolean holds(Text text, int place) {
      if (place == text.length()) {
        return true;
      }
      boolean inside = text.at(place) == '\n' && place > 0 && text.at(place - 1) == '\r';
      return Text.endsLine(text.at(place)) && !inside;
    }
  },
  EDGE_OF_WORD {
    @Override
    boolean holds(Text text, int place) {
      return text.isWord(place - 1) != text.isWord(place);
    }
  },
  NO_EDGE_OF_WORD {
    @Override
    boolean holds(Text text, int place) {
      return !EDGE_OF_WORD.holds(text, place);
    }
  };

  abstract boolean holds(Text text, int place);
}
