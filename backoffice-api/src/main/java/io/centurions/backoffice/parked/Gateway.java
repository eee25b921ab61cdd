package io.centurions.backoffice.parked;

/** How one service is asked for what it received: for one webhook, which is soon done, and for a window, which may take minutes. */
record Gateway(Keeper keeper, WebhookGateway webhooks, RebuildGateway windows) {}
