package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** Documents and photos handed in on a person's page. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.password.cost=4")
class DocumentTests {
  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  private long person;
  private SignedIn officer;

  @BeforeEach
  void somebody() {
    jdbc.sql("truncate official.official, official.document_content cascade").update();
    person =
        jdbc.sql("insert into official.official (source, key) values ('place', '1') returning id")
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into official.identity (official_id, name, recorded_at, recorded_by) values (?, '曾武', now(), 'test')")
        .param(person)
        .update();
    if (!accounts.exists("papers")) {
      accounts.create("papers", "papers", "a long password", Role.PERSONNEL_OFFICER, null, "test");
    }
    officer = accounts.loadUserByUsername("papers");
  }

  private MockHttpServletResponse handIn(String kind, String name, byte[] content)
      throws Exception {
    return mvc.perform(
            multipart("/officials/" + person + "/documents/new")
                .file(new MockMultipartFile("document", name, "application/pdf", content))
                .param("kind", kind)
                .param("title", "")
                .with(csrf())
                .with(user(officer)))
        .andReturn()
        .getResponse();
  }

  private long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }

  @Test
  void aDocumentIsKeptWithItsHashAndKindAndShown() throws Exception {
    assertThat(handIn("award", "三等功决定.pdf", "one".getBytes(StandardCharsets.UTF_8)).getStatus())
        .isEqualTo(302);
    assertThat(
            jdbc.sql(
                    "select kind || ' ' || file_name || ' ' || encode(sha256, 'hex') from official.document")
                .query(String.class)
                .single())
        .isEqualTo(
            "award 三等功决定.pdf 7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
    assertThat(
            count(
                "platform.ledger_entry where action = 'document-kept' and subject_id = '"
                    + person
                    + "'"))
        .isEqualTo(1);
    assertThat(
            mvc.perform(get("/officials/" + person).with(user(officer)))
                .andReturn()
                .getResponse()
                .getContentAsString())
        .contains("三等功决定.pdf")
        .contains("奖励文件")
        .contains("7692c3ad3540");
  }

  @Test
  void aWithdrawnDocumentIsNoLongerShownAndItsBytesStay() throws Exception {
    handIn("award", "a.pdf", new byte[] {1, 2});
    long id = jdbc.sql("select id from official.document").query(Long.class).single();
    String withdraw = "/officials/" + person + "/documents/" + id + "/withdraw";
    assertThat(
            mvc.perform(post(withdraw).with(csrf()).with(user(officer)))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(302);
    assertThat(
            mvc.perform(post(withdraw).with(csrf()).with(user(officer)))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(404);
    assertThat(count("official.document where withdrawn_at is not null")).isEqualTo(1);
    assertThat(count("official.document_content")).isEqualTo(1);
  }

  @Test
  void aPhotoIsFittedAndTakesThePlaceOfTheOneBefore() throws Exception {
    handIn("photo", "old.png", picture(1_200, 1_600));
    handIn("photo", "new.png", picture(900, 1_100));
    assertThat(count("official.photo")).isEqualTo(2);
    byte[] image =
        jdbc.sql("select image from official.photo where superseded_at is null")
            .query(byte[].class)
            .single();
    BufferedImage shown = ImageIO.read(new java.io.ByteArrayInputStream(image));
    assertThat(shown.getWidth()).isLessThanOrEqualTo(376);
    assertThat(shown.getHeight()).isLessThanOrEqualTo(460);
  }

  @Test
  void whatIsNoPictureOrTooLargeIsRefusedByNameAndNothingIsKept() throws Exception {
    MockHttpServletResponse noPicture =
        handIn("photo", "letter.png", "no picture".getBytes(StandardCharsets.UTF_8));
    assertThat(noPicture.getStatus()).isEqualTo(422);
    assertThat(noPicture.getContentAsString()).contains("letter.png：不是可用的照片");
    MockHttpServletResponse large = handIn("other", "scan.pdf", new byte[Documents.LARGEST + 1]);
    assertThat(large.getStatus()).isEqualTo(422);
    assertThat(large.getContentAsString()).contains("scan.pdf：33 MB；文件最大 32 MB");
    assertThat(handIn("other", "", new byte[0]).getContentAsString()).contains("请选择文件");
    assertThat(count("official.document")).isZero();
    assertThat(count("official.document_content")).isZero();
    assertThat(count("official.photo")).isZero();
  }

  private static byte[] picture(int width, int height) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }
}
