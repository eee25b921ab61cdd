package io.centurions.autentique.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.autentique.contract.SeenSignature;
import io.centurions.autentique.contract.Signer;
import io.centurions.autentique.contract.StoredSigner;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MatchSignersTest {

    private final StoredSigner maria = signer(1, "Maria Teste", "maria@cliente.example", Signer.Delivery.EMAIL, null);
    private final StoredSigner joao = signer(2, "João", null, Signer.Delivery.WHATSAPP, null);
    private final StoredSigner witness = signer(3, "Testemunha Demo", null, Signer.Delivery.LINK, null);

    @Test
    void order_is_not_promised_so_address_and_name_decide_first() {
        var matched = MatchSigners.match(
                List.of(maria, joao, witness),
                List.of(
                        seen("s3", "Testemunha Demo", null),
                        seen("s2", null, null),
                        seen("s1", null, "MARIA@cliente.example")));

        assertThat(matched.get(maria.id()).id()).isEqualTo("s1");
        assertThat(matched.get(joao.id()).id()).isEqualTo("s2");
        assertThat(matched.get(witness.id()).id()).isEqualTo("s3");
    }

    @Test
    void a_signature_once_matched_stays_with_its_signer() {
        var known = signer(1, "Maria Teste", "maria@cliente.example", Signer.Delivery.EMAIL, "s9");

        var matched = MatchSigners.match(
                List.of(known), List.of(seen("s1", "Maria Teste", "maria@cliente.example"), seen("s9", "Outra", null)));

        assertThat(matched.get(known.id()).id()).isEqualTo("s9");
    }

    @Test
    void a_signer_whom_nothing_matches_is_left_out() {
        assertThat(MatchSigners.match(List.of(maria, joao), List.of(seen("s1", null, "maria@cliente.example"))))
                .containsOnlyKeys(maria.id());
    }

    private static StoredSigner signer(
            int position, String name, String email, Signer.Delivery delivery, String signatureId) {
        String phone = delivery == Signer.Delivery.WHATSAPP ? "+5511988887777" : null;
        var signer = new Signer(name, email, phone, delivery);
        return new StoredSigner(UUID.randomUUID(), position, signer, signatureId, null, null, null, null);
    }

    private static SeenSignature seen(String id, String name, String email) {
        return new SeenSignature(id, name, email, null, null, null, null, null);
    }
}
