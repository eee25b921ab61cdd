package io.centurions.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.chaos.judge.Outside;
import io.centurions.chaos.world.Backoffice;
import io.centurions.chaos.world.Company;
import io.centurions.chaos.world.Database;
import io.centurions.chaos.world.Fleet;
import io.centurions.chaos.world.NoAnswer;
import io.centurions.chaos.world.Patience;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The people who have contracts made and signed for a third of the deals. As people do, they try again what was not answered. */
public final class SalesDesk {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int SOLD_OF = 3;

    private final Fleet fleet;
    private final Database database;
    private final Map<String, Company> companies;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Map<String, Sale> sales = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile boolean takesNoMore;
    private volatile boolean over;

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
        over = true;
    }

    public int busy() {
        return busy.get();
    }

    private void look() {
        try {
            for (Map<String, Object> row : database.rows(
                    "SELECT deal_id::text AS deal, company_id::text AS company FROM core.deals_index WHERE status = 'open'")) {
                String deal = row.get("deal").toString();
                Company company = companies.get(row.get("company").toString());
                if (company != null && taken.add(deal) && Math.floorMod(deal.hashCode(), SOLD_OF) == 0) {
                    busy.incrementAndGet();
                    Thread.ofVirtual().start(() -> sell(company, deal));
                }
            }
        } catch (SQLException away) {
            // PostgreSQL restarts now and then; the next look finds the same deals.
            return;
        }
    }

    private void sell(Company company, String deal) {
        try {
            Backoffice backoffice = again(fleet::backoffice);
            again(() -> {
                backoffice.price(company.id(), deal, 350_000);
                return deal;
            });
            String contract =
                    again(() -> backoffice.createContract(company.id(), deal, "sale-" + deal, terms(company)));
            sales.put(deal, new Sale(company.id(), deal, contract, false));
            String document = sent(backoffice, company, contract);
            again(() -> {
                fleet.sandbox().sign(document);
                return document;
            });
            sales.put(deal, new Sale(company.id(), deal, contract, true));
        } catch (GivenUp e) {
            // The run is over; what was acknowledged until now is judged.
            return;
        } finally {
            busy.decrementAndGet();
        }
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
            JsonNode seen = again(() -> backoffice.contract(company.id(), contract));
            if (seen.path("status").asText().equals("sent")) {
                return seen.path("documentId").asText();
            }
            waitOrGiveUp();
        }
    }

    private <T> T again(Supplier<T> ask) {
        while (true) {
            try {
                return ask.get();
            } catch (NoAnswer e) {
                if (e.isFinal()) {
                    throw new IllegalStateException("the sales desk was refused: " + e.getMessage(), e);
                }
                waitOrGiveUp();
            }
        }
    }

    private void waitOrGiveUp() {
        if (over) {
            throw new GivenUp();
        }
        Patience.pause(BETWEEN_TRIES);
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

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
