package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.evolution.evolution.ConnectionReport.State;

/** Reads what happens to the instance itself. */
final class ReadConnection {

    private ReadConnection() {}

    static Reading qr(JsonNode data, Arrival arrival) {
        Qr qr = Qr.of(data.path("qrcode").isObject() ? data.path("qrcode") : data);
        if (qr != null) {
            return stands(ConnectionReport.of(qr), arrival);
        }
        // The server gives up showing codes that nobody scans; a person has to ask for a new one.
        return data.path("statusCode").asInt(0) >= 400
                ? stands(ConnectionReport.of(State.ERROR, "qr_limit"), arrival)
                : new Reading.Ignored("no_content");
    }

    static Reading update(JsonNode data, Arrival arrival) {
        String state = data.path("state").asText("");
        Long status = Wire.number(data.path("statusReason"));
        String reason = status == null ? null : "status_" + status;
        return switch (state) {
            case "open" -> stands(ConnectionReport.of(State.CONNECTED, null), arrival);
            case "connecting" -> stands(ConnectionReport.of(State.CONNECTING, null), arrival);
            case "close" -> stands(ConnectionReport.of(State.DISCONNECTED, reason), arrival);
            case "refused" -> stands(ConnectionReport.of(State.ERROR, reason), arrival);
            default -> new Reading.Ignored("unknown_state");
        };
    }

    static Reading closed(JsonNode data, Arrival arrival) {
        if (!"closed".equals(data.path("status").asText(""))) {
            return new Reading.Ignored("unknown_state");
        }
        Long code = Wire.number(data.path("disconnectionReasonCode"));
        return stands(ConnectionReport.of(State.DISCONNECTED, code == null ? "closed" : "status_" + code), arrival);
    }

    static Reading loggedOut(Arrival arrival) {
        return stands(ConnectionReport.of(State.DISCONNECTED, "logged_out"), arrival);
    }

    static Reading removed(Arrival arrival) {
        return stands(ConnectionReport.of(State.ERROR, "removed_at_server"), arrival);
    }

    private static Reading stands(ConnectionReport report, Arrival arrival) {
        return new Reading.Stands(report.at(arrival.saidAt()));
    }
}
