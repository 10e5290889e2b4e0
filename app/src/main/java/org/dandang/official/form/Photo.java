package org.dandang.official.form;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** A person's photo as the form has it: JPEG, at most 376 × 460. */
public final class Photo {
  static final int WIDTH = 376;
  static final int HEIGHT = 460;
  private static final long MOST_PIXELS = 60_000_000;
  private static final long MOST_OBLONG = 20;
  private static final Set<String> KINDS = Set.of("jpeg", "png", "bmp", "gif");

  static {
    ImageIO.setUseCache(false);
    System.setProperty("java.awt.headless", "true");
  }

  private Photo() {}

  /**
   * The same bytes where they fit already, else a smaller picture of the same shape.
   *
   * @return empty for what is no picture, or one too large to be a portrait
   */
  public static Optional<byte[]> fitted(byte[] bytes) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width < 1
            || height < 1
            || (long) width * height > MOST_PIXELS
            || Math.max(width, height) > MOST_OBLONG * Math.min(width, height)
            || !KINDS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
          return Optional.empty();
        }
        boolean jpeg = reader.getFormatName().equalsIgnoreCase("jpeg");
        ImageReadParam every = reader.getDefaultReadParam();
        // Only every n-th pixel of a large picture is decoded: memory stays small.
        int step = Math.max(1, Math.min(width / (2 * WIDTH), height / (2 * HEIGHT)));
        every.setSourceSubsampling(step, step, 0, 0);
        BufferedImage image = reader.read(0, every);
        return Optional.of(jpeg && width <= WIDTH && height <= HEIGHT ? bytes : smaller(image));
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static byte[] smaller(BufferedImage image) throws IOException {
    double scale =
        Math.min(
            1, Math.min((double) WIDTH / image.getWidth(), (double) HEIGHT / image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, Color.WHITE, null);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(small, "jpeg", out);
    return out.toByteArray();
  }
}
