package io.centurions.chaos.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One deal for a qualified lead, one contract for a deal that asked for one, one conversion for each fact. */
final class JudgeBusiness {

    /** What the simulated model says once it knows the answer to every question: whoever is told so is qualified. */
    private static final String ALL_ANSWERED = "Perfeito, obrigado pelas respostas!";

    private final Outside outside;
    private final Held held;
    private final List<String> missing = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();

    JudgeBusiness(Outside outside, Held held) {
        this.outside = outside;
        this.held = held;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(Row.broken("leads with every answer who are not qualified", unqualified()));
        deals();
        close(rows, "deals");
        contracts();
        close(rows, "contracts");
        rows.add(Row.broken("leads told of their signature not once", told()));
        conversions();
        close(rows, "conversions");
        rows.add(Row.broken("events parked", held.parked()));
        rows.add(Row.broken("outbox rows refused", held.refused()));
        rows.add(Row.broken("sales desk refused", outside.refused()));
        rows.add(Row.figure(
                "leads qualified",
                held.leads().stream().filter(Held.Lead::qualified).count()));
        rows.add(Row.figure(
                "contracts signed",
                outside.contracts().stream().filter(Outside.Signed::signed).count()));
        rows.add(Row.figure("conversions sent", outside.conversions().size()));
        rows.add(Row.figure(
                "conversions posted again (Meta counts them once)",
                outside.conversions().stream().filter(one -> one.count() > 1).count()));
        return rows;
    }

    private void close(List<Row> rows, String what) {
        rows.add(Row.broken(what + " missing", missing));
        rows.add(Row.broken(what + " twice", twice));
        missing.clear();
        twice.clear();
    }

    private List<String> unqualified() {
        Set<String> qualified = held.leads().stream()
                .filter(Held.Lead::qualified)
                .map(Held.Lead::id)
                .collect(Collectors.toSet());
        return held.conversations().stream()
                .filter(conversation -> !qualified.contains(conversation.lead()) && isToldAllAnswered(conversation))
                .map(conversation -> conversation.chat() + " lead " + conversation.lead())
                .toList();
    }

    static boolean isToldAllAnswered(Held.Conversation conversation) {
        return conversation.bubbles().stream().anyMatch(bubble -> bubble.text().startsWith(ALL_ANSWERED));
    }

    private void deals() {
        Map<String, List<Held.Deal>> ofLead = held.deals().stream().collect(Collectors.groupingBy(Held.Deal::lead));
        for (Held.Lead lead : held.leads()) {
            int has = ofLead.getOrDefault(lead.id(), List.of()).size();
            if (lead.qualified() && has == 0) {
                missing.add("lead " + lead.id() + " of company " + lead.company() + " is qualified and has no deal");
            } else if (has > 1) {
                twice.add("lead " + lead.id() + " of company " + lead.company() + " has " + has + " deals");
            }
        }
    }

    private void contracts() {
        Map<String, List<Held.Contract>> ofDeal =
                held.contracts().stream().collect(Collectors.groupingBy(Held.Contract::deal));
        Map<String, String> dealStates =
                held.deals().stream().collect(Collectors.toMap(Held.Deal::id, Held.Deal::status, (one, other) -> one));
        for (Outside.Signed asked : outside.contracts()) {
            List<Held.Contract> has = ofDeal.getOrDefault(asked.deal(), List.of());
            String what = "deal " + asked.deal() + " of company " + asked.company();
            boolean found = has.stream()
                    .anyMatch(one -> one.id().equals(asked.contract())
                            && (!asked.signed() || one.status().equals("signed")));
            if (!found) {
                missing.add(what + ": contract " + asked.contract() + " is " + has);
            } else if (asked.signed() && !"won".equals(dealStates.get(asked.deal()))) {
                missing.add(what + " is signed and " + dealStates.get(asked.deal()));
            }
            if (asked.signed() && asked.documents() == 0) {
                missing.add(what + " is signed, and the provider has no document of contract " + asked.contract());
            }
            if (has.size() > 1 || asked.documents() > 1) {
                twice.add(what + " has " + has.size() + " contracts, " + asked.documents() + " documents");
            }
        }
    }

    // One chat is one lead's here, and each lead signs once at most.
    private List<String> told() {
        Map<String, String> leads =
                held.deals().stream().collect(Collectors.toMap(Held.Deal::id, Held.Deal::lead, (one, other) -> one));
        Map<String, Long> notices = new HashMap<>();
        for (Held.Conversation conversation : held.conversations()) {
            long said = conversation.turns().stream()
                    .filter(turn -> turn.origin().equals("contract"))
                    .count();
            notices.merge(conversation.lead(), said, Long::sum);
        }
        return outside.contracts().stream()
                .filter(Outside.Signed::signed)
                .map(signed -> leads.getOrDefault(signed.deal(), "of deal " + signed.deal()))
                .filter(lead -> notices.getOrDefault(lead, 0L) != 1)
                .map(lead -> "lead " + lead + " was told " + notices.getOrDefault(lead, 0L) + " times")
                .toList();
    }

    private void conversions() {
        Set<String> atMeta = new HashSet<>();
        outside.conversions().forEach(one -> atMeta.add(one.name() + " " + one.eventId()));
        Map<String, Integer> rows = new HashMap<>();
        for (Held.Conversion one : held.conversions()) {
            String subject = one.milestone() + " of " + (one.milestone().equals("purchase") ? one.deal() : one.lead());
            rows.merge(subject, 1, Integer::sum);
            if (!one.status().equals("sent")) {
                missing.add(subject + " in company " + one.company() + " is " + one.status());
            } else if (!atMeta.contains(one.name() + " " + one.eventId())) {
                missing.add(subject + " in company " + one.company() + " is sent, and Meta has none");
            }
        }
        rows.forEach((subject, times) -> {
            if (times > 1) {
                twice.add(subject + " is recorded " + times + " times");
            }
        });
        Set<String> known = held.conversions().stream()
                .map(one -> one.name() + " " + one.eventId())
                .collect(Collectors.toSet());
        atMeta.stream()
                .filter(one -> !known.contains(one))
                .forEach(one -> twice.add(one + " is at Meta, and not held"));
        for (Held.Lead lead : held.leads()) {
            expect(rows, "lead of " + lead.id(), lead.company());
            if (lead.qualified()) {
                expect(rows, "qualified of " + lead.id(), lead.company());
            }
        }
        outside.contracts().stream()
                .filter(Outside.Signed::signed)
                .forEach(signed -> expect(rows, "purchase of " + signed.deal(), signed.company()));
    }

    private void expect(Map<String, Integer> rows, String subject, String company) {
        if (!rows.containsKey(subject)) {
            missing.add(subject + " in company " + company + " was never recorded");
        }
    }
}
