package io.centurions.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.chaos.judge.Outside;
import io.centurions.chaos.world.Backoffice;
import io.centurions.chaos.world.Company;
import io.centurions.chaos.world.Database;
import io.centurions.chaos.world.Fleet;
import io.centurions.chaos.world.Patience;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The people who have contracts made and signed for a third of the deals. As people do, they try again what was not answered. */
public final class SalesDesk {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int SOLD_OF = 3;

    // Whom a person has taken over is told by that person what was signed: nothing follows of which one could be sure.
    private static final String OPEN = """
            SELECT d.deal_id::text AS deal, d.company_id::text AS company FROM core.deals_index d
             WHERE d.status = 'open' AND NOT EXISTS (
                   SELECT FROM core.conversations c
                    WHERE c.company_id = d.company_id AND c.lead_id = d.core_lead_id AND starts_with(c.chat_ref, '%s'))
            """.formatted(LeadScript.TAKEN);

    private final Fleet fleet;
    private final Database database;
    private final Map<String, Company> companies;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Map<String, Sale> sales = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile boolean takesNoMore;
    private final Again again = new Again();

    private record Sale(String company, String deal, String contract, boolean signed) {}

    public SalesDesk(Fleet fleet, List<Company> companies) {
        this.fleet = fleet;
        this.database = fleet.database();
        this.companies = companies.stream().collect(Collectors.toMap(Company::id, company -> company));
    }

    public void open() {
        Thread.ofVirtual().start(() -> {
            while (!takesNoMore) {
                look();
                Patience.pause(BETWEEN_LOOKS);
            }
        });
    }

    /** Begins nothing new; what is begun goes on. */
    public void takeNoMore() {
        takesNoMore = true;
    }

    /** Leaves everything as it is. */
    public void close() {
        takesNoMore = true;
        again.end();
    }

    public int busy() {
        return busy.get();
    }

    private void look() {
        try {
            for (Map<String, Object> row : database.rows(OPEN)) {
                String deal = row.get("deal").toString();
                Company company = companies.get(row.get("company").toString());
                if (company != null && taken.add(deal) && Math.floorMod(deal.hashCode(), SOLD_OF) == 0) {
                    busy.incrementAndGet();
                    Thread.ofVirtual().start(() -> {
                        again.attempt("deal " + deal + " of company " + company.id(), () -> sell(company, deal));
                        busy.decrementAndGet();
                    });
                }
            }
        } catch (SQLException away) {
            // PostgreSQL restarts now and then; the next look finds the same deals.
            return;
        }
    }

    private void sell(Company company, String deal) {
        Backoffice backoffice = again.ask(fleet::backoffice);
        again.ask(() -> {
            backoffice.price(company.id(), deal, 350_000);
            return deal;
        });
        String contract =
                again.ask(() -> backoffice.createContract(company.id(), deal, "sale-" + deal, terms(company)));
        sales.put(deal, new Sale(company.id(), deal, contract, false));
        String document = sent(backoffice, company, contract);
        again.ask(() -> {
            fleet.sandbox().sign(document);
            return document;
        });
        sales.put(deal, new Sale(company.id(), deal, contract, true));
    }

    private static Map<String, Object> terms(Company company) {
        return Map.of(
                "templateId",
                company.template(),
                "fields",
                Map.of("nome", "Maria do Caos"),
                "signers",
                List.of(Map.of("name", "Maria do Caos", "email", "maria@example.com", "delivery", "email")));
    }

    private String sent(Backoffice backoffice, Company company, String contract) {
        while (true) {
            JsonNode seen = again.ask(() -> backoffice.contract(company.id(), contract));
            if (seen.path("status").asText().equals("sent")) {
                return seen.path("documentId").asText();
            }
            again.waitOrGiveUp();
        }
    }

    /** @param documents names of all documents at the provider; a contract's id is in its document's name */
    public List<Outside.Signed> sales(List<String> documents) {
        return sales.values().stream()
                .map(sale -> new Outside.Signed(
                        sale.company(), sale.deal(), sale.contract(), sale.signed(), (int) documents.stream()
                                .filter(name -> name.contains(sale.contract()))
                                .count()))
                .toList();
    }

    /** What was finally refused: no sale followed, so nobody judges it. */
    public List<String> refused() {
        return again.refused();
    }
}
