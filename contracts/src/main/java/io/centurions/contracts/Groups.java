package io.centurions.contracts;

import io.centurions.contracts.centurion.CenturionConfigUpdated;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.consent.ConsentChanged;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.contract.ContractCanceled;
import io.centurions.contracts.contract.ContractCreated;
import io.centurions.contracts.contract.ContractExpired;
import io.centurions.contracts.contract.ContractRejected;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.conversion.ConversionDispatched;
import io.centurions.contracts.deal.DealCreated;
import io.centurions.contracts.deal.DealLost;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.knowledge.KnowledgeDocumentChanged;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadDisqualified;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.contracts.message.MediaStored;
import io.centurions.contracts.message.MessageReceived;
import io.centurions.contracts.message.MessageSent;
import io.centurions.contracts.message.ReplyRequested;
import io.centurions.contracts.message.TakeoverChanged;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who reads what, and how. The one registry: a stream's groups are made from it at position 0, and a stream is trimmed
 * only behind what each of its groups has finished that has a consumer.
 *
 * <p><b>Work</b>: a group named like the service; one replica handles the event, and it is kept until done or parked.
 * <b>Broadcast</b>: every replica that is awake hears it, no group, may be missed; the truth is read again when it
 * matters.
 */
public final class Groups {

    public static final String BACKOFFICE_API = "backoffice-api";
    public static final String AGENT_RUNTIME = "agent-runtime";
    public static final String EVOLUTION_MANAGER = "evolution-manager";
    public static final String AUTENTIQUE_SERVICE = "autentique-service";
    public static final String CAPI_DISPATCHER = "capi-dispatcher";

    private static final Set<String> NOBODY = Set.of();
    private static final Set<String> EVERYBODY =
            Set.of(BACKOFFICE_API, AGENT_RUNTIME, EVOLUTION_MANAGER, AUTENTIQUE_SERVICE, CAPI_DISPATCHER);

    // In the catalogue, without a consumer in this release; who writes one takes it out here.
    private static final Map<String, Set<String>> AWAITED = Map.of(
            KnowledgeDocumentChanged.TYPE,
            Set.of(AGENT_RUNTIME, BACKOFFICE_API),
            PersonErased.TYPE,
            Set.of(BACKOFFICE_API, AGENT_RUNTIME, EVOLUTION_MANAGER, AUTENTIQUE_SERVICE));

    private static final Map<String, Readers> BY_TYPE = new TreeMap<>();

    static {
        read(MessageReceived.TYPE, Set.of(AGENT_RUNTIME), Set.of(BACKOFFICE_API));
        read(ReplyRequested.TYPE, Set.of(EVOLUTION_MANAGER), NOBODY);
        read(MediaStored.TYPE, Set.of(AGENT_RUNTIME), NOBODY);
        read(MessageSent.TYPE, NOBODY, Set.of(AGENT_RUNTIME, BACKOFFICE_API));
        read(TakeoverChanged.TYPE, NOBODY, Set.of(AGENT_RUNTIME, EVOLUTION_MANAGER, BACKOFFICE_API));

        read(LeadCreated.TYPE, Set.of(AGENT_RUNTIME, CAPI_DISPATCHER), Set.of(BACKOFFICE_API));
        read(LeadQualified.TYPE, Set.of(BACKOFFICE_API, CAPI_DISPATCHER), NOBODY);
        read(LeadDisqualified.TYPE, NOBODY, Set.of(BACKOFFICE_API));

        read(DealCreated.TYPE, NOBODY, Set.of(AGENT_RUNTIME));
        read(DealWon.TYPE, Set.of(CAPI_DISPATCHER), Set.of(AGENT_RUNTIME));
        read(DealLost.TYPE, NOBODY, Set.of(AGENT_RUNTIME));

        read(InstanceStatusChanged.TYPE, Set.of(BACKOFFICE_API), NOBODY);
        read(CenturionConfigUpdated.TYPE, NOBODY, Set.of(AGENT_RUNTIME));
        read(KnowledgeDocumentChanged.TYPE, Set.of(AGENT_RUNTIME, BACKOFFICE_API), NOBODY);

        read(ContractCreated.TYPE, Set.of(BACKOFFICE_API), Set.of(AGENT_RUNTIME));
        read(ContractSigned.TYPE, Set.of(BACKOFFICE_API, AGENT_RUNTIME, CAPI_DISPATCHER), NOBODY);
        read(ContractRejected.TYPE, Set.of(BACKOFFICE_API), Set.of(AGENT_RUNTIME));
        read(ContractExpired.TYPE, Set.of(BACKOFFICE_API), Set.of(AGENT_RUNTIME));
        read(ContractCanceled.TYPE, Set.of(BACKOFFICE_API), Set.of(AGENT_RUNTIME));

        read(ConversionDispatched.TYPE, NOBODY, Set.of(BACKOFFICE_API));
        read(CompanyLifecycleChanged.TYPE, NOBODY, EVERYBODY);
        read(SettingsChanged.TYPE, NOBODY, EVERYBODY);
        read(ConsentChanged.TYPE, NOBODY, EVERYBODY);
        read(PersonErased.TYPE, EVERYBODY, NOBODY);
    }

    private Groups() {}

    private record Readers(Set<String> work, Set<String> broadcast) {}

    private static void read(String type, Set<String> work, Set<String> broadcast) {
        BY_TYPE.put(type, new Readers(work, broadcast));
    }

    /** The consuming groups of a type, each named like its service; empty when nobody works on it. */
    public static Set<String> work(String type) {
        return readersOf(type).work();
    }

    /**
     * Those of {@link #work} that have a consumer in this release. Only they hold a stream and its outbox rows back; when
     * there are none, the stream is kept by length. A group that gets its consumer later finds what is still there.
     */
    public static Set<String> working(String type) {
        var working = new TreeSet<>(work(type));
        working.removeAll(AWAITED.getOrDefault(type, NOBODY));
        return working;
    }

    /** The types that a service is to work on and has no consumer for in this release. */
    public static Set<String> awaitedOf(String service) {
        var types = workOf(service);
        types.removeIf(type -> working(type).contains(service));
        return types;
    }

    /** The services whose replicas listen to a type without a group. */
    public static Set<String> broadcast(String type) {
        return readersOf(type).broadcast();
    }

    /** The types that a service works on. */
    public static Set<String> workOf(String service) {
        var types = new TreeSet<String>();
        BY_TYPE.forEach((type, readers) -> {
            if (readers.work().contains(service)) {
                types.add(type);
            }
        });
        return types;
    }

    /** The types that the replicas of a service listen to without a group. */
    public static Set<String> broadcastTo(String service) {
        var types = new TreeSet<String>();
        BY_TYPE.forEach((type, readers) -> {
            if (readers.broadcast().contains(service)) {
                types.add(type);
            }
        });
        return types;
    }

    private static Readers readersOf(String type) {
        Readers readers = BY_TYPE.get(type);
        if (readers == null) {
            throw new IllegalArgumentException("no such event type: " + type);
        }
        return readers;
    }
}
