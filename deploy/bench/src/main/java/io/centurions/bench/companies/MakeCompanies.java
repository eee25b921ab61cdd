package io.centurions.bench.companies;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.bench.figure.Samples;
import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Stage;
import io.centurions.local.api.Http;
import io.centurions.local.api.SignIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes companies through the API, one after the other, as an owner would who waits for each. */
final class MakeCompanies {

    // Tokens of the simulated issuer live for some minutes.
    private static final int A_TOKEN = 50;
    private static final long NEVER = -1;

    private final Stage stage;
    private final Benched backoffice;
    private final List<Long> took = new ArrayList<>();
    private final String word;
    private Http api;

    MakeCompanies(Stage stage, Benched backoffice, String word) {
        this.stage = stage;
        this.backoffice = backoffice;
        this.word = word;
    }

    /** Until there are so many. */
    void until(int companies) {
        while (took.size() < companies) {
            if (took.size() % A_TOKEN == 0) {
                api = api();
            }
            took.add(one(took.size() + 1));
        }
    }

    /** Of those from one place to another, both counted, from 1. */
    Samples between(int first, int last) {
        long[] made = took.subList(first - 1, last).stream()
                .mapToLong(Long::longValue)
                .filter(nanos -> nanos != NEVER)
                .toArray();
        return Samples.ofNanos(made).withMissing(last - first + 1 - made.length);
    }

    Http api() {
        return new Http("http://localhost:" + backoffice.port(), Optional.of(SignIn.owner(stage.ports())));
    }

    private long one(int number) {
        var company = Map.of("name", "Empresa " + number, "slug", "bench_" + word + "_" + number);
        long began = System.nanoTime();
        JsonNode made = api.post("/v1/companies", company);
        long nanos = System.nanoTime() - began;
        return made.path("status").asText().equals("active") ? nanos : NEVER;
    }
}
