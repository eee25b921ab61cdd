package io.centurions.backoffice.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileTypeTest {

    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a0000000d49484452, image/png",
        "ffd8ffe000104a464946, image/jpeg",
        "474946383961010001, image/gif",
        "524946461a00000057454250565038, image/webp",
        "255044462d312e37, application/pdf",
        "4f67675300020000, audio/ogg",
        "49443303000000, audio/mpeg",
        "fffb9064, audio/mpeg",
        "00000020667479706d703432, video/mp4",
        "000000206674797069736f6d, video/mp4",
        "00000020667479704d344120, audio/mp4"
    })
    void a_file_is_known_by_how_it_begins(String begins, String type) {
        assertThat(FileType.of(HexFormat.of().parseHex(begins), true)).contains(type);
    }

    @ParameterizedTest
    @CsvSource({
        "4d5a90000300, a program of Windows",
        "7f454c4602010100, a program of Linux",
        "cafebabe00000041, a class",
        "524946461a00000041564920, a film in AVI",
        "ffff9064, no frame of sound",
        "0000002066747970717420, a brand that is not taken",
        "1f8b0800, something packed",
        "504b0304140000000800, an archive of anything",
        "00, one byte",
        "c3, half a letter",
        "4f6c61007a, a text with a zero in it"
    })
    void anything_else_is_nothing_that_we_know(String begins, String what) {
        assertThat(FileType.of(HexFormat.of().parseHex(begins), true)).as(what).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><script>alert(1)</script>",
                "  \r\n\t<!DOCTYPE html>",
                "\ufeff<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "<?xml version='1.0'?>"
            })
    void what_a_browser_might_run_is_never_taken_for_a_text(String text) {
        assertThat(of(text)).isEmpty();
    }

    @Test
    void a_text_is_one_in_any_language_and_cut_anywhere() {
        assertThat(of("Preço;R$ 10\r\nAção;日本語 🙂\n")).contains("text/plain");
        byte[] letters = "é".repeat(FileType.HEAD_BYTES).getBytes(StandardCharsets.UTF_8);
        byte[] cutInALetter = Arrays.copyOfRange(letters, 0, FileType.HEAD_BYTES - 1);

        assertThat(FileType.of(cutInALetter, false)).contains("text/plain");
        assertThat(FileType.of(cutInALetter, true)).isEmpty();
    }

    @Test
    void documents_of_an_office_are_told_apart_by_the_names_in_them() throws IOException {
        assertThat(FileType.of(office("word/document.xml"), false).orElse("")).endsWith("wordprocessingml.document");
        assertThat(FileType.of(office("xl/workbook.xml"), false).orElse("")).endsWith("spreadsheetml.sheet");
        assertThat(FileType.of(office("META-INF/MANIFEST.MF"), false)).isEmpty();
    }

    private static Optional<String> of(String text) {
        return FileType.of(text.getBytes(StandardCharsets.UTF_8), true);
    }

    private static byte[] office(String part) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : new String[] {"[Content_Types].xml", "_rels/.rels", part}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("<x/>".getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
