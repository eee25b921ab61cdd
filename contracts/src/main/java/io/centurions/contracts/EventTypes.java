package io.centurions.contracts;

import static io.centurions.contracts.Groups.AGENT_RUNTIME;
import static io.centurions.contracts.Groups.AUTENTIQUE_SERVICE;
import static io.centurions.contracts.Groups.BACKOFFICE_API;
import static io.centurions.contracts.Groups.CAPI_DISPATCHER;
import static io.centurions.contracts.Groups.EVOLUTION_MANAGER;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every event that exists, its record, and the services that write it. */
public final class EventTypes {

    private static final List<Entry> ALL = List.of(
            entry(MessageReceived.TYPE, MessageReceived.class, EVOLUTION_MANAGER, AGENT_RUNTIME),
            entry(ReplyRequested.TYPE, ReplyRequested.class, AGENT_RUNTIME),
            entry(MediaStored.TYPE, MediaStored.class, EVOLUTION_MANAGER),
            entry(MessageSent.TYPE, MessageSent.class, EVOLUTION_MANAGER, AGENT_RUNTIME),
            entry(TakeoverChanged.TYPE, TakeoverChanged.class, AGENT_RUNTIME, EVOLUTION_MANAGER, BACKOFFICE_API),
            // A WhatsApp lead is born in the statement of the gateway that stores its first message.
            entry(LeadCreated.TYPE, LeadCreated.class, AGENT_RUNTIME, EVOLUTION_MANAGER, BACKOFFICE_API),
            entry(LeadQualified.TYPE, LeadQualified.class, AGENT_RUNTIME),
            entry(LeadDisqualified.TYPE, LeadDisqualified.class, AGENT_RUNTIME),
            entry(DealCreated.TYPE, DealCreated.class, BACKOFFICE_API),
            entry(DealWon.TYPE, DealWon.class, BACKOFFICE_API),
            entry(DealLost.TYPE, DealLost.class, BACKOFFICE_API),
            entry(InstanceStatusChanged.TYPE, InstanceStatusChanged.class, EVOLUTION_MANAGER),
            entry(CenturionConfigUpdated.TYPE, CenturionConfigUpdated.class, BACKOFFICE_API),
            entry(KnowledgeDocumentChanged.TYPE, KnowledgeDocumentChanged.class, BACKOFFICE_API, AGENT_RUNTIME),
            entry(ContractCreated.TYPE, ContractCreated.class, AUTENTIQUE_SERVICE),
            entry(ContractSigned.TYPE, ContractSigned.class, AUTENTIQUE_SERVICE),
            entry(ContractRejected.TYPE, ContractRejected.class, AUTENTIQUE_SERVICE),
            entry(ContractExpired.TYPE, ContractExpired.class, AUTENTIQUE_SERVICE),
            entry(ContractCanceled.TYPE, ContractCanceled.class, AUTENTIQUE_SERVICE),
            entry(ConversionDispatched.TYPE, ConversionDispatched.class, CAPI_DISPATCHER),
            entry(CompanyLifecycleChanged.TYPE, CompanyLifecycleChanged.class, BACKOFFICE_API),
            entry(SettingsChanged.TYPE, SettingsChanged.class, BACKOFFICE_API),
            entry(ConsentChanged.TYPE, ConsentChanged.class, AGENT_RUNTIME, BACKOFFICE_API),
            entry(PersonErased.TYPE, PersonErased.class, AGENT_RUNTIME, BACKOFFICE_API));

    private EventTypes() {}

    /**
     * One line of the catalogue.
     *
     * @param type    wire name
     * @param version of the payload, from 1
     * @param record  what it is read into
     * @param writers the services whose outbox may hold it
     */
    public record Entry(String type, int version, Class<? extends Event> record, Set<String> writers) {}

    private static Entry entry(String type, Class<? extends Event> record, String... writers) {
        return new Entry(type, 1, record, Set.of(writers));
    }

    /** In the order of the catalogue. */
    public static List<Entry> all() {
        return ALL;
    }

    public static boolean isKnown(String type) {
        return ALL.stream().anyMatch(entry -> entry.type().equals(type));
    }

    /** The record of a type and version; empty for a newer version than this release knows. */
    public static Optional<Class<? extends Event>> recordOf(String type, int version) {
        return ALL.stream()
                .filter(entry -> entry.type().equals(type) && entry.version() == version)
                .<Class<? extends Event>>map(Entry::record)
                .findFirst();
    }

    /** The wire name under which a record travels. */
    public static String typeOf(Class<? extends Event> record) {
        return ALL.stream()
                .filter(entry -> entry.record() == record)
                .map(Entry::type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not in the catalogue: " + record.getName()));
    }
}
