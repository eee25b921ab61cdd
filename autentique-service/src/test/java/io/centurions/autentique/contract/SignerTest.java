package io.centurions.autentique.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SignerTest {

    @Test
    void a_delivery_needs_its_address() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Signer("Maria", null, null, Signer.Delivery.EMAIL));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signer("Maria", "maria@cliente.example", null, Signer.Delivery.WHATSAPP));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Signer("Maria", null, "11988887777", Signer.Delivery.SMS));
    }

    @Test
    void what_is_left_out_is_an_email_where_there_is_one_and_a_link_otherwise() {
        var byEmail = new ContractRequest.SignerRequest("Maria", "maria@cliente.example", null, null).toSigner();
        var byLink = new ContractRequest.SignerRequest("João", null, null, null).toSigner();

        assertThat(byEmail.delivery()).isEqualTo(Signer.Delivery.EMAIL);
        assertThat(byLink.delivery()).isEqualTo(Signer.Delivery.LINK);
    }
}
