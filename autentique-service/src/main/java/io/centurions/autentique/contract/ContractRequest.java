package io.centurions.autentique.contract;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A contract that somebody wants made and sent.
 *
 * @param dealId         the deal that it closes
 * @param leadId         the lead of that deal
 * @param templateId     a version of a template of the same company
 * @param fields         a value for each field of the template; others are ignored
 * @param signers        in the order in which they are shown
 * @param idempotencyKey the same key with the same content is the same contract
 * @param valueCents     what it is worth; with its currency or not at all
 * @param deadlineAt     until when it can be signed; null: for ever
 */
public record ContractRequest(
        @NotNull UUID dealId,
        @NotNull UUID leadId,
        @NotNull UUID templateId,
        @Size(max = 200) Map<@NotBlank String, @Size(max = 20_000) String> fields,
        @NotEmpty @Size(max = 20) List<@NotNull @Valid SignerRequest> signers,
        @NotBlank @Size(max = 200) String idempotencyKey,
        @PositiveOrZero Long valueCents,
        @Pattern(regexp = "[A-Z]{3}") String currency,
        Instant deadlineAt) {

    public ContractRequest {
        fields = fields == null ? Map.of() : fields;
    }

    /**
     * @param email    for delivery by e-mail
     * @param phone    for delivery by WhatsApp or SMS, as +5511999997777
     * @param delivery email, whatsapp, sms or link; left out: by e-mail where there is one, else a link
     */
    public record SignerRequest(
            @NotBlank @Size(max = 200) String name,
            @Size(max = 200) String email,
            @Size(max = 20) String phone,
            @Pattern(regexp = "(?i)email|whatsapp|sms|link") String delivery) {

        Signer toSigner() {
            Signer.Delivery how = delivery != null
                    ? Signer.Delivery.of(delivery)
                    : email != null ? Signer.Delivery.EMAIL : Signer.Delivery.LINK;
            return new Signer(name.strip(), email, phone, how);
        }
    }
}
