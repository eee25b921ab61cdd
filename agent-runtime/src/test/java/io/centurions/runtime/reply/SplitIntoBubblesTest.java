package io.centurions.runtime.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SplitIntoBubblesTest {

    private static final String SENTENCE = "Esta é uma frase de tamanho médio que fala do nosso serviço. ";

    @Test
    void short_drafts_stay_as_they_are_and_empty_ones_vanish() {
        assertThat(SplitIntoBubbles.split(
                        List.of(" Oi! ", "", "Tudo bem?\n\nEm que posso ajudar?"), ChannelLimit.WHATSAPP))
                .containsExactly("Oi!", "Tudo bem?\n\nEm que posso ajudar?");
    }

    @Test
    void a_long_draft_is_cut_between_paragraphs_first() {
        String first = SENTENCE.repeat(5).strip();
        String second = SENTENCE.repeat(5).strip();

        assertThat(SplitIntoBubbles.split(List.of(first + "\n\n" + second), ChannelLimit.TELEGRAM))
                .containsExactly(first, second);
    }

    @Test
    void a_long_paragraph_is_cut_between_sentences() {
        List<String> bubbles = SplitIntoBubbles.split(List.of(SENTENCE.repeat(12)), ChannelLimit.TELEGRAM);

        assertThat(bubbles).hasSizeGreaterThan(1).allMatch(bubble -> bubble.endsWith("."));
        assertThat(String.join(" ", bubbles)).isEqualTo(SENTENCE.repeat(12).strip());
    }

    @Test
    void links_and_prices_are_never_cut() {
        String link = "https://loja.example/produto?a=1.5&b=2.x";
        String draft = (SENTENCE + "Custa R$ 1.500,00 à vista em " + link + " hoje. ").repeat(8);

        List<String> bubbles = SplitIntoBubbles.split(List.of(draft), ChannelLimit.INSTAGRAM);

        assertThat(String.join(" ", bubbles)).isEqualTo(draft.strip());
        assertThat(bubbles.stream()
                        .mapToInt(bubble -> bubble.split(java.util.regex.Pattern.quote(link), -1).length - 1)
                        .sum())
                .isEqualTo(8);
        assertThat(bubbles).noneMatch(bubble -> bubble.endsWith("R$"));
    }

    @Test
    void a_list_stays_together_with_its_announcement() {
        String list = "Temos estes planos:\n- Básico, R$ 100\n- Médio, R$ 200\n- Completo, R$ 300";
        String draft = SENTENCE.repeat(7).strip() + "\n" + list;

        List<String> bubbles = SplitIntoBubbles.split(List.of(draft), ChannelLimit.TELEGRAM);

        assertThat(bubbles).hasSize(2);
        assertThat(bubbles.getLast()).endsWith(list);
    }

    @Test
    void a_list_longer_than_the_channel_takes_is_cut_between_items() {
        String item = "- " + "um item com bastante texto, ".repeat(5) + "fim";
        String list = String.join("\n", java.util.Collections.nCopies(12, item));

        List<String> bubbles = SplitIntoBubbles.split(List.of(list), ChannelLimit.INSTAGRAM);

        assertThat(bubbles)
                .allMatch(ChannelLimit.INSTAGRAM::fits)
                .allMatch(bubble -> bubble.startsWith("- ") && bubble.endsWith("fim"));
    }

    @Test
    void a_price_is_one_word_even_when_words_must_be_cut() {
        String endless = "vale R$ 1.000,00 ou 50 % menos ".repeat(60).strip();

        List<String> bubbles = SplitIntoBubbles.split(List.of(endless), ChannelLimit.INSTAGRAM);

        assertThat(bubbles).hasSizeGreaterThan(1).allMatch(ChannelLimit.INSTAGRAM::fits);
        assertThat(bubbles)
                .noneMatch(bubble -> bubble.endsWith("R$") || bubble.startsWith("1.000") || bubble.startsWith("%"));
    }

    @ParameterizedTest
    @EnumSource(ChannelLimit.class)
    void nothing_is_ever_longer_than_the_channel_takes_and_nothing_is_lost(ChannelLimit limit) {
        String endless = "ção😀".repeat(3000);

        List<String> bubbles = SplitIntoBubbles.split(List.of(endless), limit);

        assertThat(bubbles).allMatch(limit::fits);
        assertThat(String.join("", bubbles)).isEqualTo(endless);
    }

    @Test
    void instagram_counts_bytes() {
        assertThat(ChannelLimit.INSTAGRAM.fits("é".repeat(500))).isTrue();
        assertThat(ChannelLimit.INSTAGRAM.fits("é".repeat(501))).isFalse();
        assertThat("é".getBytes(StandardCharsets.UTF_8)).hasSize(2);
    }
}
