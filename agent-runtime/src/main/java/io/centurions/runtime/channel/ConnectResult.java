package io.centurions.runtime.channel;

/** What came of connecting a channel. */
sealed interface ConnectResult {

    /**
     * @param externalId the provider's id of the bot or account
     * @param name       the provider's public name of it
     * @param mode       {@code webhook} or {@code polling}
     */
    record Connected(String externalId, String name, String mode) implements ConnectResult {}

    /** The provider says no. @param code what is wrong */
    record Refused(String code) implements ConnectResult {}

    /** The provider is away. */
    record TryLater() implements ConnectResult {}
}
