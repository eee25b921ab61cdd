package io.centurions.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DownloadTest {

    @Test
    void a_picture_is_shown_and_a_document_is_saved() {
        assertThat(new Download("a.png", "image/png").disposition()).startsWith("inline; ");
        assertThat(new Download("a.pdf", "application/pdf").disposition()).startsWith("attachment; ");
        assertThat(new Download("a.txt", "text/plain;charset=utf-8").disposition())
                .startsWith("attachment; ");
    }

    @Test
    void a_name_stays_a_name_whatever_is_in_it() {
        String disposition = new Download("cont\"rato;\r\nSet-Cookie: a=b ção.pdf", "application/pdf").disposition();

        assertThat(disposition)
                .isEqualTo("attachment; filename=\"cont_rato___Set-Cookie_ a_b __o.pdf\"; "
                        + "filename*=UTF-8''cont%22rato%3B%0D%0ASet-Cookie%3A%20a%3Db%20%C3%A7%C3%A3o.pdf");
    }
}
