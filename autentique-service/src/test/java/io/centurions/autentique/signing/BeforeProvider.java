package io.centurions.autentique.signing;

import io.centurions.contracts.id.CompanyId;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/** What a test wants to happen before a document is made, for it knows whose it is; the simulator does not. */
@Decorator
@Priority(1)
abstract class BeforeProvider implements SignatureProvider {

    private static volatile Consumer<CompanyId> before = company -> {};

    private final SignatureProvider delegate;

    @Inject
    BeforeProvider(@Delegate @Any SignatureProvider delegate) {
        this.delegate = delegate;
    }

    /** From now on, for every company. */
    static void creates(Consumer<CompanyId> what) {
        before = what;
    }

    @Override
    public ProviderResult<String> create(CompanyId company, Paper paper) {
        before.accept(company);
        return delegate.create(company, paper);
    }
}
