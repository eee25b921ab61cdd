package io.centurions.sandbox.evolution;

import io.centurions.sandbox.phone.Channel;
import io.centurions.sandbox.phone.Chats;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.ext.web.Router;

/** The front door: wires the simulator's parts and mounts its addresses. */
public final class EvolutionSimulator {

    /** The global key that the fleet must present. */
    public static final String GLOBAL_KEY = "sandbox-evolution-key";

    private final InstanceRoutes instanceRoutes;
    private final WebhookRoutes webhookRoutes;
    private final MessageRoutes messageRoutes;
    private final ChatRoutes chatRoutes;
    private final WhatsappChannel channel;

    /** @param scansItself whether a shown QR code is scanned by itself, as a person would soon do */
    public EvolutionSimulator(Surroundings around, Chats chats, boolean scansItself) {
        Instances instances = new Instances(around.state());
        Announce announce = new Announce(around);
        Guard guard = new Guard(instances);
        Pairing pairing = new Pairing(around, instances, announce, scansItself);
        this.instanceRoutes = new InstanceRoutes(instances, guard, pairing, announce);
        this.webhookRoutes = new WebhookRoutes(instances, guard);
        this.messageRoutes = new MessageRoutes(guard, new Outgoing(around, chats, announce));
        this.chatRoutes = new ChatRoutes(around, guard, chats);
        this.channel = new WhatsappChannel(instances, announce);
    }

    public void mount(Router router) {
        instanceRoutes.mount(router);
        webhookRoutes.mount(router);
        messageRoutes.mount(router);
        chatRoutes.mount(router);
        router.route("/evolution/*").handler(Guard::noSuchRoute);
    }

    public Channel channel() {
        return channel;
    }
}
