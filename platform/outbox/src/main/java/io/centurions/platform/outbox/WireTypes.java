package io.centurions.platform.outbox;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.centurion.CenturionConfigUpdated;
import io.centurions.contracts.channel.Channel;
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
import io.centurions.contracts.id.CenturionId;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.DocumentId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.FormId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.id.MessageId;
import io.centurions.contracts.id.ReplyId;
import io.centurions.contracts.id.SettingId;
import io.centurions.contracts.id.TurnId;
import io.centurions.contracts.knowledge.KnowledgeDocumentChanged;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadDisqualified;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.contracts.lead.LeadSource;
import io.centurions.contracts.message.MediaStored;
import io.centurions.contracts.message.MessageKind;
import io.centurions.contracts.message.MessageReceived;
import io.centurions.contracts.message.MessageSent;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.contracts.message.ReplyRequested;
import io.centurions.contracts.message.TakeoverChanged;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What {@link EventJson} reads and writes by reflection, named for native images: every event, its ids and its enums. The
 * contracts themselves depend on nothing, so they cannot say it. A test compares this with the catalogue.
 */
@RegisterForReflection(
        ignoreNested = false,
        targets = {
            Envelope.class,
            CenturionConfigUpdated.class,
            Channel.class,
            InstanceStatusChanged.class,
            CompanyLifecycleChanged.class,
            SettingsChanged.class,
            ConsentChanged.class,
            PersonErased.class,
            ContractCanceled.class,
            ContractCreated.class,
            ContractExpired.class,
            ContractRejected.class,
            ContractSigned.class,
            ConversionDispatched.class,
            DealCreated.class,
            DealLost.class,
            DealWon.class,
            CenturionId.class,
            CompanyId.class,
            ContractId.class,
            ConversationId.class,
            ConversionId.class,
            DealId.class,
            DocumentId.class,
            EventId.class,
            FormId.class,
            HandoffId.class,
            InstanceId.class,
            LeadId.class,
            MessageId.class,
            ReplyId.class,
            SettingId.class,
            TurnId.class,
            KnowledgeDocumentChanged.class,
            LeadCreated.class,
            LeadDisqualified.class,
            LeadQualified.class,
            LeadSource.class,
            MediaStored.class,
            MessageKind.class,
            MessageReceived.class,
            MessageSent.class,
            ReplyPurpose.class,
            ReplyRequested.class,
            TakeoverChanged.class
        })
final class WireTypes {

    private WireTypes() {}
}
