package io.centurions.sandbox.evolution;

import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.JsonObject;

/** Shows QR codes and plays the person who scans them. */
final class Pairing {

    private static final long PERSON_SCANS_AFTER_MS = 1_000;
    /** A code that only came with the creation needs longer: the fleet may still ask for it to show it. */
    private static final long PERSON_SCANS_AFTER_CREATION_MS = 4_000;

    private final Surroundings around;
    private final Instances instances;
    private final Announce announce;
    private final boolean scansItself;

    Pairing(Surroundings around, Instances instances, Announce announce, boolean scansItself) {
        this.around = around;
        this.instances = instances;
        this.announce = announce;
        this.scansItself = scansItself;
    }

    /** The code of a new instance. */
    JsonObject atCreation(Instance instance, String number) {
        return show(instance, number, PERSON_SCANS_AFTER_CREATION_MS);
    }

    /** The code that somebody asked for. */
    JsonObject onDemand(Instance instance, String number) {
        return show(instance, number, PERSON_SCANS_AFTER_MS);
    }

    private JsonObject show(Instance instance, String number, long scannedAfter) {
        JsonObject qr = instance.nextQr(number);
        boolean first = !instance.state().equals("connecting");
        instance.state("connecting");
        instances.changed();
        // Before this call is answered, so that no later scan can be told first.
        if (first) {
            announce.connection(instance, "connecting", 200);
        }
        announce.event(instance, "qrcode.updated", new JsonObject().put("qrcode", shown(instance, qr)));
        if (scansItself) {
            around.after(scannedAfter, () -> scan(instance));
        }
        return qr;
    }

    private static JsonObject shown(Instance instance, JsonObject qr) {
        return new JsonObject()
                .put("instance", instance.name())
                .put("pairingCode", qr.getValue("pairingCode"))
                .put("code", qr.getString("code"))
                .put("base64", qr.getString("base64"));
    }

    /** Changes nothing for an instance that is open, logged out or deleted meanwhile. */
    boolean scan(Instance instance) {
        if (!instance.state().equals("connecting")
                || instances
                        .find(instance.name())
                        .filter(known -> known == instance)
                        .isEmpty()) {
            return false;
        }
        instance.paired();
        instances.changed();
        announce.connection(instance, "open", 200);
        return true;
    }

    /** A restarted instance that was paired comes back by itself. */
    void restart(Instance instance) {
        instance.state("connecting");
        instances.changed();
        announce.connection(instance, "connecting", 200);
        if (instance.ownerJid().isPresent()) {
            around.afterSteps(3, () -> scan(instance));
        }
    }
}
