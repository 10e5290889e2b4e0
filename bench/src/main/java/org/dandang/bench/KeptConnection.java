package org.dandang.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A connection over which pages are asked for one after the other. It reads them and does nothing
 * else with them, so that the client takes little of the machine it shares with the server.
 */
final class KeptConnection implements AutoCloseable {
  private static final int MAX_LINE = 16_384;

  private final int port;
  private final String rest;
  private Socket socket;
  private InputStream in;
  private final byte[] buffer = new byte[65_536];

  /**
   * @param cookies as the header has them
   */
  KeptConnection(int port, String cookies) throws IOException {
    this.port = port;
    this.socket = open(port);
    this.in = new BufferedInputStream(socket.getInputStream(), 65_536);
    this.rest = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nCookie: " + cookies + "\r\n\r\n";
  }

  private static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /**
   * Asks for a page and reads all of it.
   *
   * @return the status
   */
  int ask(String path) throws IOException {
    socket.getOutputStream().write(("GET " + path + rest).getBytes(StandardCharsets.US_ASCII));
    String status = line();
    long length = -1;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Long.parseLong(header.substring(15).strip());
      } else if (header.equalsIgnoreCase("connection: close")) {
        last = true;
      }
    }
    if (length >= 0) {
      skip(length);
    } else {
      for (long part = Long.parseLong(line(), 16); part > 0; part = Long.parseLong(line(), 16)) {
        skip(part);
        line();
      }
      line();
    }
    if (last) {
      socket.close();
      socket = open(port);
      in = new BufferedInputStream(socket.getInputStream(), 65_536);
    }
    return Integer.parseInt(status.split(" ", 3)[1]);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > MAX_LINE) {
        throw new IOException("the answer ended in its head");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private void skip(long length) throws IOException {
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("the answer ended early");
      }
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
