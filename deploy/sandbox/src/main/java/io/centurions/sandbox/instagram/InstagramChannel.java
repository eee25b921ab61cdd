package io.centurions.sandbox.instagram;

import io.centurions.sandbox.phone.Channel;
import io.centurions.sandbox.phone.LeadMessage;
import io.centurions.sandbox.phone.Media;
import io.centurions.sandbox.phone.MediaShelf;
import io.centurions.sandbox.phone.PhoneRefusal;
import io.centurions.sandbox.phone.Sent;
import io.centurions.sandbox.wire.PublicAddress;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Instagram as the lead's telephone uses it. The same message id again repeats the same event. */
final class InstagramChannel implements Channel {

    static final String NAME = "instagram";

    private final PublicAddress address;
    private final Accounts accounts;
    private final Announce announce;
    private final MediaShelf shelf;
    private final Map<String, JsonObject> written = new HashMap<>();

    InstagramChannel(PublicAddress address, Accounts accounts, Announce announce, MediaShelf shelf) {
        this.address = address;
        this.accounts = accounts;
        this.announce = announce;
        this.shelf = shelf;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<JsonObject> instances() {
        String state = accounts.callback().isPresent() ? "open" : "no_subscription";
        return accounts.ids().stream()
                .map(id -> new JsonObject().put("instance", id).put("name", id).put("state", state))
                .toList();
    }

    @Override
    public String addressOf(String from) {
        if (!from.matches("\\d{1,20}")) {
            throw new PhoneRefusal(400, "from must be an Instagram-scoped id: digits only");
        }
        return from;
    }

    @Override
    public Sent write(LeadMessage message) {
        String account = message.instance();
        String igsid = addressOf(message.from());
        accounts.learn(account);
        accounts.met(account, igsid, message.name());
        String mid = message.id().orElseGet(WebhookShape::freshMid);
        JsonObject item = written.computeIfAbsent(account + "/" + mid, key -> item(account, igsid, mid, message));
        return new Sent(mid, announce.sendLate(message.heldMs(), account, item));
    }

    private JsonObject item(String account, String igsid, String mid, LeadMessage message) {
        JsonObject content = new JsonObject().put("mid", mid);
        if (!message.text().isEmpty()) {
            content.put("text", message.text());
        }
        message.media().ifPresent(file -> content.mergeIn(attachment(file)));
        message.adClick().ifPresent(click -> content.put("referral", WebhookShape.referral(click)));
        if (message.fromBusiness()) {
            return WebhookShape.message(account, igsid, content.put("is_echo", true));
        }
        return WebhookShape.message(igsid, account, content);
    }

    private JsonObject attachment(Media file) {
        String type = file.kind().equals("document") ? "file" : file.kind();
        return WebhookShape.attachments(type, address.base() + "/instagram/cdn/" + shelf.keep(file));
    }
}
