package io.sallyport.examples.tpch;

import java.util.List;
import java.util.Locale;

/** The median error of each query as a bar on a logarithmic scale, in SVG. */
final class ErrorPlot {

  /** From 0.01 % to 10 000 %. */
  private static final int LOWEST = -4;

  private static final int HIGHEST = 2;
  private static final int DECADE = 90;
  private static final int LEFT = 250;
  private static final int LINE = 22;
  private static final int TOP = 40;

  private ErrorPlot() {}

  static String of(List<Measurement> measured) {
    int width = LEFT + (HIGHEST - LOWEST) * DECADE + 60;
    int bottom = TOP + measured.size() * LINE;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">%n"
            .formatted(width, bottom + 10));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    for (int decade = LOWEST; decade <= HIGHEST; decade++) {
      int x = LEFT + (decade - LOWEST) * DECADE;
      svg.append(
          "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#ccc\"/>%n"
              .formatted(x, TOP - 8, x, bottom));
      svg.append(text(x, TOP - 14, "middle", percent(decade)));
    }
    for (int i = 0; i < measured.size(); i++) {
      append(svg, measured.get(i), TOP + i * LINE);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void append(StringBuilder svg, Measurement one, int y) {
    svg.append(text(LEFT - 8, y + LINE - 8, "end", one.query().toString()));
    double error = one.errors().median();
    if (Double.isNaN(error)) {
      svg.append(text(LEFT + 4, y + LINE - 8, "start", "no group shown"));
      return;
    }
    double decades = Math.log10(Math.max(error, 1e-9)) - LOWEST;
    double length = DECADE * Math.min(HIGHEST - LOWEST, Math.max(0.02, decades));
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#4477aa\"/>%n"
            .formatted(LEFT, y + 3, length, LINE - 6));
  }

  private static String percent(int decade) {
    return decade >= -2
        ? Math.round(Math.pow(10, decade + 2)) + " %"
        : String.format(Locale.ROOT, "%." + (-2 - decade) + "f %%", Math.pow(10, decade + 2));
  }

  private static String text(int x, int y, String anchor, String text) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n".formatted(x, y, anchor, text);
  }
}
