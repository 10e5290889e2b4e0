package org.dandang.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class UploadLimitTests {
  private final UploadLimit limit = new UploadLimit(DataSize.ofMegabytes(513));

  private static MockHttpServletRequest of(long length) {
    return new MockHttpServletRequest("POST", "/imports") {
      @Override
      public long getContentLengthLong() {
        return length;
      }
    };
  }

  @Test
  void whatIsLargerIsAnsweredBeforeItIsRead() throws Exception {
    MockHttpServletResponse answer = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();
    limit.doFilter(of(DataSize.ofMegabytes(600).toBytes()), answer, chain);
    assertThat(answer.getStatus()).isEqualTo(413);
    assertThat(answer.getForwardedUrl()).isEqualTo("/error");
    assertThat(chain.getRequest()).isNull();
  }

  @Test
  void whatFitsGoesOn() throws Exception {
    MockHttpServletResponse answer = new MockHttpServletResponse();
    MockFilterChain chain = new MockFilterChain();
    limit.doFilter(of(DataSize.ofMegabytes(513).toBytes()), answer, chain);
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(chain.getRequest()).isNotNull();
  }
}
