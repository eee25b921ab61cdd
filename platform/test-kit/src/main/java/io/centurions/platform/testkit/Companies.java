package io.centurions.platform.testkit;

import io.centurions.contracts.id.CenturionId;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import java.util.UUID;

/** Companies for tests: active, with a published Centurion and one instance on each channel. */
public final class Companies {

    /** What a quick test wants: the turn closes soon, bubbles follow each other at once. */
    public static final String CENTURION = """
            {"prompt": "Você atende os leads da empresa.", "language": "pt-BR",
             "model": {"provider": "openai", "baseUrl": null, "name": "simulated-1", "apiKey": null, "temperature": 0.2},
             "criteria": [{"key": "orcamento", "question": "Qual é o seu orçamento?", "weight": 60, "required": true},
                          {"key": "prazo", "question": "Para quando você precisa?", "weight": 40, "required": false}],
             "qualifyAt": 70,
             "debounce": {"quietMs": 150, "longestMs": 1500},
             "pace": {"charsPerSecond": 200, "shortestMs": 10, "longestMs": 50}}
            """;

    private Companies() {}

    /**
     * A company that exists in core alone (its own schema is the back office's to make).
     *
     * @param whatsappName   the Evolution instance name of its WhatsApp instance
     * @param instagramId    the account id of its Instagram instance
     * @param telegramBot    the bot id of its Telegram instance
     */
    public record DemoCompany(
            CompanyId company,
            CenturionId centurion,
            InstanceId whatsapp,
            InstanceId instagram,
            InstanceId telegram,
            String whatsappName,
            String instagramId,
            String telegramBot) {}

    /** Makes a company whose slug starts with the given word; each call makes another one. */
    public static DemoCompany make(String word) {
        Admin admin = Admin.get();
        CompanyId company = CompanyId.random();
        CenturionId centurion = CenturionId.random();
        String unique = company.value().toString().replace("-", "").substring(20);
        String slug = word + "_" + unique;
        admin.execute(
                "INSERT INTO core.companies (id, slug, name, schema_name, status) VALUES (?, ?, ?, ?, 'active')",
                company.value(),
                slug,
                "Empresa " + slug,
                "empresa_" + slug);
        admin.execute("""
                INSERT INTO core.centurion_configs
                       (id, company_id, name, draft, published, published_version, debounce_quiet_ms, debounce_longest_ms)
                VALUES (?, ?, 'Centurion', ?::jsonb, ?::jsonb, 1, 150, 1500)
                """, centurion.value(), company.value(), CENTURION, CENTURION);
        String bot =
                String.valueOf(7_000_000_000L + (Long.parseUnsignedLong(unique.substring(0, 8), 16) % 1_000_000_000L));
        String account = "1784" + bot;
        return new DemoCompany(
                company,
                centurion,
                instance(admin, company.value(), centurion.value(), "whatsapp", slug),
                instance(admin, company.value(), centurion.value(), "instagram", account),
                instance(admin, company.value(), centurion.value(), "telegram", bot),
                slug,
                account,
                bot);
    }

    private static InstanceId instance(Admin admin, UUID company, UUID centurion, String channel, String externalId) {
        InstanceId id = InstanceId.random();
        admin.execute("""
                INSERT INTO core.channel_instances (id, company_id, centurion_id, channel, name, external_id, status)
                VALUES (?, ?, ?, ?, ?, ?, 'connected')
                """, id.value(), company, centurion, channel, channel, externalId);
        return id;
    }
}
