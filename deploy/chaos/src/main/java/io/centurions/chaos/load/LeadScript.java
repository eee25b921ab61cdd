package io.centurions.chaos.load;

import io.centurions.chaos.judge.ChatKey;
import io.centurions.chaos.world.Company;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Who writes to whom, when and how much. All of it follows from the run's seed.
 *
 * @param starts  counted from the start of the load
 * @param isForm  comes through the company's web form
 * @param isOfAd  comes through an ad
 * @param seed    for what is drawn while writing
 */
record LeadScript(
        int number,
        Company company,
        ChatKey chat,
        Duration starts,
        int bursts,
        boolean isForm,
        boolean isOfAd,
        long seed) {

    private static final double FORMS = 0.06;
    private static final double ADS = 0.3;
    private static final int BURSTS_LEAST = 2;
    private static final int BURSTS_MOST = 5;
    /** So many leads come to one more, whom a person takes over: on WhatsApp, where companies have a phone. */
    private static final int TO_ONE_TAKEN = 10;

    private static final long FIRST_TAKEN = 5_511_999_990_000L;
    private static final int MOST_TAKEN = 9_999;
    /** How the numbers of those begin, and of nobody else. */
    static final String TAKEN = "551199999";

    /** @param seconds over which the leads begin, one after another */
    static List<LeadScript> draw(long seed, int count, double seconds, List<Company> companies) {
        Random random = new Random(seed);
        List<LeadScript> all = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Company company = companies.get(random.nextInt(companies.size()));
            boolean isForm = random.nextDouble() < FORMS;
            String channel = isForm ? "whatsapp" : channel(random.nextInt(4));
            all.add(new LeadScript(
                    number,
                    company,
                    new ChatKey(channel, company.accounts().get(channel), end(channel, number)),
                    Duration.ofMillis(Math.round(seconds * 1000 * (number - 1) / count)),
                    BURSTS_LEAST + random.nextInt(BURSTS_MOST - BURSTS_LEAST + 1),
                    isForm,
                    channel.equals("whatsapp") && random.nextDouble() < ADS,
                    random.nextLong()));
        }
        return all;
    }

    /** Those whom a person takes over, beside the others: they change nothing in what the others do. */
    static List<LeadScript> drawTaken(long seed, int count, double seconds, List<Company> companies) {
        Random random = new Random(~seed);
        int taken = Math.min(count / TO_ONE_TAKEN, MOST_TAKEN);
        List<LeadScript> all = new ArrayList<>();
        for (int number = 1; number <= taken; number++) {
            Company company = companies.get(random.nextInt(companies.size()));
            all.add(new LeadScript(
                    count + number,
                    company,
                    new ChatKey("whatsapp", company.accounts().get("whatsapp"), Long.toString(FIRST_TAKEN + number)),
                    Duration.ofMillis(Math.round(seconds * 1000 * (number - 1) / taken)),
                    1 + random.nextInt(BURSTS_LEAST),
                    false,
                    random.nextDouble() < ADS,
                    random.nextLong()));
        }
        return all;
    }

    // Half of them on WhatsApp.
    private static String channel(int drawn) {
        return switch (drawn) {
            case 0 -> "instagram";
            case 1 -> "telegram";
            default -> "whatsapp";
        };
    }

    private static String end(String channel, int number) {
        return switch (channel) {
            case "instagram" -> Long.toString(1_700_000_000_000_000L + number);
            case "telegram" -> Long.toString(600_000_000L + number);
            default -> Long.toString(5_511_970_000_000L + number);
        };
    }

    String name() {
        return "Lead " + number;
    }
}
