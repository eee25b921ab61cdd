package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.RebuildWindow;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import io.centurions.runtime.intake.Arrived;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.InstanceAddresses;
import io.centurions.runtime.intake.StoreIncoming;
import io.centurions.runtime.intake.Unreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Reads a kept body once more, by the same reader: to have it handled as if it came now, or to restore what
 * is missing of it. Whose it was when it came, it stays: an account may have moved since, and what was said
 * to one company is no other's.
 */
@ApplicationScoped
public class RepeatInstagram {

    private final ObjectMapper json;
    private final InstanceAddresses instances;
    private final StoreIncoming store;

    RepeatInstagram(ObjectMapper json, InstanceAddresses instances, StoreIncoming store) {
        this.json = json;
        this.instances = instances;
        this.store = store;
    }

    /** All of it or nothing. */
    public Handled handle(Wanted wanted) {
        KeptWebhook kept = wanted.kept();
        try {
            Post post = ReadInstagram.read(json, kept.body());
            if (!post.strange().isEmpty()) {
                return Handled.UNREADABLE;
            }
            List<Addressed> updates = post.items();
            if (kept.origin().instance() != null) {
                return store.reprocess(wanted, kept.origin(), its(kept, updates));
            }
            Ours ours = Ours.of(updates, this::byAccounts);
            if (ours.nobodys().stream().anyMatch(update -> update.accounts().isEmpty())) {
                return Handled.UNSTORABLE;
            }
            if (!ours.nobodys().isEmpty()) {
                return toConnect(ours.nobodys());
            }
            Origin whose =
                    ours.isOnes() ? ours.parts().getFirst().origin(kept.origin().safeHeaders()) : kept.origin();
            return store.reprocess(wanted, whose, ours.arrived());
        } catch (Unreadable still) {
            return Handled.UNREADABLE;
        }
    }

    private static Handled toConnect(List<Addressed> nobodys) {
        String accounts = nobodys.stream().map(Addressed::account).distinct().collect(Collectors.joining(" and "));
        return new Handled.Refused(
                "unknown-account",
                "connect the Instagram account %s to a company first, as a channel of it, then reprocess"
                        .formatted(accounts));
    }

    /** For one rebuild, in which each account is looked up once. */
    public RebuildWindow.Restore restoring() {
        return new Restoring();
    }

    private final class Restoring implements RebuildWindow.Restore {

        private final Set<String> asked = new HashSet<>();
        private final Map<String, InstanceAddress> known = new HashMap<>();

        @Override
        public Restored restore(KeptWebhook kept, UUID instance) {
            try {
                return store.restore(kept, said(kept, instance));
            } catch (Unreadable still) {
                return Restored.UNREADABLE;
            }
        }

        @Override
        public boolean speaksTo(KeptWebhook kept, UUID instance) {
            try {
                return !said(kept, instance).isEmpty();
            } catch (Unreadable still) {
                return false;
            }
        }

        private Map<String, InstanceAddress> remembered(Set<String> accounts) {
            Set<String> unasked = new HashSet<>(accounts);
            unasked.removeAll(asked);
            known.putAll(byAccounts(unasked));
            asked.addAll(unasked);
            return known;
        }

        private List<Arrived> said(KeptWebhook kept, UUID instance) throws Unreadable {
            List<Addressed> updates = ReadInstagram.read(json, kept.body()).items();
            List<Arrived> all = kept.origin().instance() == null
                    ? Ours.of(updates, this::remembered).arrived()
                    : its(kept, updates);
            return all.stream()
                    .filter(each -> instance == null || each.instance().value().equals(instance))
                    .toList();
        }
    }

    private static List<Arrived> its(KeptWebhook kept, List<Addressed> updates) {
        return Ours.arrived(InstanceId.of(kept.origin().instance()), updates);
    }

    private Map<String, InstanceAddress> byAccounts(Set<String> accounts) {
        return instances.byAccounts(ReceiveInstagram.PROVIDER, accounts);
    }
}
