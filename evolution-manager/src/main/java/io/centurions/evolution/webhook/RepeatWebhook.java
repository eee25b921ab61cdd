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
 * about the connection is old by then and says nothing. What could not be read when it came was kept with the files in it; they are
 * left out now, as of one that comes.
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

    /** All of it or nothing. What names another instance than its address waits until it is that instance's. */
    Handled handle(Wanted wanted) {
        return read(wanted.kept()).map(read -> handle(wanted, read)).orElse(Handled.UNREADABLE);
    }

    private Handled handle(Wanted wanted, Read read) {
        if (!read.isItsOwn()) {
            return Handled.UNSTORABLE;
        }
        return read.isUnderstood() ? store.reprocess(wanted, read.items()) : Handled.UNREADABLE;
    }

    Restored restore(KeptWebhook kept) {
        return read(kept)
                .filter(Read::isItsOwn)
                .map(read -> restore.restore(kept, store.batch(read.items())))
                .orElse(Restored.UNREADABLE);
    }

    private record Read(InstanceAddress address, Notice notice) {

        boolean isItsOwn() {
            return notice.instance().equals(address.serverName());
        }

        boolean isUnderstood() {
            return notice.notUnderstood().isEmpty();
        }

        List<IntakeItem> items() {
            return notice.readings().stream()
                    .filter(Reading.Said.class::isInstance)
                    .map(said -> ((Reading.Said) said).item())
                    .filter(item -> !"presence".equals(item.what()))
                    .toList();
        }
    }

    private Optional<Read> read(KeptWebhook kept) {
        return Optional.ofNullable(kept.origin().instance())
                .flatMap(instance -> directory.find(InstanceId.of(instance)))
                .flatMap(address -> receive.read(
                                address.instance().value(), WithoutFiles.of(kept.body()), kept.receivedAt())
                        .map(notice -> new Read(address, notice)));
    }
}
