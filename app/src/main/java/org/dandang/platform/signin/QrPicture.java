package org.dandang.platform.signin;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as the path of an SVG, drawn here: the secret in it never leaves the installation.
 *
 * @param size modules a side, the quiet zone of four included (ISO/IEC 18004 5.3.8)
 */
public record QrPicture(int size, String path) {
  private static final int QUIET = 4;

  static QrPicture of(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
        }
      }
    }
    return new QrPicture(code.size + 2 * QUIET, path.toString());
  }
}
