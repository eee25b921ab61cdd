package io.centurions.evolution.webhook;

import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.IntakeItem;
import io.centurions.evolution.evolution.Notice;
import io.centurions.evolution.evolution.Reading;
import io.centurions.evolution.instance.InstanceAddress;
import io.centurions.evolution.instance.InstanceDirectory;
import io.centurions.platform.intake.RestoreItems;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Reads a kept webhook once more, by the same reader: to have it handled as if it came now, or to restore what is missing of it. A report
 * about the connection is old by then and says nothing.
 */
@ApplicationScoped
class RepeatWebhook {

    private final InstanceDirectory directory;
    private final ReceiveWebhook receive;
    private final StoreMessages store;
    private final RestoreItems restore;

    RepeatWebhook(InstanceDirectory directory, ReceiveWebhook receive, StoreMessages store, RestoreItems restore) {
        this.directory = directory;
        this.receive = receive;
        this.store = store;
        this.restore = restore;
    }

    /** All of it or nothing. */
    Handled handle(Wanted wanted) {
        return items(wanted.kept()).map(items -> store.reprocess(wanted, items)).orElse(Handled.UNREADABLE);
    }

    Restored restore(KeptWebhook kept) {
        return items(kept)
                .map(items -> restore.restore(kept, store.batch(items)))
                .orElse(Restored.UNREADABLE);
    }

    // Nothing when it cannot be read, or when its words are not this instance's.
    private Optional<List<IntakeItem>> items(KeptWebhook kept) {
        return Optional.ofNullable(kept.origin().instance())
                .flatMap(instance -> directory.find(InstanceId.of(instance)))
                .flatMap(address -> read(address, kept))
                .map(notice -> notice.readings().stream()
                        .filter(Reading.Said.class::isInstance)
                        .map(said -> ((Reading.Said) said).item())
                        .filter(item -> !"presence".equals(item.what()))
                        .toList());
    }

    private Optional<Notice> read(InstanceAddress address, KeptWebhook kept) {
        return receive.read(address.instance().value(), kept.body(), kept.receivedAt())
                .filter(notice -> notice.instance().equals(address.serverName()));
    }
}
