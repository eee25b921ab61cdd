package io.centurions.autentique.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class TypesetPdfTest {

    @Test
    void portuguese_is_printed_as_it_is_written() throws IOException {
        var text = read(TypesetPdf.of(
                "Contrato de prestação", "Ação, coração, às três, São João, Ç ã õ ê ü – “R$ 3.500,00” nº 1ª €"));

        assertThat(text)
                .contains("Contrato de prestação")
                .contains("Ação, coração, às três, São João, Ç ã õ ê ü – “R$ 3.500,00” nº 1ª €");
    }

    @Test
    void a_character_without_a_letter_form_is_printed_as_a_question_mark() throws IOException {
        assertThat(read(TypesetPdf.of("Contrato", "Feito 😀 fim"))).contains("Feito ? fim");
    }

    @Test
    void a_long_text_goes_on_over_numbered_pages_without_losing_a_line() throws IOException {
        var body = IntStream.rangeClosed(1, 120)
                .mapToObj(n -> "Cláusula " + n + ".")
                .collect(Collectors.joining("\n"));

        var text = read(TypesetPdf.of("Contrato", body));

        IntStream.rangeClosed(1, 120).forEach(n -> assertThat(text).contains("Cláusula " + n + "."));
        assertThat(text).contains("1 / 3").contains("3 / 3");
    }

    private static String read(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
